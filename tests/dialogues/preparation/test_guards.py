"""What must be thought through before a body decides: each guard refuses with a sentence and the page that mends it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from app import clock, db, ladder, permissions
from app.dialogues import plan, service
from app.dialogues.agenda.models import BodyMeeting
from app.dialogues.models import Dialogue, Matter, Ruling
from app.dialogues.preparation.models import ChosenGoal, GroundAnswer, LevelChoice, Stakeholder
from app.dialogues.preparation.words import GROUNDS
from app.dialogues.problems import NotAccepted
from app.dialogues.service import Minutes
from app.dialogues.stages import Stage
from app.permissions import Action, Actor, Reason, Refusal, Role
from tests.factories import preparation as make
from tests.factories.dialogues import decide, make_dialogue, make_whole
from tests.factories.people import make_actor, make_person

Spoil = Callable[[Dialogue], object]
R = pytest.mark.requirement


def without(model: type[db.Base], **which: object) -> Spoil:
    return lambda dialogue: db.session().execute(delete(model).filter_by(dialogue_id=dialogue.id, **which))


def with_values(model: type[db.Base], **values: object) -> Spoil:
    return lambda dialogue: db.session().execute(
        update(model).where(getattr(model, "dialogue_id") == dialogue.id).values(**values)  # noqa: B009
    )


def own(**values: object) -> Spoil:
    def spoil(dialogue: Dialogue) -> None:
        for name, value in values.items():
            setattr(dialogue, name, value)
        db.session().flush()

    return spoil


def soon(dialogue: Dialogue) -> None:
    """The body meets a day too early for what comes in to be put together."""
    short = dialogue.closes_at + timedelta(days=plan.days_to_compile() - 1)
    db.session().execute(update(BodyMeeting).values(papers_by=clock.local(short).date()))


UNREAD = own(purpose_edition=7)
SPOILT = [
    pytest.param(without(ChosenGoal), "niva", marks=R("R6", "R32"), id="no goal"),
    pytest.param(with_values(LevelChoice, target_groups=" "), "niva", marks=R("R32"), id="no target group"),
    pytest.param(with_values(LevelChoice, resources=""), "niva", marks=R("R32"), id="no resources"),
    pytest.param(with_values(LevelChoice, reason=""), "niva", marks=R("R32"), id="no reason for the level"),
    pytest.param(without(Stakeholder), "preparation.people", marks=R("R46"), id="no stakeholder"),
    pytest.param(with_values(Stakeholder, channels=[]), "preparation.people", marks=R("R46"), id="nobody is reached"),
    pytest.param(without(GroundAnswer, ground="religion"), "preparation.grounds", marks=R("R44"), id="six grounds"),
    pytest.param(without(GroundAnswer), "preparation.grounds", marks=R("R44"), id="no ground"),
    pytest.param(UNREAD, "preparation.purpose", marks=R("R49"), id="a purpose that nobody has read"),
    pytest.param(own(purpose="Veta mer om gatan."), "syfte", marks=R("R49"), id="a purpose that is too short"),
    pytest.param(own(purpose="Veta mer. " * 120), "syfte", marks=R("R49"), id="a purpose that is too long"),
    pytest.param(own(commitment=" "), "lofte", marks=R("R17", "R52"), id="no commitment"),
    pytest.param(soon, "tidplan", marks=R("R41"), id="no time to put it together"),
    pytest.param(lambda _d: db.session().execute(delete(BodyMeeting)), "tidplan", marks=R("R41"), id="no meeting"),
]


@pytest.mark.parametrize(("spoil", "page"), SPOILT)
@pytest.mark.parametrize("to", [Stage.PREPARED, Stage.DECIDED, Stage.ANNOUNCED])
def test_what_is_not_thought_through_goes_no_further(unit, spoil, page, to):
    start = {Stage.PREPARED: Stage.ASSESSED, Stage.DECIDED: Stage.PREPARED, Stage.ANNOUNCED: Stage.DECIDED}[to]
    dialogue = make_whole(start, opens_at=clock.now() + timedelta(days=1), closes_at=clock.now() + timedelta(days=20))
    if start is Stage.PREPARED:
        decide(dialogue)
    assert service.missing(dialogue, to) == []
    spoil(dialogue)
    db.session().expire_all()
    lacks = [lack for lack in service.missing(dialogue, to) if page in (lack.address[0], lack.address[1].get("part"))]
    assert lacks
    with pytest.raises(Refusal) as stopped:
        service.move(make_actor(*Role), dialogue, to)
    assert stopped.value.reason.code == "missing"
    assert dialogue.stage == start


@pytest.mark.requirement("R44")
@pytest.mark.parametrize("left_out", GROUNDS)
def test_six_of_the_seven_grounds_are_refused_whichever_is_left_out(unit, left_out):
    dialogue = make_whole(Stage.ASSESSED)
    without(GroundAnswer, ground=left_out)(dialogue)
    (lack,) = service.missing(dialogue, Stage.PREPARED)
    assert str(GROUNDS[left_out].name) in str(lack.sentence)


@pytest.mark.requirement("R42")
def test_a_group_without_a_way_in_is_no_hindrance_to_the_decision_but_to_the_announcement(unit):
    dialogue = make_whole(Stage.ASSESSED)
    make.group(dialogue, who="Unga i Kvänum", channels=[])
    assert service.missing(dialogue, Stage.PREPARED) == []
    dialogue.stage, dialogue.opens_at = Stage.DECIDED, clock.now() + timedelta(days=1)
    decide(dialogue)
    (lack,) = service.missing(dialogue, Stage.ANNOUNCED)
    assert "Unga i Kvänum" in str(lack.sentence)
    assert lack.address[0] == "preparation.people"


@pytest.mark.requirement("R42")
def test_whoever_is_not_affected_need_not_be_invited(unit):
    dialogue = make_whole(Stage.DECIDED, opens_at=clock.now() + timedelta(days=1))
    make.group(dialogue, who="Regionen", channels=[], is_affected=False)
    assert service.missing(dialogue, Stage.ANNOUNCED) == []


@pytest.mark.requirement("R49")
def test_whoever_wrote_the_purpose_is_not_its_second_reader(unit):
    author = make_person(Role.OFFICIAL)
    dialogue = make_whole(Stage.ASSESSED)
    set_edition = own(purpose_edition=1, purpose_by=author.id)
    set_edition(dialogue)
    make.read(dialogue, read_by=author.id)
    (lack,) = service.missing(dialogue, Stage.PREPARED)
    assert lack.address[0] == "preparation.purpose"
    own(purpose_edition=2)(dialogue)
    make.read(dialogue, read_by=make_person(Role.OFFICIAL).id)
    assert service.missing(dialogue, Stage.PREPARED) == []


@pytest.mark.requirement("R49")
def test_a_purpose_that_was_sent_back_goes_no_further(unit):
    dialogue = make_whole(Stage.ASSESSED, purpose_edition=0)
    own(purpose_edition=1)(dialogue)
    make.read(dialogue, is_concrete=False)
    (lack,) = service.missing(dialogue, Stage.PREPARED)
    assert lack.address[1]["part"] == "syfte"


@pytest.mark.requirement("R45")
def test_no_result_is_published_before_it_is_told_what_became_of_what_was_done_for_a_priority_group(unit):
    dialogue = make_whole(Stage.CLOSED)
    assert service.missing(dialogue, Stage.COMPILED) == []
    row = make.priority_group(dialogue)
    (lack,) = service.missing(dialogue, Stage.COMPILED)
    assert lack.address[0] == "preparation.follow_up"
    row.turnout = 14
    db.session().flush()
    assert service.missing(dialogue, Stage.COMPILED) != []
    row.follow_up = "De vill ha en kiosk."
    db.session().flush()
    assert service.missing(dialogue, Stage.COMPILED) == []


@pytest.mark.requirement("R41")
@pytest.mark.parametrize(("days", "holds"), [(14, True), (13, False)])
def test_so_many_days_lie_between_the_closing_and_the_papers(unit, days, holds):
    """The gap is counted in days of the calendar, and is the municipality's to set."""
    dialogue = make_dialogue(Stage.ASSESSED)
    meeting = make.meeting("kommunstyrelsen", clock.local(dialogue.closes_at).date() + timedelta(days=days + 10))
    assert (plan.problems_with_meeting(dialogue.closes_at, meeting) == []) == holds
    try:
        plan.use(3)
        assert plan.problems_with_meeting(dialogue.closes_at, meeting) == []
    finally:
        plan.use(plan.DAYS_TO_COMPILE)


