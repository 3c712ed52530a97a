"""The short life cycles: what leads where, who may, what is missing, and what the clock does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app import clock, db
from app.dialogues import lifecycle, service
from app.dialogues.kinds.models import KnownDecision, OwnProcess, UserService
from app.dialogues.models import Card, Dialogue, Move
from app.dialogues.stages import PUBLIC_STAGES, STAGES_OF_KIND, Kind, Stage
from app.permissions import SYSTEM, Refusal, Role
from tests.factories.dialogues import answer, make_dialogue, make_whole
from tests.factories.kinds import make_consultation, make_information, make_user_dialogue
from tests.factories.people import make_actor

MAKE = {
    Kind.USER_DIALOGUE: make_user_dialogue,
    Kind.INFORMATION: make_information,
    Kind.STATUTORY_CONSULTATION: make_consultation,
}
OTHERS = tuple(MAKE)
STEPS = [(kind, step) for kind in OTHERS for step in lifecycle.STEPS_OF[kind]]


@pytest.mark.parametrize("kind", Kind)
def test_the_table_and_the_stages_of_a_kind_are_the_same(kind):
    steps = lifecycle.STEPS_OF[kind]
    assert {stage for step in steps for stage in (step.start, step.to)} == STAGES_OF_KIND[kind]
    assert len({(step.start, step.to) for step in steps}) == len(steps)
    assert all(step.needs for step in steps)


@pytest.mark.requirement("R14")
def test_no_body_decides_about_a_user_dialogue():
    decided = {Stage.PREPARED, Stage.DECIDED, Stage.REJECTED, Stage.HANDED_OVER, Stage.RESOLVED}
    for kind in OTHERS:
        assert not decided & STAGES_OF_KIND[kind]


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("stage", Stage)
def test_the_database_knows_the_stages_of_a_kind(unit, kind, stage):
    """The table gives the sentence, a constraint gives the truth."""
    now = clock.now()
    row = make_dialogue(
        Stage.IDEA, kind=kind, level="information" if kind is Kind.INFORMATION else None,
        opens_at=now, closes_at=now + timedelta(days=1),
    )  # fmt: skip
    row.stage = stage
    if stage in STAGES_OF_KIND[kind]:
        db.session().flush()
    else:
        with pytest.raises(IntegrityError):
            db.session().flush()
        db.session().rollback()


@pytest.mark.parametrize("level", [None, "consultation"])
def test_information_has_the_level_information_and_no_other(unit, level):
    with pytest.raises(IntegrityError):
        make_information(level=level)
    db.session().rollback()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(OTHERS),
    tries=st.lists(
        st.tuples(st.sampled_from(list(Stage)), st.booleans(), st.sampled_from(["", "Därför."])), max_size=9
    ),
)
def test_random_walks_keep_to_the_table(unit, kind, tries):
    dialogue, who = MAKE[kind](Stage.IDEA), make_actor(*Role)
    for to, by_clock, note in tries:
        before = dialogue.stage
        try:
            service.move(SYSTEM if by_clock else who, dialogue, to, note)
        except Refusal:
            assert dialogue.stage == before
        else:
            assert lifecycle.step(kind, before, to) is not None
            assert dialogue.stage == to
    moves = db.session().scalars(select(Move).filter_by(dialogue_id=dialogue.id).order_by(Move.id)).all()
    assert [move.from_stage for move in moves] == [Stage.IDEA, *(move.to_stage for move in moves)][: len(moves)]


OFFICIAL, NOBODY, KEEPS = {Role.OFFICIAL}, set(), {Role.OFFICIAL, Role.REGISTRAR}
EXPECTED = {
    (Kind.USER_DIALOGUE, Stage.OPEN, Stage.PAUSED): {Role.OFFICIAL, Role.MODERATOR},
    (Kind.USER_DIALOGUE, Stage.PAUSED, Stage.OPEN): {Role.OFFICIAL, Role.MODERATOR},
    (Kind.USER_DIALOGUE, Stage.OPEN, Stage.CLOSED): NOBODY,
    (Kind.USER_DIALOGUE, Stage.PAUSED, Stage.CLOSED): NOBODY,
    (Kind.USER_DIALOGUE, Stage.CLOSED, Stage.FED_BACK): {Role.OFFICIAL, Role.COMMUNICATIONS},
    (Kind.USER_DIALOGUE, Stage.FED_BACK, Stage.ARCHIVED): KEEPS,
    (Kind.INFORMATION, Stage.ANNOUNCED, Stage.ARCHIVED): KEEPS,
    (Kind.STATUTORY_CONSULTATION, Stage.ANNOUNCED, Stage.ARCHIVED): NOBODY,
}


@pytest.mark.parametrize(("kind", "step"), STEPS, ids=lambda one: getattr(one, "label", one) and str(one)[:60])
def test_only_those_whom_the_table_names_may_take_a_step(unit, kind, step):
    dialogue, allowed = MAKE[kind](step.start), set()
    for role in Role:
        try:
            service.move(make_actor(role), dialogue, step.to, "Därför.")
        except Refusal as refused:
            if refused.reason.code == "missing":
                allowed.add(role)
        else:
            allowed.add(role)
            dialogue.stage = step.start
            db.session().flush()
    assert allowed == EXPECTED.get((kind, step.start, step.to), OFFICIAL)


# ------------------------------------------------------------------ user dialogues


def lacking(dialogue: Dialogue, to: Stage) -> list[tuple[str, str]]:
    """Where one is sent to mend what is missing."""
    return [(one.address[0], one.address[1].get("part", "")) for one in service.missing(dialogue, to, "…")]


def drop_unit(row: Dialogue) -> None:
    db.session().execute(delete(UserService).where(UserService.dialogue_id == row.id))


def drop_cards(row: Dialogue) -> None:
    db.session().execute(delete(Card).where(Card.dialogue_id == row.id))


def empty(field: str, value: object = ""):
    return lambda row: setattr(row, field, value)


@pytest.mark.requirement("R14")
@pytest.mark.parametrize(("take_away", "endpoint", "part"), [
    (empty("question"), "kinds_desk.part", "om"),
    (drop_unit, "kinds_desk.part", "om"),
    (empty("affected"), "kinds_desk.part", "om"),
    (empty("purpose", " "), "kinds_desk.part", "om"),
    (empty("opens_at", None), "kinds_desk.part", "period"),
    (empty("closes_at", None), "kinds_desk.part", "period"),
    (empty("feedback_by", None), "kinds_desk.part", "period"),
    (empty("promise"), "kinds_desk.part", "period"),
    (empty("summary"), "dialogues.part", "beskrivning"),
    (empty("contact_name"), "dialogues.part", "beskrivning"),
    (drop_cards, "dialogues.methods", ""),
    (empty("promise", "Centerpartiet svarar i juni."), "kinds_desk.part", "period"),
])  # fmt: skip
def test_a_user_dialogue_says_purpose_group_period_and_feedback_before_it_opens(unit, take_away, endpoint, part):
    row = make_user_dialogue(Stage.IDEA)
    assert service.missing(row, Stage.OPEN) == []
    take_away(row)
    db.session().flush()
    assert (endpoint, part) in lacking(row, Stage.OPEN)
    with pytest.raises(Refusal):
        service.move(make_actor(Role.OFFICIAL), row, Stage.OPEN)
    assert row.stage == Stage.IDEA


@pytest.mark.requirement("R14")
def test_an_official_opens_a_user_dialogue_without_a_decision_and_no_citizen_dialogue(unit):
    lead = make_actor(Role.OFFICIAL)
    row = make_user_dialogue(Stage.IDEA)
    service.move(lead, row, Stage.OPEN)
    assert row.stage == Stage.OPEN
    for stage in (Stage.IDEA, Stage.ASSESSED, Stage.PREPARED, Stage.DECIDED):
        same = make_whole(stage)
        with pytest.raises(Refusal) as refused:
            service.move(lead, same, Stage.OPEN)
        assert refused.value.reason.code == "no_step"


def test_a_user_dialogue_that_opens_later_is_announced_and_the_clock_opens_and_closes_it(unit):
    now, lead = clock.now(), make_actor(Role.OFFICIAL)
    row = make_user_dialogue(Stage.IDEA, opens_at=now + timedelta(days=2), closes_at=now + timedelta(days=9))
    with pytest.raises(Refusal):
        service.move(lead, row, Stage.OPEN)
    service.move(lead, row, Stage.ANNOUNCED)
    with pytest.raises(Refusal):
        service.move(lead, row, Stage.OPEN)
    with pytest.raises(Refusal):
        service.move(make_actor(*Role), row, Stage.CLOSED)


def test_feedback_comes_after_the_closing(unit):
    row = make_user_dialogue(Stage.IDEA, feedback_by=clock.today())
    assert ("kinds_desk.part", "period") in lacking(row, Stage.OPEN)


def test_a_user_dialogue_is_fed_back_before_it_is_kept(unit):
    row, lead = make_user_dialogue(Stage.CLOSED), make_actor(Role.OFFICIAL)
    with pytest.raises(Refusal) as refused:
        service.move(lead, row, Stage.ARCHIVED, "I akten.")
    assert refused.value.reason.code == "no_step"
    with pytest.raises(Refusal) as refused:
        service.move(lead, row, Stage.FED_BACK)
    assert refused.value.reason.code == "missing"
    service.write_outcome(lead, row, row.version, heading="Middag klockan 18", lead="Från mars.", body="Ni ville det.")
    service.move(lead, row, Stage.FED_BACK)
    with pytest.raises(Refusal):
        service.move(lead, row, Stage.ARCHIVED)
    service.move(lead, row, Stage.ARCHIVED, "I enhetens akt.")
    assert row.stage == Stage.ARCHIVED


def test_nobody_answers_for_a_user_dialogue_before_it_has_closed(unit):
    row, lead = make_user_dialogue(Stage.OPEN), make_actor(Role.OFFICIAL)
    with pytest.raises(Refusal):
        service.write_outcome(lead, row, row.version, heading="H", lead="L", body="B")


# ------------------------------------------------------------------ information and consultations


@pytest.mark.requirement("R22")
def test_information_says_what_was_decided_before_it_is_published(unit):
    lead = make_actor(Role.OFFICIAL)
    row = make_information(Stage.IDEA, told=False)
    assert lacking(row, Stage.ANNOUNCED) == [("kinds_desk.part", "beslut")]
    with pytest.raises(Refusal):
        service.move(lead, row, Stage.ANNOUNCED)
    whole = make_information(Stage.IDEA)
    service.move(lead, whole, Stage.ANNOUNCED)
    assert whole.stage in PUBLIC_STAGES
    service.move(lead, whole, Stage.ARCHIVED, "Bron är klar.")
    assert lifecycle.steps_from(Kind.INFORMATION, whole.stage) == ()
    assert db.session().scalars(select(KnownDecision).filter_by(dialogue_id=whole.id)).one().section_no == "31"


@pytest.mark.requirement("R7")
def test_a_consultation_has_its_law_address_and_dates_before_it_is_published(unit):
    row = make_consultation(Stage.IDEA)
    assert service.missing(row, Stage.ANNOUNCED) == []
    db.session().execute(delete(OwnProcess).where(OwnProcess.dialogue_id == row.id))
    assert lacking(row, Stage.ANNOUNCED) == [("kinds_desk.part", "process")]
    over = make_consultation(Stage.IDEA, opens_at=clock.now() - timedelta(days=9), closes_at=clock.now())
    assert lacking(over, Stage.ANNOUNCED) == [("kinds_desk.part", "process")]


@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_given_up_says_why(unit, kind):
    row, lead = MAKE[kind](Stage.IDEA), make_actor(Role.OFFICIAL)
    with pytest.raises(Refusal):
        service.move(lead, row, Stage.UNSUITABLE)
    service.move(lead, row, Stage.UNSUITABLE, "Det blev ett möte i stället.")
    assert row.stage not in PUBLIC_STAGES


# ------------------------------------------------------------------ the clock


def tick_at(moment) -> None:
    clock.shift(timedelta(0))
    with db.reading():
        ahead = moment - clock.now()
    clock.shift(ahead)
    service.tick()


def stage_of(row: Dialogue) -> str:
    with db.reading() as session:
        return session.get_one(Dialogue, row.id).stage


def test_the_clock_opens_and_closes_user_dialogues(app):
    with db.unit():
        now = clock.now()
        row = make_user_dialogue(
            Stage.ANNOUNCED, opens_at=now + timedelta(days=2), closes_at=now + timedelta(days=9)
        )  # fmt: skip
        idea = make_user_dialogue(Stage.IDEA, opens_at=now - timedelta(days=1))
    service.tick()
    assert stage_of(row) == Stage.ANNOUNCED
    tick_at(row.opens_at)
    assert stage_of(row) == Stage.OPEN
    assert stage_of(idea) == Stage.IDEA  # nobody has said that it is ready
    tick_at(row.closes_at)
    assert stage_of(row) == Stage.CLOSED
    assert service.tick() == 0


@pytest.mark.requirement("R7")
def test_the_clock_archives_consultations_when_they_are_over_and_nothing_before(app):
    with db.unit():
        now = clock.now()
        row = make_consultation(opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=3))
    for moment in (row.opens_at, row.closes_at - timedelta(seconds=1)):
        tick_at(moment)
        assert stage_of(row) == Stage.ANNOUNCED
    tick_at(row.closes_at)
    assert stage_of(row) == Stage.ARCHIVED
    assert service.tick() == 0


@pytest.mark.requirement("R22")
def test_the_clock_never_opens_information(app):
    with db.unit():
        row = make_information(opens_at=clock.now() - timedelta(days=1), closes_at=clock.now() + timedelta(seconds=1))
    tick_at(row.closes_at + timedelta(days=1))
    assert stage_of(row) == Stage.ANNOUNCED


def test_a_fed_back_user_dialogue_has_its_answer(unit):
    row = make_user_dialogue(Stage.CLOSED)
    answer(row, published=False)
    service.move(make_actor(Role.COMMUNICATIONS), row, Stage.FED_BACK)
    assert row.stage == Stage.FED_BACK
