"""Writing a preparation: who may, until when, what is refused, and what two at once do."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app import clock, db
from app.audit import AuditEntry
from app.dialogues import queries as dialogues
from app.dialogues import service as drafting
from app.dialogues.models import AppendOnly, Dialogue
from app.dialogues.preparation import queries, service
from app.dialogues.preparation.models import CostItem, LevelChoice, PurposeReading, PurposeRequest, Stakeholder
from app.dialogues.preparation.rules import Do
from app.dialogues.preparation.service import Answer, Group, Price, Turnout
from app.dialogues.preparation.sums import sums
from app.dialogues.preparation.words import GROUNDS
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.queries import Dossier
from app.dialogues.stages import DRAFT_STAGES, Stage
from app.permissions import Actor, Refusal, Role, can
from tests.factories import preparation as make
from tests.factories.dialogues import make_dialogue, make_whole
from tests.factories.people import make_actor, make_person

PURPOSE = "Veta vad som hindrar dem som går på gatan i dag, inför ritningarna i vår."
REASONS = {"target_groups": "De som bor där.", "resources": "En person.", "level_reason": "Många berörs lite var."}
GROUP = Group(who="Unga", interest="De går där.", influence="little", channels=["school"])


@pytest.fixture
def lead(unit) -> Actor:
    return make_actor(Role.OFFICIAL)


# ------------------------------------------------------------------ level and its reasons


@pytest.mark.requirement("R32")
@pytest.mark.parametrize("left_out", ["goals", *REASONS])
def test_a_level_is_not_saved_without_what_leads_to_it(lead, left_out):
    dialogue = make_dialogue(Stage.ASSESSED, level=None)
    given = {"goals": ["livskvalitet"], **REASONS, left_out: "" if left_out in REASONS else []}
    with pytest.raises(NotAccepted) as refused:
        service.choose(lead, dialogue, dialogue.version, level="consultation", **given)
    assert refused.value.field == left_out
    assert dialogue.level is None


@pytest.mark.requirement("R47")
def test_the_purpose_comes_first(lead):
    dialogue = make_dialogue(Stage.ASSESSED, level=None, purpose="")
    with pytest.raises(NotAccepted) as refused:
        service.choose(lead, dialogue, dialogue.version, level="consultation", goals=["livskvalitet"], **REASONS)
    assert refused.value.field == "level"


@pytest.mark.requirement("R6")
def test_a_dialogue_serves_goals_of_the_council_from_its_list(lead):
    dialogue = make_dialogue(Stage.ASSESSED)
    goals = ["trygghet", "livskvalitet"]
    service.choose(lead, dialogue, dialogue.version, level="discussion", goals=goals, **REASONS)
    dossier = Dossier(dialogue)
    assert {one.goal_key for one in dossier.rows(queries.ChosenGoal)} == set(goals)
    assert "Ett attraktivt Vara med livskvalitet för alla" in {one.name for one in dossier.rows(queries.ChosenGoal)}
    assert dialogue.level == "discussion"
    with pytest.raises(NotAccepted) as refused:
        service.choose(lead, dialogue, dialogue.version, level="discussion", goals=["mer-pengar"], **REASONS)
    assert refused.value.field == "goals"
    service.choose(lead, dialogue, dialogue.version, level="discussion", goals=["service"], **REASONS)
    assert [one.goal_key for one in Dossier(dialogue).rows(queries.ChosenGoal)] == ["service"]


@pytest.mark.requirement("R30")
@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in DRAFT_STAGES])
def test_the_level_and_its_reasons_stand_after_the_decision(lead, stage):
    dialogue = make_whole(stage)
    with pytest.raises(Refusal):
        service.choose(lead, dialogue, dialogue.version, level="discussion", goals=["livskvalitet"], **REASONS)
    assert db.session().get_one(LevelChoice, dialogue.id).reason.startswith("Många berörs lite var, och")


# ------------------------------------------------------------------ groups and grounds


@pytest.mark.requirement("R46")
@pytest.mark.parametrize(
    ("field", "value"), [("who", " "), ("interest", ""), ("influence", ""), ("influence", "enormous")]
)
def test_a_group_says_who_and_why(lead, field, value):
    dialogue = make_dialogue(Stage.ASSESSED)
    with pytest.raises(NotAccepted) as refused:
        service.add_group(lead, dialogue, Group(**{**vars(GROUP), field: value}))
    assert refused.value.field == field


@pytest.mark.requirement("R45")
def test_a_priority_group_has_something_done_for_it(lead):
    dialogue = make_dialogue(Stage.ASSESSED)
    with pytest.raises(NotAccepted) as refused:
        service.add_group(lead, dialogue, Group(**{**vars(GROUP), "is_priority": True}))
    assert refused.value.field == "activity"
    wanted = {"is_priority": True, "is_affected": False, "activity": "Kväll på fritidsgården"}
    row = service.add_group(lead, dialogue, Group(**{**vars(GROUP), **wanted}))
    assert row.is_affected  # whoever is heard in particular is invited
    with pytest.raises(IntegrityError), db.session().begin_nested():
        make.group(dialogue, who="Andra", is_priority=True)


def test_the_same_group_is_not_added_twice(lead):
    dialogue = make_dialogue(Stage.ASSESSED)
    row = service.add_group(lead, dialogue, GROUP)
    with pytest.raises(NotAccepted):
        service.add_group(lead, dialogue, GROUP)
    service.change_group(lead, dialogue, dialogue.version, row, Group(**{**vars(GROUP), "channels": ["web", "none"]}))
    assert row.channels == ["web"]
    other = make_dialogue(Stage.ASSESSED)
    service.add_group(lead, other, GROUP)
    service.remove_group(lead, dialogue, row)
    assert Dossier(dialogue).rows(Stakeholder) == []


@pytest.mark.requirement("R44")
@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (Answer("", "Trappan.", ""), "age"),
        (Answer("maybe", "Trappan.", ""), "age"),
        (Answer("barrier", " ", "Ramp."), "age_words"),
        (Answer("none", "", ""), "age_words"),
        (Answer("barrier", "Trappan.", ""), "age_action"),
    ],
)
def test_a_ground_is_a_barrier_with_an_action_or_none_with_a_reason(lead, answer, field):
    dialogue = make_dialogue(Stage.ASSESSED)
    with pytest.raises(NotAccepted) as refused:
        service.answer_grounds(lead, dialogue, dialogue.version, {"age": answer})
    assert refused.value.field == field


@pytest.mark.requirement("R44")
def test_six_grounds_may_be_saved_and_the_seventh_later(lead):
    dialogue = make_dialogue(Stage.ASSESSED)
    none = {key: Answer("none", "Berör alla lika.", "") for key in GROUNDS}
    six = {key: answer for key, answer in none.items() if key != "religion"}
    service.answer_grounds(lead, dialogue, dialogue.version, six)
    assert [one.key for one in queries.grounds_left(Dossier(dialogue))] == ["religion"]
    service.answer_grounds(lead, dialogue, dialogue.version, none)
    assert queries.grounds_left(Dossier(dialogue)) == []


@pytest.mark.parametrize("stage", list(Stage))
def test_the_analysis_may_change_until_people_are_told(lead, stage):
    dialogue = make_whole(stage)
    assert can(lead, Do.ANALYSE, dialogue) == (stage in DRAFT_STAGES | {Stage.DECIDED})


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICIAL])
def test_nobody_else_prepares(unit, role):
    dialogue = make_whole(Stage.ASSESSED)
    for action in (Do.ANALYSE, Do.PRICE, Do.ASK_READER, Do.FOLLOW_UP):
        assert not can(make_actor(role), action, dialogue)


def test_the_second_of_two_editors_is_told(lead):
    dialogue = make_whole(Stage.ASSESSED)
    seen, row = dialogue.version, Dossier(dialogue).rows(Stakeholder)[0]
    service.change_group(make_actor(Role.OFFICIAL), dialogue, seen, row, GROUP)
    for change in (
        lambda: service.change_group(lead, dialogue, seen, row, GROUP),
        lambda: service.answer_grounds(lead, dialogue, seen, {}),
        lambda: service.choose(lead, dialogue, seen, level="discussion", goals=["service"], **REASONS),
    ):
        with pytest.raises(Overtaken):
            change()


# ------------------------------------------------------------------ costs


@pytest.mark.requirement("R29")
def test_options_with_their_costs_come_to_a_sum_against_the_frame(lead):
    dialogue = make_dialogue(Stage.ASSESSED)
    for kind, text, kronor in (
        ("part", "Utskick", 8000), ("part", "Lokal", 4500),
        ("option", "Träd", 300_000), ("option", "Bänkar", 250_000), ("frame", "Budget 2027", 500_000),
    ):  # fmt: skip
        service.add_cost(lead, dialogue, Price(kind=kind, text=text, kronor=kronor))
    held = sums(Dossier(dialogue))
    assert (held.dialogue, held.together, held.left) == (12_500, 550_000, -50_000)


@pytest.mark.parametrize(
    ("field", "value"), [("kind", "gift"), ("text", " "), ("kronor", -1), ("kronor", 3_000_000_000)]
)
def test_a_cost_that_is_none_is_refused(lead, field, value):
    dialogue = make_dialogue(Stage.ASSESSED)
    good = {"kind": "part", "text": "Utskick", "kronor": 8000}
    with pytest.raises(NotAccepted) as refused:
        service.add_cost(lead, dialogue, Price(**{**good, field: value}))
    assert refused.value.field == field


def test_there_is_one_frame(lead):
    dialogue = make_dialogue(Stage.ASSESSED)
    service.add_cost(lead, dialogue, Price(kind="frame", text="Budget", kronor=1))
    with pytest.raises(NotAccepted):
        service.add_cost(lead, dialogue, Price(kind="frame", text="En annan", kronor=2))
    with pytest.raises(IntegrityError), db.session().begin_nested():
        make.cost(dialogue, "frame", "En tredje")


def test_what_is_discussed_keeps_its_price_and_the_dialogue_may_tell_what_it_cost(lead):
    dialogue = make_whole(Stage.CLOSED)
    option = make.cost(dialogue, "option", "Träd", 300_000)
    part = make.cost(dialogue)
    service.change_cost(lead, dialogue, dialogue.version, part, Price(kind="part", text="Utskick", kronor=9100))
    for change in (
        lambda: service.add_cost(lead, dialogue, Price(kind="option", text="Bänkar", kronor=1)),
        lambda: service.remove_cost(lead, dialogue, option),
        lambda: service.change_cost(
            lead, dialogue, dialogue.version, part, Price(kind="option", text="Utskick", kronor=1)
        ),
        lambda: service.change_cost(
            lead, dialogue, dialogue.version, option, Price(kind="part", text="Träd", kronor=1)
        ),
    ):
        with pytest.raises(Refusal):
            change()
    assert (option.kronor, part.kronor) == (300_000, 9100)


# ------------------------------------------------------------------ the second reader


@pytest.fixture
def purpose(unit) -> tuple[Dialogue, Actor]:
    """A dialogue whose purpose its author has just written."""
    author = make_actor(Role.OFFICIAL)
    dialogue = make_dialogue(Stage.ASSESSED)
    drafting.set_purpose(author, dialogue, dialogue.version, purpose=PURPOSE)
    return dialogue, author


@pytest.mark.requirement("R49")
def test_the_same_person_does_not_write_and_confirm(purpose):
    dialogue, author = purpose
    with pytest.raises(Refusal, match="author"):
        service.read_purpose(author, dialogue, dialogue.purpose_edition, is_concrete=True)
    with pytest.raises(IntegrityError), db.session().begin_nested():
        make.read(dialogue, written_by=author.person_id, read_by=author.person_id)
    reader = make_actor(Role.OFFICIAL)
    service.read_purpose(reader, dialogue, dialogue.purpose_edition, is_concrete=True)
    assert queries.reading(Dossier(dialogue)).read_by == reader.person_id


@pytest.mark.requirement("R49")
def test_whoever_changed_a_colleagues_purpose_has_written_it(purpose):
    dialogue, author = purpose
    other = make_actor(Role.OFFICIAL)
    drafting.set_purpose(other, dialogue, dialogue.version, purpose=f"{PURPOSE} Också på vintern.")
    with pytest.raises(Refusal, match="author"):
        service.read_purpose(other, dialogue, dialogue.purpose_edition, is_concrete=True)
    service.read_purpose(author, dialogue, dialogue.purpose_edition, is_concrete=True)


@pytest.mark.requirement("R49")
def test_a_changed_purpose_is_read_anew_even_when_it_is_changed_back(purpose):
    dialogue, author = purpose
    service.read_purpose(make_actor(Role.OFFICIAL), dialogue, dialogue.purpose_edition, is_concrete=True)
    assert queries.reading(Dossier(dialogue)) is not None
    drafting.set_purpose(author, dialogue, dialogue.version, purpose=f"{PURPOSE} Och mer.")
    assert queries.reading(Dossier(dialogue)) is None
    drafting.set_purpose(author, dialogue, dialogue.version, purpose=PURPOSE)
    assert queries.reading(Dossier(dialogue)) is None


def test_saving_the_same_purpose_again_changes_nothing(purpose):
    dialogue, author = purpose
    service.read_purpose(make_actor(Role.OFFICIAL), dialogue, dialogue.purpose_edition, is_concrete=True)
    drafting.set_purpose(author, dialogue, dialogue.version, purpose=PURPOSE)
    assert queries.reading(Dossier(dialogue)) is not None


@pytest.mark.requirement("R49")
@pytest.mark.parametrize("text", ["", "Veta mer om gatan.", "o" * 1001])
def test_a_purpose_has_bounds(lead, text):
    dialogue = make_dialogue(Stage.ASSESSED)
    with pytest.raises(NotAccepted) as refused:
        drafting.set_purpose(lead, dialogue, dialogue.version, purpose=text)
    assert refused.value.field == "purpose"


@pytest.mark.parametrize("role", [None, *(role for role in Role if role not in queries.READERS)])
def test_others_do_not_read_a_purpose(purpose, role):
    dialogue, _ = purpose
    with pytest.raises(Refusal):
        service.read_purpose(make_actor(*filter(None, [role])), dialogue, dialogue.purpose_edition, is_concrete=True)


def test_a_purpose_that_was_changed_meanwhile_is_not_confirmed(purpose):
    dialogue, author = purpose
    seen = dialogue.purpose_edition
    drafting.set_purpose(author, dialogue, dialogue.version, purpose=f"{PURPOSE} Och mer.")
    with pytest.raises(Overtaken):
        service.read_purpose(make_actor(Role.OFFICIAL), dialogue, seen, is_concrete=True)


def test_sending_it_back_says_what_is_missing(purpose):
    dialogue, _ = purpose
    reader = make_actor(Role.COMMUNICATIONS)
    with pytest.raises(NotAccepted):
        service.read_purpose(reader, dialogue, dialogue.purpose_edition, is_concrete=False, note=" ")
    row = service.read_purpose(reader, dialogue, dialogue.purpose_edition, is_concrete=False, note="Vilka?")
    row.note = "Något annat."
    with pytest.raises(AppendOnly):
        db.session().flush()
    db.session().rollback()


def test_a_reader_who_is_asked_sees_it_until_somebody_has_read_it(purpose):
    dialogue, author = purpose
    person = make_person(Role.COMMUNICATIONS)
    service.ask_reader(author, dialogue, person.id)
    service.ask_reader(author, dialogue, person.id)
    reader = Actor(person.id)
    assert queries.to_read(reader) == [dialogue]
    assert queries.to_read(author) == []
    asked = db.session().scalars(select(AuditEntry).filter_by(event="SecondReaderAsked")).all()
    assert len(asked) == 1
    service.read_purpose(make_actor(Role.OFFICIAL), dialogue, dialogue.purpose_edition, is_concrete=True)
    assert queries.to_read(reader) == []


@pytest.mark.parametrize("who", ["author", "resident", "nobody"])
def test_only_colleagues_are_asked(purpose, who):
    dialogue, author = purpose
    chosen = {"author": author.person_id, "resident": make_person().id, "nobody": 0}[who]
    with pytest.raises(NotAccepted):
        service.ask_reader(author, dialogue, chosen)
    assert db.session().query(PurposeRequest).count() == 0


@pytest.mark.race
@pytest.mark.requirement("R49")
def test_of_fifty_who_confirm_at_once_one_does(own_database, the_app):
    with the_app.app_context(), db.unit():
        dialogue = make_dialogue(Stage.ASSESSED)
        drafting.set_purpose(make_actor(Role.OFFICIAL), dialogue, dialogue.version, purpose=PURPOSE)
        number, edition = dialogue.id, dialogue.purpose_edition
        readers = [make_actor(Role.OFFICIAL) for _ in range(50)]

    def read(reader: Actor) -> int:
        try:
            with the_app.app_context(), db.unit():
                service.read_purpose(reader, dialogues.dialogue(number), edition, is_concrete=True)
        except (Refusal, Overtaken):
            return 0
        return 1

    with ThreadPoolExecutor(50) as pool:
        assert sum(pool.map(read, readers)) == 1
    with db.reading() as session:
        assert session.query(PurposeReading).count() == 1


@pytest.mark.race
def test_fifty_presses_of_one_button_add_a_group_and_a_cost_once(own_database, the_app):
    with the_app.app_context(), db.unit():
        number, lead = make_dialogue(Stage.ASSESSED).id, make_actor(Role.OFFICIAL)

    def press(_number: int) -> None:
        for add, what in (
            (service.add_group, GROUP),
            (service.add_cost, Price(kind="frame", text="Budget", kronor=1)),
        ):
            try:
                with the_app.app_context(), db.unit():
                    add(lead, dialogues.dialogue(number), what)
            except (NotAccepted, Overtaken):
                pass

    with ThreadPoolExecutor(50) as pool:
        list(pool.map(press, range(50)))
    with db.reading() as session:
        assert session.query(Stakeholder).count() == session.query(CostItem).count() == 1


# ------------------------------------------------------------------ afterwards


@pytest.mark.requirement("R45")
def test_turnout_is_noted_with_words_once_the_dialogue_has_opened(lead):
    dialogue = make_whole(Stage.CLOSED)
    row = make.priority_group(dialogue)
    for told, field in ((Turnout(14, " "), "words"), (Turnout(None, "De ville ha ljus."), "turnout")):
        with pytest.raises(NotAccepted) as refused:
            service.note_turnout(lead, dialogue, dialogue.version, {row.id: told})
        assert refused.value.field == f"{field}_{row.id}"
    service.note_turnout(lead, dialogue, dialogue.version, {row.id: Turnout(0, "Bussen var inställd.")})
    assert (row.turnout, row.follow_up) == (0, "Bussen var inställd.")
    early = make_whole(Stage.ANNOUNCED, opens_at=clock.now())
    with pytest.raises(Refusal):
        service.note_turnout(lead, early, early.version, {})
