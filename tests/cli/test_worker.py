"""The worker finishes the job at hand when it is told to stop, and waits for a database that is away."""

from __future__ import annotations

import os
import signal

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app import db, jobs
from app.cli import worker
from app.cli.worker import Stop, keep_working
from app.jobs import Job


@pytest.fixture
def stop():
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    asked = Stop()
    asked.listen()
    yield asked
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def told_to_stop_at_work(monkeypatch):
    """A kind of job during which the signal comes."""
    done: list[int] = []

    def handler(run: jobs.Run) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        done.append(run.id)

    monkeypatch.setitem(jobs._handlers, "test.stop", jobs._Handler(handler, own_units=False))
    return done


def test_the_job_at_hand_is_finished_and_the_next_one_left(app, stop, told_to_stop_at_work):
    with db.unit():
        for _ in range(2):
            jobs.enqueue("test.stop", {})
    keep_working(stop)
    assert len(told_to_stop_at_work) == 1
    with db.reading() as session:
        left = session.scalars(select(Job).where(Job.done_at.is_(None))).all()
        assert [job.lease_until for job in left] == [None]


def test_a_worker_waits_for_a_database_that_is_away(app, stop, monkeypatch):
    tries = []

    def away(_until, *, tick) -> None:
        tries.append(tick)
        if len(tries) == 3:
            stop.asked = True
        raise OperationalError("select 1", {}, Exception("away"))

    monkeypatch.setattr(jobs, "work", away)
    monkeypatch.setattr(worker, "WAIT_FOR_DATABASE", 0)
    keep_working(stop)
    assert len(tries) == 3


def test_the_clock_runs_in_between(app, stop, monkeypatch):
    ticks = []

    class Counting:
        def tick(self) -> None:
            ticks.append(1)
            stop.asked = True

    monkeypatch.setattr(worker, "Clockwork", Counting)
    keep_working(stop)
    assert ticks == [1]
