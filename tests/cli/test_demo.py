"""The demo municipality: a dialogue in every stage, each as the life cycle would have left it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from sqlalchemy import select

from app import clock, db
from app.accounts.models import Person
from app.cli import demo
from app.dialogues import criteria, lifecycle, plan
from app.dialogues.guards import Attempt
from app.dialogues.kinds import queries as kinds
from app.dialogues.models import Dialogue, Matter, Move, Ruling
from app.dialogues.queries import Dossier
from app.dialogues.stages import PUBLIC_STAGES, Kind, Stage
from app.multilingual.models import Translation

BEFORE_DECISION = {Stage.IDEA, Stage.ASSESSED, Stage.PREPARED, Stage.UNSUITABLE, Stage.REDIRECTED, Stage.REJECTED}


@pytest.fixture
def every_kind(unit) -> list[Dossier]:
    demo.load(scale=1, seed=7)
    return [Dossier(row) for row in db.session().scalars(select(Dialogue).order_by(Dialogue.id))]


@pytest.fixture
def town(every_kind) -> list[Dossier]:
    """The citizens' dialogues."""
    return [dossier for dossier in every_kind if dossier.dialogue.kind == Kind.CITIZEN_DIALOGUE]


def test_every_stage_has_a_dialogue_and_every_level_an_open_one(town):
    stages = [Stage(dossier.dialogue.stage) for dossier in town]
    assert set(stages) == set(Stage)
    open_at = {dossier.dialogue.level for dossier in town if dossier.dialogue.stage == Stage.OPEN}
    assert open_at == {"consultation", "discussion", "influence", "codecision"}


def test_every_step_is_one_of_the_table_in_the_order_of_time(every_kind):
    for dossier in every_kind:
        steps = [(move.from_stage, move.to_stage) for move in dossier.moves]
        assert all(lifecycle.step(dossier.dialogue.kind, *step) for step in steps), dossier.dialogue.title
        assert [start for start, _ in steps[1:]] == [to for _, to in steps[:-1]]
        assert (steps[-1][1] if steps else Stage.IDEA) == dossier.dialogue.stage
        times = [dossier.dialogue.created_at, *(move.at for move in dossier.moves)]
        assert all(one < other for one, other in pairwise(times)), dossier.dialogue.title


def test_nothing_has_happened_in_the_future(every_kind):

    moved = db.session().scalars(select(Move.at)).all()
    assert max(moved) <= clock.now()


def test_no_dialogue_came_past_a_body_without_its_decision(town):
    for dossier in town:
        stage = Stage(dossier.dialogue.stage)
        record = dossier.record(Matter.HOLD)
        held = record is not None and record.outcome == Ruling.APPROVED
        assert held == (stage not in BEFORE_DECISION), dossier.dialogue.title
        decided = dossier.record(Matter.FINAL) is not None
        assert decided == (stage in {Stage.RESOLVED, Stage.FED_BACK, Stage.EVALUATED, Stage.ARCHIVED})
        assert (dossier.record(Matter.CANCEL) is not None) == (stage is Stage.CANCELLED)


def test_whoever_recorded_a_decision_did_not_write_the_dialogue(town):
    for dossier in town:
        assert all(record.recorded_by != dossier.dialogue.created_by for record in dossier.records)


def test_the_criteria_are_met_wherever_a_dialogue_was_prepared(town):
    for dossier in town:
        answers = {key: row.answer for key, row in dossier.answers.items()}
        stage = Stage(dossier.dialogue.stage)
        if stage is Stage.IDEA:
            assert answers == {}
        else:
            assert criteria.passes(answers) == (stage not in {Stage.UNSUITABLE, Stage.REDIRECTED})


