"""Writing a dialogue: who may, in which order, until when, and what happens with two editors."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock, db
from app.audit import AuditEntry
from app.dialogues import criteria, queries, rules, service
from app.dialogues.addresses import slug
from app.dialogues.models import CriterionAnswer, DecisionRecord, Dialogue, Matter, Ruling
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.rules import Do
from app.dialogues.service import Minutes
from app.dialogues.stages import DRAFT_STAGES, PUBLIC_STAGES, Stage
from app.permissions import GUEST, Actor, Refusal, Role, can
from tests.factories.dialogues import card, make_dialogue, make_whole, scope
from tests.factories.people import make_actor

YES = {key: ("yes", "Gatan är inte ritad än.") for key in criteria.KEYS}


def minutes(**fields: object) -> Minutes:
    values = {"body_key": "kommunstyrelsen", "decided_on": clock.today(), "section_no": "54", "case_number": "KS 1"}
    return Minutes(**{**values, **fields})


@pytest.fixture
def lead(unit) -> Actor:
    return make_actor(Role.OFFICIAL)


@pytest.fixture
def secretary(unit) -> Actor:
    return make_actor(Role.SECRETARY)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICIAL])
def test_only_an_official_puts_up_a_dialogue(unit, role):
    with pytest.raises(Refusal):
        service.propose(make_actor(role), "Lekplatsen", "Vad ska lekplatsen ha?")


def test_an_assessment_needs_each_answer_and_reason(lead):
    idea = service.propose(lead, "Lekplatsen", "Vad ska lekplatsen ha?")
    for key in criteria.KEYS:
        with pytest.raises(NotAccepted) as refused:
            service.assess(lead, idea, {**YES, key: ("yes", " ")})
        assert refused.value.field == f"{key}_reason"
        with pytest.raises(NotAccepted):
            service.assess(lead, idea, {**YES, key: ("perhaps", "Kanske.")})
    assert idea.stage == Stage.IDEA
    service.assess(lead, idea, YES)
    assert idea.stage == Stage.ASSESSED


def test_a_doubt_is_kept_with_its_reason_and_a_new_assessment_may_pass(lead):
    idea = service.propose(lead, "Lekplatsen", "Vad ska lekplatsen ha?")
    doubt = {**YES, "open_minded": ("doubtful", "Nämnden har redan valt gungor.")}
    service.assess(lead, idea, doubt)
    assert "criteria" in str(service.missing(idea, Stage.PREPARED)[0].sentence)
    service.assess(lead, idea, YES)
    assert queries.Dossier(idea).answers["open_minded"].answer == "yes"
    kept = db.session().scalars(select(CriterionAnswer.reason).filter_by(answer="doubtful")).all()
    assert kept == ["Nämnden har redan valt gungor."]


def test_purpose_comes_before_level_and_level_before_methods(lead):
    idea = service.propose(lead, "Lekplatsen", "Vad ska lekplatsen ha?")
    with pytest.raises(NotAccepted):
        service.choose_level(lead, idea, idea.version, level="consultation")
    with pytest.raises(Refusal, match="no_level"):
        card_of(idea)
    service.set_purpose(lead, idea, idea.version, purpose="Veta vad barn vill leka.")
    service.choose_level(lead, idea, idea.version, level="consultation")
    card_of(idea)
    assert [one.subject for one in queries.cards_of(idea.id)] == ["survey:1"]
    service.drop_card("survey:1")
    assert queries.cards_of(idea.id) == []


def card_of(dialogue: Dialogue, method: str = "surveys") -> None:
    service.keep_card(
        "survey:1", dialogue_id=dialogue.id, method=method, title="Svara", sentence="", endpoint="dialogues.index",
        values={}, is_input=True,
    )  # fmt: skip


def test_a_card_is_kept_up_to_date(lead):
    dialogue = make_dialogue(Stage.OPEN)
    card_of(dialogue)
    service.keep_card(
        "survey:1", dialogue_id=dialogue.id, method="surveys", title="Svara nu", sentence="",
        endpoint="dialogues.index", values={}, is_input=True, responses=30, minutes=6,
    )  # fmt: skip
    (kept,) = queries.cards_of(dialogue.id)
    assert (kept.title, kept.responses) == ("Svara nu", 30)


def test_information_alone_is_no_dialogue(lead):
    dialogue = make_dialogue(Stage.ASSESSED)
    with pytest.raises(NotAccepted):
        service.choose_level(lead, dialogue, dialogue.version, level="information")
    with pytest.raises(NotAccepted):
        service.choose_level(lead, dialogue, dialogue.version, level="nonsense")


def test_a_level_is_not_changed_under_its_methods(lead):
    dialogue = make_dialogue(Stage.ASSESSED, level="codecision")
    card(dialogue, method="votes")
    with pytest.raises(NotAccepted):
        service.choose_level(lead, dialogue, dialogue.version, level="consultation")


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in DRAFT_STAGES])
def test_what_the_body_decided_about_stands(lead, stage):
    dialogue = make_whole(stage)
    item = queries.scope_of(dialogue.id)[0]
    version = dialogue.version
    for change in (
        lambda: service.ask(lead, dialogue, version, title="T", question="Q?"),
        lambda: service.set_purpose(lead, dialogue, version, purpose="P"),
        lambda: service.choose_level(lead, dialogue, version, level="discussion"),
        lambda: service.give_promise(lead, dialogue, version, body_key="socialnamnden", promise="P", affected="A"),
        lambda: service.add_item(lead, dialogue, is_open=True, text="T", why=""),
        lambda: service.edit_item(lead, dialogue, version, item, is_open=True, text="T", why=""),
        lambda: service.remove_item(lead, dialogue, item),
        lambda: service.shift_item(lead, dialogue, item, up=False),
    ):
        with pytest.raises(Refusal):
            change()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICIAL])
def test_nobody_else_writes_the_dialogue(unit, role):
    dialogue = make_whole(Stage.ASSESSED)
    who = make_actor(role)
    for action in (Do.ASSESS, Do.DRAFT, Do.SCHEDULE, Do.DESCRIBE):
        assert not can(who, action, dialogue)


def test_the_second_of_two_editors_is_told(lead):
    dialogue = make_whole(Stage.ASSESSED)
    seen = dialogue.version
    service.set_purpose(make_actor(Role.OFFICIAL), dialogue, seen, purpose="Den enas.")
    with pytest.raises(Overtaken):
        service.set_purpose(lead, dialogue, seen, purpose="Den andras.")
    assert dialogue.purpose == "Den enas."
    service.set_purpose(lead, dialogue, dialogue.version, purpose="Den andras, med vett och vilja.")


def test_scope_items_are_added_moved_changed_and_removed(lead):
    dialogue = make_dialogue(Stage.ASSESSED)
    with pytest.raises(NotAccepted):
        service.add_item(lead, dialogue, is_open=False, text="Budgeten", why=" ")
    first, second, fixed = scope(dialogue)
    service.shift_item(lead, dialogue, second, up=True)
    service.shift_item(lead, dialogue, second, up=True)
    assert [one.id for one in queries.scope_of(dialogue.id)] == [second.id, first.id, fixed.id]
    service.edit_item(lead, dialogue, dialogue.version, first, is_open=True, text="Träd", why="")
    service.remove_item(lead, dialogue, second)
    assert [one.text for one in queries.scope_of(dialogue.id)] == ["Träd", "Ledningarna byts 2027"]


def test_a_dialogue_may_stay_open_longer_but_never_shorter(lead):
    dialogue = make_whole(Stage.OPEN)
    held = dialogue.closes_at
    with pytest.raises(NotAccepted):
        service.extend(lead, dialogue, held - timedelta(minutes=1))
    with pytest.raises(NotAccepted):
        service.extend(lead, dialogue, held + timedelta(days=80))
    service.extend(lead, dialogue, held + timedelta(days=3))
    assert dialogue.closes_at == held + timedelta(days=3)


@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.PAUSED])
def test_a_dialogue_whose_closing_time_has_passed_is_not_opened_again(lead, stage):
    """Not even before the clock has looked: people have read when it closes."""
    dialogue = make_whole(stage)
    clock.shift(timedelta(days=7))
    assert dialogue.closes_at <= clock.now()
    for way in (service.extend, service.resume):
        with pytest.raises(Refusal):
            way(lead, dialogue, clock.now() + timedelta(days=3))
    assert rules.takes_input(lead, dialogue).code == "closed"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("body_key", "enheten-for-gator"),
        ("decided_on", "tomorrow"),
        ("section_no", " "),
        ("case_number", ""),
        ("url", "javascript:alert(1)"),
        ("url", "ftp://vara.example/protokoll"),
        ("url", "https://"),
        ("url", "https://[broken"),
        ("url", "https://vara.example/a\x00b"),
        ("url", "ht\ntps://vara.example/"),
        ("url", "https://vara.example/\u202efdp.exe"),
    ],
)
def test_a_record_says_body_day_section_and_case(secretary, field, value):
    dialogue = make_whole(Stage.PREPARED)
    value = clock.today() + timedelta(days=1) if value == "tomorrow" else value
    with pytest.raises(NotAccepted) as refused:
        service.record(secretary, dialogue, Matter.HOLD, Ruling.APPROVED, minutes(**{field: value}))
    assert refused.value.field == field


def test_the_body_approves_and_the_dialogue_is_decided(secretary):
    dialogue = make_whole(Stage.PREPARED)
    service.record(secretary, dialogue, Matter.HOLD, Ruling.APPROVED, minutes(url="https://vara.example/p?id=5"))
    assert dialogue.stage == Stage.DECIDED


def test_the_body_turns_it_down_and_says_why(secretary):
    dialogue = make_whole(Stage.PREPARED)
    with pytest.raises(NotAccepted):
        service.record(secretary, dialogue, Matter.HOLD, Ruling.REJECTED, minutes())
    service.record(secretary, dialogue, Matter.HOLD, Ruling.REJECTED, minutes(), "Pengarna räcker inte.")
    assert dialogue.stage == Stage.REJECTED


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARY])
def test_only_a_secretary_records(unit, role):
    dialogue = make_whole(Stage.PREPARED)
    with pytest.raises(Refusal):
        service.record(make_actor(role), dialogue, Matter.HOLD, Ruling.APPROVED, minutes())


def test_the_author_does_not_record(unit):
    both = make_actor(Role.OFFICIAL, Role.SECRETARY)
    dialogue = make_whole(Stage.PREPARED, created_by=both.person_id)
    with pytest.raises(Refusal, match="author"):
        service.record(both, dialogue, Matter.HOLD, Ruling.APPROVED, minutes())


def test_no_decision_in_the_matter_says_why(secretary):
    dialogue = make_whole(Stage.HANDED_OVER)
    with pytest.raises(NotAccepted):
        service.record(secretary, dialogue, Matter.FINAL, Ruling.NONE, minutes())
    service.record(secretary, dialogue, Matter.FINAL, Ruling.NONE, minutes(), "Frågan återremitterades.")
    assert dialogue.stage == Stage.RESOLVED


def test_a_dialogue_is_called_off_by_a_decision_with_its_reason(secretary):
    dialogue = make_whole(Stage.OPEN)
    with pytest.raises(NotAccepted):
        service.record(secretary, dialogue, Matter.CANCEL, Ruling.APPROVED, minutes())
    service.record(secretary, dialogue, Matter.CANCEL, Ruling.APPROVED, minutes(), "Gatan byggs inte om.")
    assert dialogue.stage == Stage.CANCELLED


def test_a_mistake_is_mended_by_a_new_record_with_its_reason(secretary):
    dialogue = make_whole(Stage.OPEN)
    old = queries.Dossier(dialogue).record(Matter.HOLD)
    with pytest.raises(NotAccepted):
        service.supersede(secretary, old, minutes(section_no="45"), " ")
    new = service.supersede(secretary, old, minutes(section_no="45"), "§ var fel.")
    assert queries.Dossier(dialogue).record(Matter.HOLD) is new
    assert (new.outcome, old.section_no, new.section_no) == ("approved", "54", "45")
    with pytest.raises(Overtaken):
        service.supersede(secretary, old, minutes(section_no="46"), "Igen.")
    assert dialogue.stage == Stage.OPEN
    assert db.session().query(DecisionRecord).count() == 2


def test_whoever_may_read_a_dialogue_finds_it_in_the_list(unit):
    rows = [make_dialogue(stage) for stage in Stage]
    mine = rows[0]
    everyone = [
        GUEST,
        make_actor(),
        make_actor(Role.OFFICIAL),
        make_actor(Role.OFFICIAL, dialogue_id=mine.id),
        make_actor(Role.TRANSLATOR),
    ]
    for who in everyone:
        listed = set(db.session().scalars(queries.visible_to(who)).all())
        assert listed == {row for row in rows if can(who, Do.READ, row)}
    assert {row.stage for row in db.session().scalars(queries.visible_to(GUEST))} == set(PUBLIC_STAGES)


def test_everything_that_happens_is_in_the_log(lead, secretary):
    idea = service.propose(lead, "Lekplatsen", "Vad ska lekplatsen ha?")
    service.assess(lead, idea, YES)
    service.set_purpose(lead, idea, idea.version, purpose="Veta vad barn vill leka.")
    seen = db.session().scalars(select(AuditEntry.event).filter_by(dialogue_id=idea.id).order_by(AuditEntry.id)).all()
    assert seen == ["DialogueProposed", "DialogueAssessed", "DialogueMoved", "DialogueEdited"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Drottninggatan", "drottninggatan"),
        ("Lekplatsen i Kvänum, östra", "lekplatsen-i-kvanum-ostra"),
        ("Ångbåten!", "angbaten"),
        ("مكتبة", "dialog"),
        ("", "dialog"),
        ("a" * 80, "a" * 60),
    ],
)
def test_names_in_addresses_are_ascii(title, name):
    assert slug(title) == name
