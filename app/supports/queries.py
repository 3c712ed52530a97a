"""Reads of supports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, func, select

from app import db
from app.accounts.queries import hash_of
from app.supports.models import Support, SupportCount


def counted(contribution_ids: Iterable[int]) -> Mapping[int, int]:
    """The latest counts by contribution, for a list; in one statement. Those without any are left out."""
    rows = select(SupportCount.contribution_id, SupportCount.number)
    rows = rows.where(SupportCount.contribution_id.in_(list(contribution_ids)))
    return {number: count for number, count in db.session().execute(rows)}


def count(contribution_id: int) -> int:
    """Counted now, from the index alone: for the page of one thing, and for the job."""
    mine = select(func.count()).select_from(Support).where(Support.contribution_id == contribution_id)
    return db.session().scalars(mine).one()


def given_by(contribution_ids: Iterable[int], *, person_id: int | None, form_key: str | None = None) -> set[int]:
    """Which of these this person, or this browser, supports; in one statement, or none for whoever has no key."""
    if person_id is None and form_key is None:
        return set()
    rows = select(Support.contribution_id).where(Support.contribution_id.in_(list(contribution_ids)))
    return set(db.session().scalars(rows.where(owner(person_id, form_key))))


def owner(person_id: int | None, form_key: str | None) -> ColumnElement[bool]:
    """Whose a support is, as a condition. The key is bound to nothing else; it rests hashed."""
    if person_id is not None:
        return Support.person_id == person_id
    return Support.form_hash == hash_of(form_key or "")