def test_a_municipality_cannot_do_away_with_the_time_to_consider():
    with pytest.raises(ValueError, match="days_to_compile"):
        plan.use(0)


@pytest.mark.requirement("R11", "R41")
def test_a_plan_without_time_to_consider_is_refused_by_the_service_too(unit):
    lead, dialogue = make_actor(Role.OFFICIAL), make_whole(Stage.ASSESSED)
    dates = {name: getattr(dialogue, name) for name in ("opens_at", "closes_at", "decision_on", "feedback_by")}
    with pytest.raises(NotAccepted) as refused:
        service.schedule(lead, dialogue, dialogue.version, **{**dates, "closes_at": clock.now() + timedelta(days=60)})
    assert refused.value.field == "closes_at"
    other = dialogue.decision_on + timedelta(days=1)
    with pytest.raises(NotAccepted) as refused:
        service.schedule(lead, dialogue, dialogue.version, **{**dates, "decision_on": other})
    assert refused.value.field == "decision_on"


@pytest.mark.requirement("R41")
def test_a_dialogue_stays_open_no_longer_than_leaves_time_to_consider(unit):
    lead, dialogue = make_actor(Role.OFFICIAL), make_whole(Stage.OPEN)
    with pytest.raises(NotAccepted):
        service.extend(lead, dialogue, clock.now() + timedelta(days=57), "Fler vill svara.")
    service.extend(lead, dialogue, clock.now() + timedelta(days=55), "Fler vill svara.")


