"""Background jobs as rows of the business transaction (transactional outbox).

Leases, at-least-once; handlers are idempotent on `job.id`. On PostgreSQL workers skip each other's rows; on SQLite
a claim takes the write lock. Never put secrets or ballot data in `args`.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Index, String, Text, delete, insert, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app import clock, db
from app.i18n import LazyText
from app.logs import log, masked

LEASE = timedelta(seconds=60)
MOST_TRIES = 12
LONGEST_WAIT = timedelta(hours=4)
DIED = "Each worker that took it died, or lost its lease, before it was done."


class Job(db.Base):
    """One thing to do. Done rows lose their arguments and are swept after a week."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "done_at", "run_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(80))
    args: Mapped[dict[str, Any]] = mapped_column(JSON)
    run_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    lease_key: Mapped[str | None] = mapped_column(String(32))
    tries: Mapped[int] = mapped_column(default=0)
    dedupe_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    done_at: Mapped[datetime | None]
    dead_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)


@dataclass(frozen=True)
class Run:
    """What a handler is given."""

    id: int
    args: dict[str, Any]
    lease_key: str
    is_last: bool = False  # whether the job is dead if this try fails

    def still_mine(self) -> None:
        """Lengthen the lease during long work (opens a unit of its own).

        Raises LeaseLost where another worker has taken over.
        """
        with db.unit() as session:
            moment = clock.now()
            mine = update(Job).where(Job.id == self.id, Job.lease_key == self.lease_key, Job.done_at.is_(None))
            if _rows(session.execute(mine.values(lease_until=moment + LEASE))) == 0:
                raise LeaseLost(self.id)


class LeaseLost(Exception):
    """Another worker has taken the job over; stop quietly."""


@dataclass(frozen=True)
class _Handler:
    run: Callable[[Run], None]
    own_units: bool
    name: LazyText | None = None
    lease: timedelta | None = None


_handlers: dict[str, _Handler] = {}


def job(
    kind: str, *, own_units: bool = False, name: LazyText | None = None, lease: timedelta | None = None
) -> Callable[[Callable[[Run], None]], Callable[[Run], None]]:
    """Register the handler of a kind. `name` says in a word or two what it does, for administrators.

    By default it runs inside the unit that also marks the job done: its effects happen exactly once. With
    `own_units` it opens its own (mail, files, long work) and must be idempotent on `run.id`. `lease` is longer than
    it can take at most, or it asks `run.still_mine()` on its way: else a second worker begins beside the first.
    """

    def add(function: Callable[[Run], None]) -> Callable[[Run], None]:
        if kind in _handlers and _handlers[kind].run is not function:
            raise ValueError(f"two handlers for {kind}")
        _handlers[kind] = _Handler(function, own_units, name, lease)
        return function

    return add


def kinds() -> frozenset[str]:
    return frozenset(_handlers)


def name_of(kind: str) -> LazyText | str:
    """What a kind of job does, in words; the kind itself where nobody says (any longer)."""
    handler = _handlers.get(kind)
    return (handler.name if handler else None) or kind


def enqueue(kind: str, args: dict[str, Any], *, run_at: datetime | None = None, dedupe: str | None = None) -> None:
    """Add a job in the open unit. With `dedupe`, a second one with the same key is not added, ever.

    Raises LookupError for a kind without a handler.
    """
    if kind not in _handlers:
        raise LookupError(f"no handler for job {kind}")
    session = db.session()
    if dedupe is not None:
        db.lock_key(f"job:{dedupe}")
        if session.scalars(select(Job.id).filter_by(dedupe_key=dedupe)).first() is not None:
            return
    session.add(Job(kind=kind, args=args, run_at=run_at or clock.now(), dedupe_key=dedupe))


def enqueue_next_minute(kind: str, name: str, about: int) -> None:
    """Do `kind` with the argument `name` = `about` at the next full minute, once however often it is asked for.

    Whatever is written until then is in what it does, so nothing is left out.
    """
    minute = clock.now().replace(second=0, microsecond=0) + timedelta(minutes=1)
    enqueue(kind, {name: about}, run_at=minute, dedupe=f"{kind}:{about}:{minute.isoformat()}")