def test_plans_hold_and_scopes_are_told(town):
    for dossier in town:
        row = dossier.dialogue
        if Stage(row.stage) in {Stage.IDEA, Stage.ASSESSED, Stage.UNSUITABLE, Stage.REDIRECTED}:
            continue
        assert plan.problems(plan.Plan(row.opens_at, row.closes_at, row.decision_on, row.feedback_by)) == [], row.title
        assert any(item.is_open for item in dossier.scope)
        assert any(not item.is_open for item in dossier.scope)
        assert row.promise
        assert row.affected


def test_every_kind_is_there_and_says_why_it_is_what_it_is(every_kind):
    there = {(Kind(one.dialogue.kind), Stage(one.dialogue.stage)) for one in every_kind}
    wanted = {
        (Kind.USER_DIALOGUE, Stage.OPEN),
        (Kind.USER_DIALOGUE, Stage.FED_BACK),
        (Kind.INFORMATION, Stage.ANNOUNCED),
        (Kind.STATUTORY_CONSULTATION, Stage.ANNOUNCED),
    }
    assert wanted <= there
    choices = [kinds.choice_of(one.dialogue_id) for one in every_kind]
    assert [one.chosen for one in choices] == [one.dialogue.kind for one in every_kind]
    assert any(one.chosen != one.proposed for one in choices)
    for one in every_kind:
        sent = kinds.sent_on(one.dialogue_id)
        assert (sent is not None) == (one.dialogue.stage == Stage.REDIRECTED)


def test_what_each_kind_must_have_said_it_has(every_kind):
    for one in every_kind:
        if one.dialogue.kind != Kind.CITIZEN_DIALOGUE and one.dialogue.stage != Stage.IDEA:
            first = lifecycle.steps_from(one.dialogue.kind, Stage.IDEA)[0]
            now = {"opening_ahead", "methods_ready", "not_over"}  # what only holds beforehand
            lacking = [g.__name__ for g in first.needs if g.__name__ not in now and g(Attempt(one, first.to)).missing]
            assert lacking == [], one.dialogue.title


def test_answers_are_published_where_the_dialogue_is_fed_back_and_nowhere_else(town):
    for dossier in town:
        told = dossier.outcome is not None and dossier.outcome.published_at is not None
        assert told == (dossier.dialogue.stage in {Stage.FED_BACK, Stage.EVALUATED, Stage.ARCHIVED})


def test_a_larger_town_has_more_people_and_more_past(unit):
    demo.load(scale=3, seed=7)
    assert len(db.session().scalars(select(Person.id)).all()) > 2 * demo.RESIDENTS
    over = db.session().scalars(select(Dialogue).where(Dialogue.stage == Stage.ARCHIVED)).all()
    assert len(over) == 3


def test_every_translation_is_of_a_text_that_exists(every_kind):
    shown = {f"dialogue:{dossier.dialogue_id}" for dossier in every_kind if dossier.dialogue.stage in PUBLIC_STAGES}
    found = db.session().scalars(select(Translation.subject).where(Translation.subject.like("dialogue:%"))).all()
    assert set(found) <= shown


def test_it_is_loaded_once(the_app, isolated):
    with the_app.app_context():
        assert demo.load_if_empty() is not None
        assert demo.load_if_empty() is None


def test_the_command_prints_whom_one_can_be(the_app, isolated):
    result = the_app.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code == 0, result.output
    assert "admin@demo.example" in result.output
    again = the_app.test_cli_runner().invoke(args=["demo", "load"])
    assert again.exit_code == 1
    assert "not empty" in again.output


def test_demo_accounts_never_face_the_world(the_app, isolated, monkeypatch):
    class Facing:
        loopback = False

    monkeypatch.setitem(the_app.config, "SETTINGS", Facing)
    result = the_app.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code == 1
    assert "must not face the world" in result.output


def test_the_same_seed_gives_the_same_town(the_app, isolated):
    names = []
    for _ in range(2):
        with the_app.app_context(), db.unit() as session:
            demo.load(scale=1, seed=7)
            names.append(session.scalars(select(Person.name).order_by(Person.id)).all())
            session.rollback()
    assert names[0] == names[1]
