"""Jobs: in the unit that planned them or not at all; tried again later; claimed by one worker."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock, db, jobs

seen: list[dict[str, object]] = []


@jobs.job("test.note")
def note(run: jobs.Run) -> None:
    seen.append(run.args)


@jobs.job("test.fail")
def fail(run: jobs.Run) -> None:
    raise RuntimeError("the printer burns")


@jobs.job("test.own", own_units=True)
def own(run: jobs.Run) -> None:
    run.still_mine()
    seen.append(run.args)


@pytest.fixture(autouse=True)
def nothing_seen():
    seen.clear()


def only_job() -> jobs.Job:
    with db.reading() as session:
        return session.scalars(select(jobs.Job)).one()


def test_a_job_runs_once_and_forgets_its_arguments(app):
    with db.unit():
        jobs.enqueue("test.note", {"n": 1})
    assert jobs.run_due() == 1
    assert jobs.run_due() == 0
    assert seen == [{"n": 1}]
    assert only_job().args == {}


def test_a_job_of_a_unit_that_failed_never_was(app):
    def plan_and_fail() -> None:
        with db.unit():
            jobs.enqueue("test.note", {"n": 1})
            db.session().flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        plan_and_fail()
    assert jobs.run_due() == 0


def test_a_failed_job_waits_longer_each_time_and_dies_in_the_end(app):
    with db.unit():
        jobs.enqueue("test.fail", {})
    waits = []
    for _ in range(jobs.MOST_TRIES):
        with db.reading():
            before = clock.now()
        assert jobs.run_due() == 1
        waits.append(only_job().run_at - before)
        clock.shift(clock._Shift.by + timedelta(hours=6))
    assert waits[0] < timedelta(minutes=1) < waits[5]
    assert only_job().dead_at is not None
    assert "printer" in (only_job().error or "")
    assert jobs.run_due() == 0


def test_a_job_is_planned_once_for_each_dedupe_key(app):
    with db.unit():
        jobs.enqueue("test.note", {}, dedupe="a")
        jobs.enqueue("test.note", {}, dedupe="a")
        jobs.enqueue("test.note", {}, dedupe="b")
    with db.reading() as session:
        assert session.scalars(select(func.count()).select_from(jobs.Job)).one() == 2


def test_an_unknown_kind_is_refused_when_it_is_planned(unit):
    with pytest.raises(LookupError):
        jobs.enqueue("no.such", {})


def test_a_leased_job_is_left_alone_until_its_lease_runs_out(app):
    with db.unit():
        jobs.enqueue("test.note", {})
    assert jobs._claim()[0] is not None
    assert jobs.run_due() == 0
    clock.shift(jobs.LEASE + timedelta(seconds=1))
    assert jobs.run_due() == 1


def test_a_worker_that_lost_its_lease_does_nothing(app):
    with db.unit():
        jobs.enqueue("test.own", {})
    slow, handler = jobs._claim()
    assert slow is not None
    assert handler is not None
    clock.shift(jobs.LEASE + timedelta(seconds=1))
    assert jobs.run_due() == 1
    with pytest.raises(jobs.LeaseLost):
        handler.run(slow)


def test_done_jobs_are_swept(app):
    with db.unit():
        jobs.enqueue("test.note", {})
    jobs.run_due()
    with db.unit() as session:
        jobs.sweep(clock.now() + timedelta(days=1))
        assert session.scalars(select(jobs.Job)).all() == []


def test_a_job_that_kills_its_workers_is_given_up_and_the_next_one_runs(app):
    with db.unit():
        jobs.enqueue("test.own", {"n": "kills"})
    for _ in range(jobs.MOST_TRIES):
        assert jobs._claim()[0] is not None, "a worker takes it, and is never heard of again"
        clock.shift(clock._Shift.by + jobs.LEASE + timedelta(seconds=1))
    with db.unit():
        jobs.enqueue("test.note", {"n": 2})
    assert jobs.run_due() == 1
    assert seen == [{"n": 2}]
    with db.reading() as session:
        dead = session.scalars(select(jobs.Job).where(jobs.Job.dead_at.is_not(None))).one()
        assert dead.error == jobs.DIED
    with db.unit():
        assert jobs.revive(dead.id) == "test.own"
    assert jobs.run_due() == 1
