"""What time moves: once, at its moment, and in the rule itself even where the clock is late."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock, db
from app.audit import AuditEntry
from app.dialogues import rules, service
from app.dialogues.models import Dialogue, Move
from app.dialogues.stages import Stage
from app.permissions import GUEST
from tests.factories.dialogues import make_dialogue


def stage_of(dialogue_id: int) -> str:
    with db.reading() as session:
        return session.get_one(Dialogue, dialogue_id).stage


def make(stage: Stage, *, opens: float, closes: float, **fields: object) -> int:
    """A dialogue that opens and closes so many hours from now; returns its id."""
    with db.unit():
        now = clock.now()
        row = make_dialogue(
            stage, opens_at=now + timedelta(hours=opens), closes_at=now + timedelta(hours=closes), **fields
        )
        return row.id


def test_what_is_due_opens_and_closes_and_nothing_else_moves(app):
    soon, later = make(Stage.ANNOUNCED, opens=1, closes=48), make(Stage.ANNOUNCED, opens=3, closes=48)
    ending, paused = make(Stage.OPEN, opens=-5, closes=1), make(Stage.PAUSED, opens=-5, closes=1)
    assert service.tick() == 0
    clock.shift(timedelta(hours=2))
    assert service.tick() == 3
    assert [stage_of(one) for one in (soon, later, ending, paused)] == ["open", "announced", "closed", "closed"]
    assert service.tick() == 0


def test_one_that_nobody_looked_at_opens_and_closes(app):
    missed = make(Stage.ANNOUNCED, opens=1, closes=2)
    clock.shift(timedelta(hours=3))
    assert service.tick() == 2
    assert stage_of(missed) == "closed"
    with db.reading() as session:
        moves = session.scalars(select(Move.to_stage).filter_by(dialogue_id=missed).order_by(Move.id)).all()
    assert moves == ["open", "closed"]


def test_one_that_fails_does_not_hold_up_the_others(app, monkeypatch):
    first, second = make(Stage.OPEN, opens=-2, closes=-1), make(Stage.OPEN, opens=-2, closes=-1)
    move = service.moves.move

    def stumble(actor, dialogue, to):
        if dialogue.id == first:
            raise RuntimeError("a subscriber fell over")
        return move(actor, dialogue, to)

    monkeypatch.setattr(service.moves, "move", stumble)
    assert service.tick() == 1
    assert [stage_of(first), stage_of(second)] == ["open", "closed"]


@pytest.mark.race
def test_eight_clocks_at_once_take_each_step_once(own_database):
    due = [make(Stage.ANNOUNCED, opens=-2, closes=24) for _ in range(6)]
    start = threading.Barrier(8)
    taken, trouble = [], []

    def one_clock() -> None:
        start.wait()
        try:
            taken.append(service.tick())
        except Exception as problem:
            trouble.append(problem)

    threads = [threading.Thread(target=one_clock) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert trouble == []
    assert sum(taken) == 6
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Move)) == 6
        opened = select(func.count()).select_from(AuditEntry).where(AuditEntry.event == "DialogueMoved")
        assert session.scalar(opened) == 6
    assert {stage_of(one) for one in due} == {"open"}


def test_the_moment_of_closing_is_outside_and_that_of_opening_inside(unit):
    now = clock.now()
    dialogue = make_dialogue(Stage.OPEN, opens_at=now - timedelta(hours=1), closes_at=now + timedelta(hours=1))
    assert rules.takes_input(GUEST, dialogue) is None
    dialogue.closes_at = now
    assert rules.takes_input(GUEST, dialogue).code == "closed"
    dialogue.closes_at, dialogue.opens_at = now + timedelta(hours=1), now
    assert rules.takes_input(GUEST, dialogue) is None
    dialogue.opens_at = now + timedelta(minutes=1)
    assert rules.takes_input(GUEST, dialogue).code == "not_open"


@pytest.mark.parametrize(
    ("stage", "code"),
    [
        (Stage.IDEA, "not_open"),
        (Stage.ANNOUNCED, "not_open"),
        (Stage.PAUSED, "paused"),
        (Stage.CLOSED, "closed"),
        (Stage.ARCHIVED, "closed"),
        (Stage.CANCELLED, "cancelled"),
    ],
)
def test_a_dialogue_that_is_not_open_says_why(unit, stage, code):
    dialogue = make_dialogue(stage, pause_reason="Frågan rättas.")
    assert rules.takes_input(GUEST, dialogue).code == code
    assert str(rules.takes_input(GUEST, dialogue).sentence)


def test_a_late_clock_keeps_nothing_open(unit):
    now = clock.now()
    for stage in (Stage.ANNOUNCED, Stage.OPEN, Stage.PAUSED):
        late = make_dialogue(stage, opens_at=now - timedelta(hours=2), closes_at=now - timedelta(hours=1))
        assert rules.takes_input(GUEST, late).code == "closed"
