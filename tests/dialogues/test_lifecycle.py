"""The table of the life cycle: what leads where, who may, and that nothing goes around it."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app import db
from app.dialogues import criteria, lifecycle, service
from app.dialogues.models import AppendOnly, Dialogue, Move
from app.dialogues.stages import Kind, Stage
from app.permissions import SYSTEM, Actor, Refusal, Role
from tests.factories.dialogues import answer, assess, decide, make_dialogue, make_whole
from tests.factories.people import make_actor

ENDS = {Stage.ARCHIVED, Stage.UNSUITABLE, Stage.REDIRECTED, Stage.REJECTED}


def reached(start: Stage, without: Stage | None = None) -> set[Stage]:
    """Every stage that the table leads to from `start`, never passing through `without`."""
    seen: set[Stage] = set()
    waiting = [start]
    while waiting:
        here = waiting.pop()
        if here is not without and here not in seen:
            seen.add(here)
            waiting += [step.to for step in lifecycle.steps_from(Kind.CITIZEN_DIALOGUE, here)]
    return seen


def test_every_stage_is_reached_and_only_ends_lead_nowhere():
    assert reached(Stage.IDEA) == set(Stage)
    assert {stage for stage in Stage if not lifecycle.steps_from(Kind.CITIZEN_DIALOGUE, stage)} == ENDS


def test_no_path_leads_to_open_without_decided():
    assert Stage.OPEN not in reached(Stage.IDEA, without=Stage.DECIDED)


@pytest.mark.parametrize("without", [Stage.FED_BACK, Stage.EVALUATED])
def test_no_path_leads_to_the_archive_without_feedback_and_evaluation(without):
    assert Stage.ARCHIVED not in reached(Stage.IDEA, without=without)


def test_a_dialogue_that_was_called_off_still_gives_feedback():
    assert [step.to for step in lifecycle.steps_from(Kind.CITIZEN_DIALOGUE, Stage.CANCELLED)] == [Stage.FED_BACK]


def test_every_step_asks_for_something():
    assert [step for step in lifecycle.STEPS if not step.needs] == []


@pytest.mark.requirement("R19", "R20")
def test_exactly_one_combination_of_answers_passes():
    passing = [
        c for c in product(criteria.Answer, repeat=4) if criteria.passes(dict(zip(criteria.KEYS, c, strict=True)))
    ]
    assert passing == [("yes",) * 4]


def test_exactly_one_combination_of_answers_leads_to_prepared(unit):
    dialogue = make_whole(Stage.ASSESSED)
    passing = []
    for answers in product(("yes", "no", "doubtful"), repeat=4):
        assess(dialogue, *answers)
        if not service.missing(dialogue, Stage.PREPARED):
            passing.append(answers)
        else:
            assert not service.missing(dialogue, Stage.UNSUITABLE, "Därför.")
    assert passing == [("yes",) * 4]


def everybody() -> Actor:
    """Someone with every role: the table must bind them too."""
    return make_actor(*Role)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from(list(Stage)),
    tries=st.lists(
        st.tuples(st.sampled_from(list(Stage)), st.booleans(), st.sampled_from(["", "Därför."])), max_size=12
    ),
)
def test_random_walks_keep_to_the_table(unit, start, tries):
    dialogue = make_whole(start)
    if start in (Stage.COMPILED, Stage.HANDED_OVER, Stage.CANCELLED):
        answer(dialogue)
    who = everybody()
    for to, by_clock, note in tries:
        before = dialogue.stage
        try:
            service.move(SYSTEM if by_clock else who, dialogue, to, note)
        except Refusal:
            assert dialogue.stage == before
        else:
            assert lifecycle.step(Kind.CITIZEN_DIALOGUE, before, to) is not None
            assert dialogue.stage == to
    moves = db.session().scalars(select(Move).filter_by(dialogue_id=dialogue.id).order_by(Move.id)).all()
    at = start
    for made in moves:
        assert made.from_stage == at
        at = made.to_stage
    assert at == dialogue.stage


def test_a_move_is_logged_with_what_each_guard_saw(unit):
    dialogue = make_whole(Stage.ASSESSED)
    lead = make_actor(Role.OFFICIAL)
    made = service.move(lead, dialogue, Stage.PREPARED)
    assert (made.from_stage, made.to_stage, made.by_id) == ("assessed", "prepared", lead.person_id)
    assert made.guards["criteria_all_yes"] == dict.fromkeys(criteria.KEYS, "yes")
    assert made.guards["scope_told"] == {"open": 2, "fixed": 1}
    needs = {guard.__name__ for guard in lifecycle.step(Stage.ASSESSED, Stage.PREPARED).needs}
    assert set(made.guards) == needs | {"guideline"}
    assert needs > {guard.__name__ for guard in lifecycle.PREPARATION}


def test_an_administrator_skips_nothing(unit):
    dialogue = make_whole(Stage.ASSESSED)
    with pytest.raises(Refusal) as refused:
        service.move(make_actor(Role.ADMINISTRATOR), dialogue, Stage.OPEN)
    assert refused.value.reason.code == "no_step"
    with pytest.raises(Refusal) as refused:
        service.move(make_actor(Role.ADMINISTRATOR), dialogue, Stage.PREPARED)
    assert refused.value.reason.code == "role"


@pytest.mark.parametrize("step", lifecycle.STEPS, ids=lambda step: f"{step.start}-{step.to}")
def test_only_those_whom_the_table_names_may_take_a_step(unit, step):
    dialogue = make_dialogue(step.start)
    allowed = set()
    for role in Role:
        try:
            service.move(make_actor(role), dialogue, step.to)
        except Refusal as refused:
            if refused.reason.code == "missing":
                allowed.add(role)
        else:
            allowed.add(role)
            dialogue.stage = step.start
            db.session().flush()
    assert allowed == EXPECTED.get((step.start, step.to), {Role.OFFICIAL})


SECRETARY, NOBODY = {Role.SECRETARY}, set()
EXPECTED: dict[tuple[Stage, Stage], set[Role]] = {
    (Stage.PREPARED, Stage.DECIDED): SECRETARY,
    (Stage.PREPARED, Stage.REJECTED): SECRETARY,
    (Stage.HANDED_OVER, Stage.RESOLVED): SECRETARY,
    **{(start, Stage.CANCELLED): SECRETARY for start in lifecycle.CANCEL_FROM},
    (Stage.OPEN, Stage.PAUSED): {Role.OFFICIAL, Role.MODERATOR},
    (Stage.PAUSED, Stage.OPEN): {Role.OFFICIAL, Role.MODERATOR},
    (Stage.OPEN, Stage.CLOSED): NOBODY,
    (Stage.PAUSED, Stage.CLOSED): NOBODY,
    (Stage.RESOLVED, Stage.FED_BACK): {Role.OFFICIAL, Role.COMMUNICATIONS},
    (Stage.CANCELLED, Stage.FED_BACK): {Role.OFFICIAL, Role.COMMUNICATIONS},
    (Stage.EVALUATED, Stage.ARCHIVED): {Role.REGISTRAR},
}


def test_a_lead_of_another_dialogue_moves_nothing_here(unit):
    dialogue, other = make_whole(Stage.ASSESSED), make_dialogue()
    with pytest.raises(Refusal):
        service.move(make_actor(Role.OFFICIAL, dialogue_id=other.id), dialogue, Stage.PREPARED)
    service.move(make_actor(Role.OFFICIAL, dialogue_id=dialogue.id), dialogue, Stage.PREPARED)
    assert db.session().get_one(Dialogue, dialogue.id).stage == Stage.PREPARED


def test_what_happened_is_never_rewritten(unit):
    dialogue = make_whole(Stage.ASSESSED)
    made = service.move(make_actor(Role.OFFICIAL), dialogue, Stage.PREPARED)
    made.note = "Något annat."
    with pytest.raises(AppendOnly):
        db.session().flush()
    db.session().rollback()


def test_a_record_is_never_taken_away(unit):
    db.session().delete(decide(make_whole(Stage.DECIDED)))
    with pytest.raises(AppendOnly):
        db.session().flush()
    db.session().rollback()
