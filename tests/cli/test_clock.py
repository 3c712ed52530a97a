"""The clock and the worker: duties that fail stop nobody, and what is due gets done."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from app import clock, db
from app.cli.clock import DUTIES, Clockwork, Duty
from app.dialogues.models import Dialogue
from app.dialogues.stages import Stage
from app.jobs import Job
from tests.factories.dialogues import make_dialogue


def test_a_duty_that_fails_stops_no_other_and_is_tried_again(app):
    done = []

    def fail() -> None:
        done.append("tried")
        raise ValueError

    work = Clockwork((Duty("bad", fail, 3600), Duty("good", lambda: done.append("good"), 3600)))
    work.tick()
    work.tick()
    assert done == ["tried", "good", "tried"]


def test_done_jobs_are_forgotten_after_a_week(app):
    with db.unit() as session:
        now = clock.now()
        for days in (6, 8):
            session.add(Job(kind=f"d{days}", args={}, run_at=now, done_at=now - timedelta(days=days)))
    Clockwork().tick()
    with db.reading() as session:
        assert session.scalars(select(Job.kind)).all() == ["d6"]


def test_the_command_closes_what_is_due(app):
    with db.unit():
        dialogue_id = make_dialogue(Stage.OPEN, closes_at=clock.now() - timedelta(minutes=1)).id
    result = app.test_cli_runner().invoke(args=["clock"])
    assert result.exit_code == 0, result.output
    with db.reading() as session:
        assert session.get_one(Dialogue, dialogue_id).stage == Stage.CLOSED


def test_every_duty_has_a_name_of_its_own():
    assert len({duty.name for duty in DUTIES}) == len(DUTIES)
