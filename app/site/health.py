"""Is this process ready for people? The public learns only yes or no; the log says why not."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import func, or_, select, text
from sqlalchemy.exc import SQLAlchemyError

from app import clock, db
from app.jobs import Job
from app.logs import log

LONGEST_QUEUE = timedelta(minutes=5)
MIGRATIONS = Path(__file__).parents[2] / "migrations"


@cache
def newest_migration() -> str | None:
    """The migration that this code was written for."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def is_ready() -> bool:
    """Whether the database answers, is migrated for this code, and jobs get done."""
    reason = why_not_ready()
    if reason is not None:
        log().warning("not_ready", reason=reason)
    return reason is None


def why_not_ready() -> str | None:
    """The first thing that is wrong, for the log and for operators; None where all is well."""
    try:
        migrated = db.session().scalars(text("SELECT version_num FROM alembic_version")).all()
        if list(migrated) != [newest_migration()]:
            return f"the database is at migration {', '.join(migrated) or 'none'}, the code at {newest_migration()}"
        waiting = _oldest_wait()
    except SQLAlchemyError as problem:
        return f"the database does not answer as it should: {type(problem).__name__}"
    if waiting is not None and waiting > LONGEST_QUEUE:
        return f"a job has waited {int(waiting.total_seconds())} seconds: is the worker running?"
    return None


def _oldest_wait() -> timedelta | None:
    """How long the job has waited that has waited longest; None where nothing waits."""
    now = clock.now()
    free = or_(Job.lease_until.is_(None), Job.lease_until <= now)
    due = select(func.min(Job.run_at)).where(Job.done_at.is_(None), Job.dead_at.is_(None), Job.run_at <= now, free)
    oldest = db.session().scalar(due)
    return None if oldest is None else now - oldest
