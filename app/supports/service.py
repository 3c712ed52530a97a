"""Giving support and taking it back. The method has asked `require` before, and emits its own event afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app import clock, db, jobs
from app.accounts.queries import hash_of
from app.limits import Limit
from app.permissions import Actor
from app.supports import queries
from app.supports.models import Support, SupportCount

# For those without an account, by network address: a class or a library can support the same thing.
SUPPORTS = Limit("support", 60, timedelta(hours=1))


class NoOwner(Exception):
    """Neither an account nor a browser's key: nobody to count."""


def give(actor: Actor, contribution_id: int, *, form_key: str | None = None) -> bool:
    """Support it, once: the constraint decides. `form_key` is the browser's own key where there is no account.

    Returns False where it was given before. Raises NoOwner.
    """
    owner = _owner(actor, form_key)
    is_new = db.insert_new(Support, contribution_id=contribution_id, given_at=clock.now(), **owner)
    if is_new:
        count_later(contribution_id)
    return is_new


def take_back(actor: Actor, contribution_id: int, *, form_key: str | None = None) -> bool:
    """Take it back. Returns False where none was given. Raises NoOwner."""
    _owner(actor, form_key)
    mine = queries.owner(actor.person_id, form_key)
    row = delete(Support).where(Support.contribution_id == contribution_id, mine).returning(Support.id)
    was_there = db.session().execute(row).first() is not None
    if was_there:
        count_later(contribution_id)
    return was_there


def count_later(contribution_id: int) -> None:
    """Plan a new count, at most every ten seconds; after them, so that nobody is left out."""
    now = clock.now()
    moment = now.replace(second=now.second - now.second % 10, microsecond=0) + timedelta(seconds=10)
    key = f"supports.count:{contribution_id}:{moment.isoformat()}"
    jobs.enqueue("supports.count", {"contribution_id": contribution_id}, run_at=moment, dedupe=key)


def count_now(contribution_id: int) -> int:
    """Write down how many there are, counted anew: doing it twice changes nothing."""
    number = queries.count(contribution_id)
    row = _insert(SupportCount).values(contribution_id=contribution_id, number=number, made_at=clock.now())
    fresh = {"number": row.excluded.number, "made_at": row.excluded.made_at}
    db.session().execute(row.on_conflict_do_update(index_elements=[SupportCount.contribution_id], set_=fresh))
    return number


def _owner(actor: Actor, form_key: str | None) -> dict[str, Any]:
    if actor.person_id is not None:
        return {"person_id": actor.person_id, "form_hash": None}
    if not form_key:
        raise NoOwner
    return {"person_id": None, "form_hash": hash_of(form_key)}


def _insert(table: Any) -> Any:
    return (postgresql_insert if db.engine().dialect.name == "postgresql" else sqlite_insert)(table)