def enqueue_each(kind: str, args_of: Mapping[str, dict[str, Any]]) -> int:
    """Add jobs by their dedupe keys in the open unit, without those that were added before, in two statements.

    Returns how many were new. Raises LookupError for a kind without a handler.
    """
    if kind not in _handlers:
        raise LookupError(f"no handler for job {kind}")
    session, now = db.session(), clock.now()
    known = set(session.scalars(select(Job.dedupe_key).where(Job.dedupe_key.in_(list(args_of)))))
    new = [
        {"kind": kind, "args": args, "run_at": now, "dedupe_key": key}
        for key, args in args_of.items()
        if key not in known
    ]
    if new:
        session.execute(insert(Job), new)
    return len(new)


def run_one() -> bool:
    """Claim and run one due job. Returns False where none is due. Needs no open session."""
    run, handler = _claim()
    if run is None:
        return False
    if handler is None:
        _fail(run, LookupError("no handler"))
        return True
    try:
        if handler.own_units:
            handler.run(run)
            with db.unit():
                _finish(run)
        else:
            with db.unit():
                _finish(run)  # first: it locks the row, so that a worker whose lease ran out stops here
                handler.run(run)
    except LeaseLost:
        log().warning("job_lease_lost", job=run.id)
    except Exception as problem:  # whatever went wrong, the job is tried again and the worker lives
        log().exception("job_failed", job=run.id)
        _fail(run, problem)
    return True


def run_due(most: int = 1000) -> int:
    """Run due jobs until there are none. Returns how many ran."""
    for count in range(most):
        if not run_one():
            return count
    return most


def revive(job_id: int) -> str | None:
    """Let a dead job be tried again from the beginning, in the open unit. Returns its kind; None where none is dead."""
    session = db.session()
    found = session.get(Job, job_id, with_for_update=True, populate_existing=True)
    if found is None or found.dead_at is None:
        return None
    found.dead_at, found.tries, found.run_at = None, 0, clock.now()
    return found.kind


def sweep(before: datetime) -> None:
    """Drop jobs done before `before`, in the open unit."""
    db.session().execute(delete(Job).where(Job.done_at < before))


def _claim() -> tuple[Run | None, _Handler | None]:
    with db.unit() as session:
        moment = clock.now()
        free = or_(Job.lease_until.is_(None), Job.lease_until <= moment)
        due = select(Job).where(Job.done_at.is_(None), Job.dead_at.is_(None), Job.run_at <= moment, free)
        first = due.order_by(Job.run_at, Job.id).limit(1).with_for_update(skip_locked=True)
        while (found := session.scalars(first).first()) is not None and found.tries >= MOST_TRIES:
            found.dead_at, found.lease_until, found.error = moment, None, DIED  # a failure is counted in _fail
            session.flush()
        if found is None:
            return None, None
        handler = _handlers.get(found.kind)
        found.lease_until = moment + ((handler and handler.lease) or LEASE)
        found.lease_key = secrets.token_hex(16)
        found.tries += 1
        return Run(found.id, dict(found.args), found.lease_key, found.tries >= MOST_TRIES), handler


def _finish(run: Run) -> None:
    mine = update(Job).where(Job.id == run.id, Job.lease_key == run.lease_key, Job.done_at.is_(None))
    values = {"done_at": clock.now(), "args": {}, "error": None, "lease_until": None}
    if _rows(db.session().execute(mine.values(**values))) == 0:
        raise LeaseLost(run.id)


def _fail(run: Run, problem: Exception) -> None:
    """Plan another try, later each time; after MOST_TRIES the job is dead and waits for a person."""
    with db.unit() as session:
        found = session.get(Job, run.id)
        if found is None or found.lease_key != run.lease_key or found.done_at is not None:
            return
        wait = min(LONGEST_WAIT, timedelta(seconds=5 * 2**found.tries))
        jitter = secrets.randbelow(1000) / 1000
        found.run_at = clock.now() + wait * (1 + jitter / 4)
        found.lease_until = None
        found.error = masked(f"{type(problem).__name__}: {problem}")[:500]
        if found.tries >= MOST_TRIES:
            found.dead_at = clock.now()


def _rows(result: Any) -> int:
    return int(result.rowcount)


def work(until: Callable[[], bool], *, tick: Callable[[], None], pause: float = 0.5) -> None:
    """The worker: run what is due, call `tick` (the clock) at least every few seconds, stop when `until` says so."""
    ticked = 0.0
    while not until():
        if time.monotonic() - ticked > 5:  # seconds between looks at the clock
            tick()
            ticked = time.monotonic()
        if not run_one():
            time.sleep(pause)
