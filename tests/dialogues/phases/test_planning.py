"""Phases lie within their dialogue and follow one another; a thing is open in its phase, and at its own times."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import clock, db
from app.dialogues import rules
from app.dialogues.changes.queries import notes_of
from app.dialogues.models import Card
from app.dialogues.phases import queries, service
from app.dialogues.phases.service import NEVER_SAVED, Facts
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.service import drop_card, extend, missing, move, resume
from app.dialogues.stages import Stage
from app.dialogues.times import window_of
from app.permissions import GUEST, Actor, Refusal, Role
from tests.factories.dialogues import card, make_whole
from tests.factories.people import make_actor
from tests.factories.phases import make_phase, time_thing

DAY = timedelta(days=1)
WHY = "Färre än vi trodde hann svara."


@pytest.fixture
def lead(unit) -> Actor:
    return make_actor(Role.OFFICIAL)


def facts(dialogue, opens, closes, name="Vi samlar idéer") -> Facts:
    """`opens` and `closes` are days after the dialogue opens."""
    return Facts(name, dialogue.opens_at + opens * DAY, dialogue.opens_at + closes * DAY)


def coming(stage=Stage.DECIDED, **fields):
    now = clock.now()
    return make_whole(stage, **{"opens_at": now + 10 * DAY, "closes_at": now + 40 * DAY, **fields})


@pytest.mark.requirement("R37")
def test_several_phases_with_own_dates_and_methods(lead):
    dialogue = coming(level="influence")
    second = card(dialogue, 2)
    (first,) = [one for one in queries_cards(dialogue) if one.subject != second.subject]
    ideas = service.add_phase(lead, dialogue, facts(dialogue, 0, 10))
    draft = service.add_phase(lead, dialogue, facts(dialogue, 10, 20, "Vi ritar"))
    for thing, phase in ((first, ideas), (second, draft)):
        service.set_times(lead, dialogue, thing, NEVER_SAVED, phase=phase, opens_at=None, closes_at=None)
    plan = queries.plan_of(dialogue.id)
    assert [one.name for one in plan.phases] == ["Vi samlar idéer", "Vi ritar"]
    assert [one.subject for one in plan.in_phase(ideas, [first, second])] == [first.subject]
    assert (window_of(first).closes_at, window_of(second).opens_at) == (ideas.closes_at, draft.opens_at)
    assert missing(dialogue, Stage.ANNOUNCED) == []


def queries_cards(dialogue) -> list[Card]:
    return db.session().query(Card).filter_by(dialogue_id=dialogue.id).all()


@pytest.mark.parametrize(
    ("opens", "closes", "field"),
    [(-1, 5, "opens_at"), (20, 31, "closes_at"), (12, 12, "closes_at"), (5, 15, "opens_at"), (9, 10, "opens_at")],
)
def test_a_phase_lies_within_the_dialogue_and_after_the_one_before(lead, opens, closes, field):
    dialogue = coming()
    service.add_phase(lead, dialogue, facts(dialogue, 0, 10))
    with pytest.raises(NotAccepted) as problem:
        service.add_phase(lead, dialogue, facts(dialogue, opens, closes, "Till"))
    assert problem.value.field == field
    assert len(queries.plan_of(dialogue.id).phases) == 1


def test_before_the_time_plan_there_are_no_phases(lead):
    dialogue = make_whole(Stage.ASSESSED, opens_at=None, closes_at=None)
    with pytest.raises(Refusal, match="no_plan"):
        service.add_phase(lead, dialogue, Facts("Vi samlar", clock.now(), clock.now() + DAY))


def test_only_the_lead_plans_and_only_until_it_closes(unit):
    for stage, role in ((Stage.DECIDED, Role.MODERATOR), (Stage.CLOSED, Role.OFFICIAL)):
        dialogue = make_whole(stage)
        with pytest.raises(Refusal):
            service.add_phase(make_actor(role), dialogue, facts(dialogue, 0, 5), WHY)


def test_a_phase_saved_by_another_meanwhile_is_not_overwritten(lead):
    dialogue = coming()
    phase = service.add_phase(lead, dialogue, facts(dialogue, 0, 10))
    seen = phase.version
    service.change_phase(lead, dialogue, phase, seen, facts(dialogue, 0, 11))
    with pytest.raises(Overtaken):
        service.change_phase(lead, dialogue, phase, seen, facts(dialogue, 0, 12))
    with pytest.raises(Overtaken):
        service.write_interim(lead, dialogue, phase, seen, "Så blev det.")
    thing = queries_cards(dialogue)[0]
    service.set_times(lead, dialogue, thing, NEVER_SAVED, phase=phase, opens_at=None, closes_at=None)
    with pytest.raises(Overtaken):
        service.set_times(lead, dialogue, thing, NEVER_SAVED, phase=None, opens_at=None, closes_at=None)


def test_a_thing_without_times_is_open_as_long_as_its_dialogue(lead):
    dialogue = make_whole(Stage.OPEN)
    thing = queries_cards(dialogue)[0]
    assert dialogue.windows == {}
    assert rules.takes_input(GUEST, thing) is None
    assert window_of(thing).closes_at == dialogue.closes_at


def test_the_moment_of_opening_is_inside_and_that_of_closing_outside(unit):
    dialogue, now = make_whole(Stage.OPEN), clock.now()
    thing = queries_cards(dialogue)[0]
    row = time_thing(dialogue, thing.subject, opens_at=now, closes_at=now + DAY)
    assert rules.takes_input(GUEST, thing) is None
    for opens_at, closes_at, code, words in (
        (now - DAY, now, "closed", "This closed on"),
        (now + timedelta(seconds=1), now + DAY, "not_open", "This opens on"),
    ):
        db.session().delete(row)
        db.session().flush()
        row = time_thing(dialogue, thing.subject, opens_at=opens_at, closes_at=closes_at)
        reason = rules.takes_input(GUEST, thing)
        assert reason.code == code
        assert words in str(reason.sentence)
        assert rules.takes_input(GUEST, dialogue) is None


def test_the_times_of_a_thing_lie_within_its_phase(lead):
    dialogue = coming()
    thing = queries_cards(dialogue)[0]
    phase = service.add_phase(lead, dialogue, facts(dialogue, 5, 10))
    start = dialogue.opens_at
    for opens_at, closes_at, field in (
        (start + 4 * DAY, None, "opens_at"),
        (None, start + 11 * DAY, "closes_at"),
        (start + 8 * DAY, start + 7 * DAY, "closes_at"),
        (start + 10 * DAY, None, "opens_at"),
    ):
        with pytest.raises(NotAccepted) as problem:
            service.set_times(lead, dialogue, thing, NEVER_SAVED, phase=phase, opens_at=opens_at, closes_at=closes_at)
        assert problem.value.field == field
    service.set_times(lead, dialogue, thing, NEVER_SAVED, phase=phase, opens_at=start + 6 * DAY, closes_at=None)
    assert window_of(thing) == type(window_of(thing))(start + 6 * DAY, phase.closes_at)


def test_a_phase_does_not_leave_its_things_without_time(lead):
    dialogue = coming()
    thing = queries_cards(dialogue)[0]
    phase = service.add_phase(lead, dialogue, facts(dialogue, 0, 10))
    service.set_times(
        lead, dialogue, thing, NEVER_SAVED, phase=phase, opens_at=dialogue.opens_at + 8 * DAY, closes_at=None
    )
    with pytest.raises(NotAccepted):
        service.change_phase(lead, dialogue, phase, phase.version, facts(dialogue, 0, 8))


@pytest.mark.requirement("R37")
def test_phases_that_do_not_hold_keep_a_dialogue_from_being_announced_and_from_opening(lead):
    dialogue = coming()
    make_phase(dialogue, 0 * DAY, 10 * DAY)
    assert missing(dialogue, Stage.ANNOUNCED) == []
    make_phase(dialogue, 9 * DAY, 31 * DAY, name="Vi ritar")
    (lack,) = missing(dialogue, Stage.ANNOUNCED)
    assert "Vi ritar" in str(lack.sentence)
    assert lack.address[0] == "dialogues.phases"
    with pytest.raises(Refusal):
        move(lead, dialogue, Stage.ANNOUNCED)
    dialogue.stage = Stage.ANNOUNCED
    clock.shift(10 * DAY)
    with pytest.raises(Refusal):
        move(lead, dialogue, Stage.OPEN)


# ------------------------------------------------------------------ once people have been told


def test_what_was_announced_holds(lead):
    """What has begun goes on, nothing closes earlier, what has closed stays closed."""
    dialogue = make_whole(Stage.OPEN)  # opened a week ago, closes in a week
    over = make_phase(dialogue, 0 * DAY, 3 * DAY)
    here = make_phase(dialogue, 3 * DAY, 9 * DAY, name="Vi ritar")
    for phase, opens, closes in ((over, 0, 2), (over, 0, 2.5), (here, 3, 8), (here, 8, 10)):
        with pytest.raises(NotAccepted):
            service.change_phase(lead, dialogue, phase, phase.version, facts(dialogue, opens, closes), WHY)
    with pytest.raises(NotAccepted):
        service.remove_phase(lead, dialogue, here, WHY)
    service.change_phase(lead, dialogue, here, here.version, facts(dialogue, 3, 10, "Vi ritar"), WHY)
    assert here.closes_at == dialogue.opens_at + 10 * DAY
    (note,) = notes_of(dialogue.id)
    assert (note.part, note.title, note.until, note.why) == ("phases", "Vi ritar", here.closes_at, WHY)


def test_once_it_has_opened_every_change_of_times_needs_a_reason(lead):
    dialogue = make_whole(Stage.OPEN)
    later = make_phase(dialogue, 8 * DAY, 10 * DAY, name="Vi ritar")
    thing = queries_cards(dialogue)[0]
    tries = (
        lambda why: service.add_phase(lead, dialogue, facts(dialogue, 10, 12, "Vi röstar"), why),
        lambda why: service.change_phase(lead, dialogue, later, later.version, facts(dialogue, 8, 10, "Nytt"), why),
        lambda why: service.set_times(
            lead, dialogue, thing, NEVER_SAVED, phase=None, opens_at=dialogue.opens_at, closes_at=None, why=why
        ),
        lambda why: service.remove_phase(lead, dialogue, later, why),
    )
    for number, change in enumerate(tries):
        with pytest.raises(NotAccepted) as problem, db.session().begin_nested():
            change(" ")
        assert problem.value.field == "why"
        change(WHY)
        assert len(notes_of(dialogue.id)) == number + 1


def test_a_thing_that_is_open_is_not_closed_by_giving_it_a_phase(lead):
    dialogue = make_whole(Stage.OPEN)
    thing = queries_cards(dialogue)[0]
    later = make_phase(dialogue, 9 * DAY, 12 * DAY)
    for phase in (later, make_phase(dialogue, 0 * DAY, 8 * DAY)):
        with pytest.raises(NotAccepted):
            service.set_times(lead, dialogue, thing, NEVER_SAVED, phase=phase, opens_at=None, closes_at=None, why=WHY)


# ------------------------------------------------------------------ pause and extension


def test_what_closes_with_the_dialogue_closes_later_with_it(lead):
    dialogue = make_whole(Stage.OPEN)
    first, last = make_phase(dialogue, 0 * DAY, 9 * DAY), make_phase(dialogue, 9 * DAY, 14 * DAY, name="Vi ritar")
    thing = queries_cards(dialogue)[0]
    time_thing(dialogue, thing.subject, phase=last)
    extend(lead, dialogue, dialogue.closes_at + 5 * DAY, WHY)
    assert last.closes_at == dialogue.closes_at == window_of(thing).closes_at
    assert first.closes_at == dialogue.opens_at + 9 * DAY


@pytest.mark.parametrize("make_up", [True, False])
def test_a_pause_may_be_made_up_for(lead, make_up):
    """One tick: the dialogue closes later by as many days, and what had not ended when the pause began moves along."""
    dialogue = make_whole(Stage.OPEN)
    closed, opened = dialogue.closes_at, dialogue.opens_at
    over = make_phase(dialogue, 0 * DAY, 5 * DAY)
    here = make_phase(dialogue, 5 * DAY, 9 * DAY, name="Vi ritar")
    later = make_phase(dialogue, 9 * DAY, 14 * DAY, name="Vi röstar")
    things = [queries_cards(dialogue)[0], card(dialogue, 2), card(dialogue, 3)]
    for thing, phase in zip(things, (over, here, later), strict=True):
        time_thing(dialogue, thing.subject, phase=phase)
    move(lead, dialogue, Stage.PAUSED, "Ett fel i enkäten.")
    clock.shift(timedelta(days=2, hours=1))  # begun days count whole: three
    resume(lead, dialogue, None, "Felet är rättat.", make_up=make_up)
    days = 3 * DAY if make_up else 0 * DAY
    assert dialogue.closes_at - closed == days
    assert (over.opens_at, over.closes_at) == (opened, opened + 5 * DAY)
    assert (here.opens_at, here.closes_at) == (opened + 5 * DAY, opened + 9 * DAY + days)
    assert (later.opens_at, later.closes_at) == (opened + 9 * DAY + days, opened + 14 * DAY + days)
    assert window_of(things[1]).closes_at == here.closes_at
    assert rules.takes_input(GUEST, things[0]).code == "closed"
    assert (rules.takes_input(GUEST, things[1]) is None) == make_up
    if not make_up:
        assert rules.takes_input(GUEST, things[1]).code == "closed"  # it ended while the dialogue was paused
    assert rules.takes_input(GUEST, things[2]).code == "not_open" if make_up else True


def test_a_pause_is_not_made_up_for_past_the_bodys_decision(lead):
    dialogue = make_whole(Stage.OPEN)
    dialogue.decision_on = clock.local(dialogue.closes_at).date() + 2 * DAY
    move(lead, dialogue, Stage.PAUSED, "Ett fel i enkäten.")
    clock.shift(3 * DAY)
    with pytest.raises(NotAccepted) as problem:
        resume(lead, dialogue, None, "Felet är rättat.", make_up=True)
    assert problem.value.field == "make_up"


def test_a_thing_that_is_taken_away_takes_its_times_along(lead):
    dialogue = make_whole(Stage.OPEN)
    thing = queries_cards(dialogue)[0]
    time_thing(dialogue, thing.subject, closes_at=clock.now() + DAY)
    assert set(dialogue.windows) == {thing.subject}
    drop_card(thing.subject)
    assert dialogue.windows == {}
    assert queries.plan_of(dialogue.id).things == {}
