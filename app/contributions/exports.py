"""What leaves of contributions. A text that is not shown leaves as it was written with personal data only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import aliased

from app import db
from app.accounts.models import Person
from app.contributions.models import Container, Contribution, ContributionVersion
from app.ladder import Column
from app.reviews.models import Reviewable, State

COLUMNS = (
    Column("number"),
    Column("answers"),
    Column("written_at"),
    Column("edited_at"),
    Column("role"),
    Column("language"),
    Column("channel"),
    Column("state"),
    Column("text"),
    Column("name", personal=True),
    Column("email", personal=True),
    Column("whole_text", personal=True),
)
REMOVED = "removed"
IN_PLACE_OF_TEXT = {State.WAITING: "[väntar på granskning]", State.HIDDEN: "[dold]", REMOVED: "[borttagen]"}


def rows(dialogue_id: int, kind: str) -> Iterator[tuple[int, Sequence[Any]]]:
    """The container and the cells of each contribution of a kind in a dialogue, in reading order. Streamed."""
    order = (Contribution.container_id, Contribution.position, Contribution.id)
    for row in db.session().execute(_wanted(dialogue_id, kind).order_by(*order).execution_options(yield_per=200)):
        yield row.container_id, _cells(row)


def count(dialogue_id: int, kind: str) -> int:
    """How many rows there are."""
    counted = select(func.count()).select_from(Contribution)
    counted = counted.join(Container, Container.id == Contribution.container_id).where(_here(dialogue_id, kind))
    return db.session().scalars(counted).one()


def _here(dialogue_id: int, kind: str) -> ColumnElement[bool]:
    return and_(Container.dialogue_id == dialogue_id, Container.kind == kind)


def _wanted(dialogue_id: int, kind: str) -> Select[*tuple[Any, ...]]:
    """As they are; of those that were taken away, what they last said."""
    kept = aliased(ContributionVersion)
    last = select(func.max(kept.number)).where(kept.contribution_id == Contribution.id).scalar_subquery()
    said = and_(
        ContributionVersion.contribution_id == Contribution.id,
        ContributionVersion.number == last,
        Contribution.removed_at.is_not(None),
    )
    c, last_said = Contribution, ContributionVersion.text.label("said")
    columns = (c.container_id, c.id, c.parent_id, c.written_at, c.edited_at, c.removed_at, c.role, c.language,
               c.channel, c.text, c.name, Reviewable.state, Person.email, last_said)  # fmt: skip
    found = select(*columns).join(Container, Container.id == c.container_id)
    found = found.join(Reviewable, Reviewable.id == c.review_id).outerjoin(Person, Person.id == c.person_id)
    return found.outerjoin(ContributionVersion, said).where(_here(dialogue_id, kind))


def _cells(row: Any) -> Sequence[Any]:
    state = REMOVED if row.removed_at is not None else row.state
    whole = row.text or row.said or ""
    public = IN_PLACE_OF_TEXT.get(state, row.text)
    facts = (row.id, row.parent_id, row.written_at, row.edited_at, row.role, row.language, row.channel, state)
    return (*facts, public, row.name, row.email, whole)