@pytest.mark.requirement("R11")
def test_a_final_decision_from_before_the_closing_is_not_recorded(unit):
    secretary, dialogue = make_actor(Role.SECRETARY), make_whole(Stage.HANDED_OVER)
    closing = clock.local(dialogue.closes_at).date()
    minutes = {"body_key": "kommunstyrelsen", "section_no": "12", "case_number": "KS 1"}
    with pytest.raises(NotAccepted) as refused:
        service.record(secretary, dialogue, Matter.FINAL, Ruling.APPROVED, Minutes(**minutes, decided_on=closing))
    assert refused.value.field == "decided_on"
    decide(dialogue, "final", decided_on=closing)
    (lack,) = service.missing(dialogue, Stage.RESOLVED)
    assert "before the dialogue had closed" in str(lack.sentence)


@pytest.mark.requirement("R11")
@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.HANDED_OVER])
def test_no_final_decision_is_recorded_while_input_is_open_or_before_the_result_is_with_the_body(unit, stage):
    dialogue = make_whole(stage)
    minutes = Minutes(body_key="kommunstyrelsen", decided_on=clock.today(), section_no="12", case_number="KS 1")
    with pytest.raises(Refusal):
        service.record(make_actor(*Role), dialogue, Matter.FINAL, Ruling.APPROVED, minutes)


@pytest.mark.requirement("R30", "R47")
def test_no_method_is_saved_while_the_level_is_empty(unit):
    """Neither its card, which every method keeps, nor anything of the method's own."""
    dialogue = make_dialogue(Stage.ASSESSED, level=None)
    with pytest.raises(Refusal, match="no_level"):
        service.keep_card(
            "survey:1", dialogue_id=dialogue.id, method="surveys", title="Svara", sentence="",
            endpoint="dialogues.index", values={}, is_input=True,
        )  # fmt: skip
    who = make_actor(*Role)
    for method in ladder.methods():
        codes = {reason.code for action in method.rules if (reason := refused(who, action, dialogue)) is not None}
        assert "no_level" in codes, method.key


def refused(who: Actor, action: Action, dialogue: Dialogue) -> Reason | None:
    """The reason against; None where there is none, or where the action is about something else than a dialogue."""
    try:
        return permissions.refusal(who, action, dialogue)
    except AttributeError:
        return None
