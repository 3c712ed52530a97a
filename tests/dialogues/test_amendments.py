"""What a body has decided about changes by a new decision of the body only, in one transaction, and nothing is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from app import clock, db
from app.audit import AuditEntry
from app.dialogues import queries as dialogues
from app.dialogues import rules, service
from app.dialogues.amendments import fields, queries
from app.dialogues.amendments.models import Amendment, ProposedChange, State
from app.dialogues.amendments.notices import NOTICES
from app.dialogues.amendments.rules import ONLY_THE_BODY, WHOLE, Do
from app.dialogues.amendments.service import close_early, decide, propose, put, withdraw
from app.dialogues.changes.queries import notes_of
from app.dialogues.models import AppendOnly, DecisionRecord, Dialogue, Matter, Move, Ruling
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.queries import Dossier
from app.dialogues.service import Minutes
from app.dialogues.stages import DRAFT_STAGES, Stage
from app.permissions import Actor, Refusal, Role, can
from tests.factories import amendments as make
from tests.factories.dialogues import card, make_dialogue, make_whole
from tests.factories.people import make_actor

WHY = "Torget byggs om samtidigt."


def minutes(**fields: object) -> Minutes:
    values = {"body_key": "kommunstyrelsen", "decided_on": clock.today(), "section_no": "61", "case_number": "KS 1"}
    return Minutes(**{**values, **fields})


@pytest.fixture
def lead(unit) -> Actor:
    return make_actor(Role.OFFICIAL)


@pytest.fixture
def secretary(unit) -> Actor:
    return make_actor(Role.SECRETARY)


def held(dialogue: Dialogue) -> dict[str, Any]:
    return fields.values_of(dialogue, dialogues.scope_of(dialogue.id))


def changed_scope(dialogue: Dialogue) -> list[dict[str, Any]]:
    first, _second, fixed = held(dialogue)["scope"]
    return [{**first, "text": "Träd"}, fixed, {"id": None, "is_open": True, "text": "Torgets mitt", "why": ""}]


NEW = {
    "title": "Drottninggatan och torget",
    "question": make.QUESTION,
    "purpose": "Veta vad som är viktigast när gatan och torget byggs om.",
    "level": "discussion",
    "body_key": "tekniska-namnden",
    "promise": "Nämnden svarar på varje förslag.",
    "commitment": "Förslagen är ett av underlagen när nämnden beslutar.",
    "affected": "bor i Vara",
}


# ------------------------------------------------------------------ proposing


@pytest.mark.requirement("R30")
@pytest.mark.parametrize("stage", WHOLE)
@pytest.mark.parametrize("key", fields.KEYS)
def test_each_part_changes_by_a_decision_and_until_then_stays(lead, secretary, stage, key):
    dialogue = make_whole(stage)
    before = held(dialogue)
    after = changed_scope(dialogue) if key == "scope" else NEW[key]
    row = propose(lead, dialogue, 0, {**before, key: after}, WHY)
    put(lead, row, row.version)
    assert held(dialogue) == before
    assert row.values == {key: after}
    record = decide(secretary, row, row.version, Ruling.APPROVED, minutes())
    if key == "scope":
        assert [one.text for one in dialogues.scope_of(dialogue.id)] == [
            "Träd", "Ledningarna byts 2027", "Torgets mitt"
        ]  # fmt: skip
    else:
        assert getattr(dialogue, key) == after
    (kept,) = Dossier(dialogue).rows(Amendment)
    assert (kept.record_id, kept.before, kept.after, kept.why) == (record.id, {key: before[key]}, {key: after}, WHY)
    assert dialogue.stage == stage


@pytest.mark.requirement("R30")
@pytest.mark.parametrize("stage", ONLY_THE_BODY)
def test_once_closed_only_the_body_itself_may_become_another(lead, stage):
    dialogue = make_whole(stage)
    for key in ("question", "promise", "level", "scope"):
        after = changed_scope(dialogue) if key == "scope" else NEW[key]
        with pytest.raises(NotAccepted) as refused:
            propose(lead, dialogue, 0, {key: after}, WHY)
        assert refused.value.field == key
    propose(lead, dialogue, 0, {"body_key": "tekniska-namnden"}, WHY)


@pytest.mark.requirement("R30")
@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in (*WHOLE, *ONLY_THE_BODY)])
def test_before_the_decision_and_after_the_end_there_is_nothing_to_amend(lead, stage):
    with pytest.raises(Refusal):
        propose(lead, make_whole(stage), 0, {"question": "Q?"}, WHY)


@pytest.mark.requirement("R30")
@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in DRAFT_STAGES])
def test_the_level_is_not_changed_past_the_body(unit, stage):
    """Whoever tries, with every role there is, and however it is done."""
    dialogue, everybody = make_whole(stage), make_actor(*Role)
    with pytest.raises(Refusal, match="decided"):
        service.choose_level(everybody, dialogue, dialogue.version, level="discussion")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICIAL])
def test_only_an_official_proposes(unit, role):
    dialogue = make_whole(Stage.OPEN)
    row = make.propose(dialogue, State.DRAFT)
    who = make_actor(role)
    assert not can(who, Do.PROPOSE, dialogue)
    for action in (Do.WRITE, Do.PUT, Do.WITHDRAW):
        assert not can(who, action, row)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({}, "why"),
        ({"question": "Hur ska Drottninggatan se ut?"}, "why"),  # as it is
        ({"question": " "}, "question"),
        ({"promise": ""}, "promise"),
        ({"body_key": "enheten"}, "body_key"),
        ({"body_key": None}, "body_key"),
        ({"level": "information"}, "level"),
        ({"level": "nonsense"}, "level"),
        ({"scope": []}, "scope"),
        ({"scope": [{"id": None, "is_open": True, "text": "T", "why": ""}]}, "scope"),
        ({"scope": [{"id": None, "is_open": False, "text": "T", "why": "W"}]}, "scope"),
    ],
)
def test_what_would_not_hold_is_refused_at_its_field(lead, wanted, field):
    with pytest.raises(NotAccepted) as refused:
        propose(lead, make_whole(Stage.OPEN), 0, wanted, WHY)
    assert refused.value.field == field


def test_a_change_says_why(lead):
    with pytest.raises(NotAccepted) as refused:
        propose(lead, make_whole(Stage.OPEN), 0, NEW, " ")
    assert refused.value.field == "why"


def test_a_level_is_not_proposed_under_the_methods(lead):
    dialogue = make_whole(Stage.OPEN, level="codecision")
    card(dialogue, 2, method="votes")
    with pytest.raises(NotAccepted) as refused:
        propose(lead, dialogue, 0, {"level": "consultation"}, WHY)
    assert refused.value.field == "level"


def test_the_second_of_two_drafters_is_told(lead):
    dialogue = make_whole(Stage.OPEN)
    row = propose(lead, dialogue, 0, {"question": "En?"}, WHY)
    with pytest.raises(Overtaken):
        propose(make_actor(Role.OFFICIAL), dialogue, 0, {"question": "Två?"}, WHY)
    seen = row.version
    propose(lead, dialogue, seen, {"question": "Tre?"}, WHY)
    with pytest.raises(Overtaken):
        put(lead, row, seen)
    assert row.values == {"question": "Tre?"}


def test_what_is_put_to_the_body_is_not_written_on(lead):
    dialogue = make_whole(Stage.OPEN)
    row = propose(lead, dialogue, 0, {"question": "En?"}, WHY)
    put(lead, row, row.version)
    with pytest.raises(Refusal):
        propose(lead, dialogue, row.version, {"question": "Två?"}, WHY)
    withdraw(lead, row)
    assert row.state == State.WITHDRAWN
    propose(lead, dialogue, 0, {"question": "Två?"}, WHY)


def test_the_database_keeps_one_change_under_way(unit):
    dialogue = make_whole(Stage.OPEN)
    make.propose(dialogue, State.WITHDRAWN)
    make.propose(dialogue, State.DRAFT)
    with pytest.raises(IntegrityError), db.session().begin_nested():
        make.propose(dialogue, State.PUT)


# ------------------------------------------------------------------ deciding


@pytest.mark.requirement("R3", "R30")
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARY])
def test_only_a_secretary_records_it(unit, role):
    row = make.propose(make_whole(Stage.OPEN))
    with pytest.raises(Refusal):
        decide(make_actor(role), row, row.version, Ruling.APPROVED, minutes())
    assert row.state == State.PUT


@pytest.mark.requirement("R30", "R48")
def test_neither_the_author_nor_the_drafter_records_it(unit):
    author, drafter = (make_actor(Role.OFFICIAL, Role.SECRETARY) for _ in range(2))
    row = make.propose(make_whole(Stage.OPEN, created_by=author.person_id), drafted_by=drafter.person_id)
    for who, code in ((author, "author"), (drafter, "drafter")):
        with pytest.raises(Refusal, match=code):
            decide(who, row, row.version, Ruling.APPROVED, minutes())


def test_a_change_that_the_body_turns_down_changes_nothing_and_says_why(secretary):
    dialogue = make_whole(Stage.OPEN)
    row, before = make.propose(dialogue), held(dialogue)
    with pytest.raises(NotAccepted) as refused:
        decide(secretary, row, row.version, Ruling.REJECTED, minutes())
    assert refused.value.field == "reason"
    decide(secretary, row, row.version, Ruling.REJECTED, minutes(), "Frågan räcker som den är.")
    assert (held(dialogue), row.state) == (before, State.REJECTED)
    assert Dossier(dialogue).rows(Amendment) == []


@pytest.mark.parametrize("state", [state for state in State if state is not State.PUT])
def test_only_what_was_put_to_the_body_is_decided(secretary, state):
    row = make.propose(make_whole(Stage.OPEN), state)
    with pytest.raises(Refusal):
        decide(secretary, row, row.version, Ruling.APPROVED, minutes())


def test_the_body_decides_about_what_was_read(secretary, lead):
    dialogue = make_whole(Stage.OPEN)
    row = propose(lead, dialogue, 0, {"question": "En?"}, WHY)
    seen = row.version
    put(lead, row, row.version)
    with pytest.raises(Overtaken):
        decide(secretary, row, seen, Ruling.APPROVED, minutes())


@pytest.mark.requirement("R48")
@pytest.mark.parametrize(
    ("field", "value"),
    [("body_key", "enheten"), ("decided_on", "tomorrow"), ("section_no", " "), ("case_number", ""), ("url", "ftp://x")],
)
def test_the_record_of_a_change_holds_what_every_record_holds(secretary, field, value):
    dialogue = make_whole(Stage.OPEN)
    row = make.propose(dialogue)
    value = clock.today() + timedelta(days=1) if value == "tomorrow" else value
    with pytest.raises(NotAccepted) as refused:
        decide(secretary, row, row.version, Ruling.APPROVED, minutes(**{field: value}))
    assert refused.value.field == field
    assert dialogue.question != make.QUESTION


def test_what_no_longer_fits_is_told_where_the_decision_is_recorded(secretary):
    dialogue = make_whole(Stage.OPEN, level="codecision")
    row = make.propose(dialogue, values={"level": "consultation"})
    card(dialogue, 2, method="votes")
    with pytest.raises(NotAccepted) as refused:
        decide(secretary, row, row.version, Ruling.APPROVED, minutes())
    assert refused.value.field == "outcome"


def test_what_stays_in_the_scope_keeps_its_row(secretary, lead):
    dialogue = make_whole(Stage.OPEN)
    first, second, fixed = dialogues.scope_of(dialogue.id)
    row = propose(lead, dialogue, 0, {"scope": changed_scope(dialogue)}, WHY)
    put(lead, row, row.version)
    decide(secretary, row, row.version, Ruling.APPROVED, minutes())
    numbers = [one.id for one in dialogues.scope_of(dialogue.id)]
    assert numbers[:2] == [first.id, fixed.id]
    assert second.id not in numbers


def test_a_number_that_is_of_another_dialogue_makes_a_new_thing(secretary, lead):
    """What is kept as JSON names rows of its own dialogue only."""
    dialogue, other = make_whole(Stage.OPEN), make_whole(Stage.OPEN)
    strange = dialogues.scope_of(other.id)[0].id
    items = [{**one, "id": strange} for one in held(dialogue)["scope"]]
    row = propose(lead, dialogue, 0, {"scope": items}, WHY)
    put(lead, row, row.version)
    decide(secretary, row, row.version, Ruling.APPROVED, minutes())
    assert len(dialogues.scope_of(other.id)) == 3
    assert len(dialogues.scope_of(dialogue.id)) == 3


def test_a_corrected_record_counts_for_the_change(secretary):
    dialogue = make_whole(Stage.OPEN)
    row = make.propose(dialogue)
    record = decide(secretary, row, row.version, Ruling.APPROVED, minutes(section_no="16"))
    again = service.supersede(secretary, record, minutes(section_no="61"), "§ var fel.")
    assert (again.matter, again.section_no) == (Matter.CHANGE, "61")
    with pytest.raises(Overtaken):
        service.supersede(secretary, record, minutes(section_no="62"), "Igen.")


def test_two_changes_one_after_the_other_both_stand(secretary):
    dialogue = make_whole(Stage.OPEN)
    for question in ("En?", "Två?"):
        row = make.propose(dialogue, values={"question": question})
        decide(secretary, row, row.version, Ruling.APPROVED, minutes())
    dossier = Dossier(dialogue)
    assert [one.before["question"] for one in dossier.rows(Amendment)] == ["Hur ska Drottninggatan se ut?", "En?"]
    assert all(dossier.stands(one) for one in dossier.records)


def test_what_was_changed_is_never_rewritten(unit):
    made = make.amend(make_whole(Stage.OPEN))
    made.why = "Något annat."
    with pytest.raises(AppendOnly):
        db.session().flush()
    db.session().rollback()


def test_everything_is_in_the_log(lead, secretary):
    dialogue = make_whole(Stage.OPEN)
    row = propose(lead, dialogue, 0, {"question": "En?", "level": "discussion"}, WHY)
    put(lead, row, row.version)
    decide(secretary, row, row.version, Ruling.APPROVED, minutes())
    logged = (
        db.session()
        .execute(select(AuditEntry.event, AuditEntry.facts).filter_by(dialogue_id=dialogue.id).order_by(AuditEntry.id))
        .all()
    )
    assert [event for event, _ in logged] == [
        "ChangeDrafted",
        "ChangePut",
        "DecisionRecorded",
        "DialogueAmended",
        "ChangeNoted",
    ]
    assert logged[-2][1]["parts"] == ["question", "level"]


@pytest.mark.requirement("R30")
@pytest.mark.parametrize("stage", WHOLE)
def test_those_who_take_part_are_told_once_it_has_opened(secretary, lead, stage):
    dialogue = make_whole(stage)
    values = {"question": make.QUESTION, "scope": changed_scope(dialogue)}
    row = make.propose(dialogue, values=values)
    decide(secretary, row, row.version, Ruling.APPROVED, minutes())
    told = [(one.part, one.title.endswith("§ 61"), one.why) for one in notes_of(dialogue.id)]
    assert told == ([("amended", True, WHY)] if stage in (Stage.OPEN, Stage.PAUSED) else [])
    for one in notes_of(dialogue.id):
        assert one.before.startswith("Question: Hur ska Drottninggatan se ut?")
        assert make.QUESTION in one.after
        assert "Torgets mitt" in one.after


def test_secretaries_and_leads_hear_of_it(unit):
    dialogue = make_dialogue(Stage.OPEN)
    who = {role: make_actor(role, dialogue_id=dialogue.id) for role in (Role.OFFICIAL, Role.SECRETARY)}
    about = {"subject": f"dialogue:{dialogue.id}", "dialogue_id": dialogue.id, "parts": ["question"]}
    more = {"DialogueAmended": {"amendment_id": 1, "stage": "open"}}
    told = {}
    for notice in NOTICES:
        if notice.template is not None:
            event = notice.event(**about, **more.get(notice.event.__name__, {}))
            told[notice.event.__name__] = [one.person_id for one in notice.recipients(event)]
            assert notice.facts(event)["dialogue"] == dialogue.title
    lead = who[Role.OFFICIAL].person_id
    assert told == {
        "ChangePut": [who[Role.SECRETARY].person_id], "ChangeRejected": [lead], "DialogueAmended": [lead],
    }  # fmt: skip


# ------------------------------------------------------------------ closing early


@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.PAUSED])
def test_the_body_closes_a_dialogue_early_and_says_why(secretary, stage):
    dialogue = make_whole(stage)
    announced = dialogue.closes_at
    with pytest.raises(NotAccepted) as refused:
        close_early(secretary, dialogue, minutes(), " ")
    assert refused.value.field == "reason"
    record = close_early(secretary, dialogue, minutes(), "Ledningen brast och gatan grävs upp nu.")
    assert dialogue.stage == Stage.CLOSED
    assert dialogue.closes_at <= clock.now()
    (kept,) = Dossier(dialogue).rows(Amendment)
    assert (kept.record_id, kept.before) == (record.id, {"closes_at": announced.isoformat()})
    assert rules.takes_input(make_actor(), dialogue).code == "closed"
    move = db.session().scalars(select(Move).filter_by(dialogue_id=dialogue.id)).one()
    assert move.guards["closing_time_has_come_or_body_closed_it"] == record.id


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARY])
def test_nobody_else_closes_it_early(unit, role):
    dialogue = make_whole(Stage.OPEN)
    with pytest.raises(Refusal):
        close_early(make_actor(role), dialogue, minutes(), "Därför.")
    assert dialogue.stage == Stage.OPEN


def test_without_a_record_the_secretary_closes_nothing(secretary):
    dialogue = make_whole(Stage.OPEN)
    with pytest.raises(Refusal):
        service.move(secretary, dialogue, Stage.CLOSED)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in (Stage.OPEN, Stage.PAUSED)])
def test_what_is_not_open_is_not_closed_early(secretary, stage):
    with pytest.raises(Refusal):
        close_early(secretary, make_whole(stage), minutes(), "Därför.")


# ------------------------------------------------------------------ at once


@pytest.mark.race
@pytest.mark.requirement("R48")
@pytest.mark.parametrize("matter", [Matter.HOLD, Matter.FINAL, Matter.CHANGE, Matter.CLOSE, Matter.CANCEL])
def test_fifty_secretaries_record_at_once_and_one_record_stands(own_database, the_app, matter):
    start = {Matter.HOLD: Stage.PREPARED, Matter.FINAL: Stage.HANDED_OVER}.get(matter, Stage.OPEN)
    with the_app.app_context(), db.unit():
        dialogue = make_whole(start)
        number, proposed = dialogue.id, make.propose(dialogue) if matter is Matter.CHANGE else None
        change = (proposed.id, proposed.version) if proposed else (0, 0)
        actors = [make_actor(Role.SECRETARY) for _ in range(50)]
        read = dialogue.version

    def record(position: int) -> bool:
        said = minutes(section_no=str(position), decided_on=clock.today())
        row = db.session().get_one(Dialogue, number)
        if matter is Matter.CHANGE:
            proposed = db.session().get_one(ProposedChange, change[0])
            decide(actors[position], proposed, change[1], Ruling.APPROVED, said)
        elif matter is Matter.CLOSE:
            close_early(actors[position], row, said, "Därför.")
        else:
            version = read if matter is Matter.HOLD else None
            service.record(actors[position], row, matter, Ruling.APPROVED, said, "Därför.", version)
        return True

    def at_once(position: int) -> bool:
        try:
            with the_app.app_context(), db.unit():
                return record(position)
        except (Refusal, Overtaken):
            return False

    with ThreadPoolExecutor(50) as pool:
        assert sum(pool.map(at_once, range(50))) == 1
    with db.reading() as session:
        records = select(func.count()).select_from(DecisionRecord).where(DecisionRecord.matter == matter)
        assert session.scalars(records).one() == 1
        made = session.scalars(select(func.count()).select_from(Amendment)).one()
        assert made == (matter in (Matter.CHANGE, Matter.CLOSE))


@pytest.mark.parametrize("matter", ["hold", "final", "cancel", "close"])
def test_the_database_itself_keeps_one_record_of_a_matter(unit, matter):
    dialogue = make_whole(Stage.IDEA)
    facts = {
        "dialogue_id": dialogue.id, "matter": matter, "outcome": "approved", "body_key": "kommunstyrelsen",
        "body_name": "Kommunstyrelsen", "decided_on": clock.today(), "section_no": "1", "case_number": "KS 1",
        "reason": "Därför.", "recorded_at": clock.now(),
    }  # fmt: skip
    rows = insert(DecisionRecord).values(**facts)
    db.session().execute(rows)
    with pytest.raises(IntegrityError), db.session().begin_nested():
        db.session().execute(rows)


def test_the_change_under_way_is_found(unit):
    dialogue = make_whole(Stage.OPEN)
    make.propose(dialogue, State.REJECTED)
    assert queries.under_way(dialogue.id) is None
    row = make.propose(dialogue)
    assert queries.under_way(dialogue.id) is row
    assert queries.put_in(Dossier(dialogue)) is queries.under_way_in(Dossier(dialogue)) is row
    assert queries.waiting([dialogue.id]) == {dialogue.id: row}
