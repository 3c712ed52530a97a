"""Reads of contributions: one, a page of a container, a person's own, and who took part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, distinct, func, or_, select, true, tuple_
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from app import db
from app.accounts.models import Person
from app.accounts.queries import hash_of
from app.contributions.models import Container, Contribution, ContributionVersion
from app.dialogues import queries as dialogues
from app.dialogues.models import Dialogue
from app.ladder import Recipient
from app.permissions import Actor, Role
from app.reviews.models import Reviewable, State

PAGE = 20
LEAD = 3  # rows before the one that somebody is sent to, so that it does not stand alone
LARGEST = 2**31 - 1


@dataclass(frozen=True)
class Place:
    """A place in a container, in reading order: written "12.15" in addresses."""

    position: int
    id: int

    def __str__(self) -> str:
        return f"{self.position}.{self.id}"

    @classmethod
    def of(cls, row: Contribution) -> Place:
        return cls(row.position, row.id)

    @classmethod
    def read(cls, written: str) -> Place | None:
        """What an address says; None for what is no place."""
        parts = written.split(".")
        if len(parts) != 2 or not all(part.isascii() and part.isdecimal() and len(part) < 11 for part in parts):
            return None
        position, number = map(int, parts)
        return cls(position, number) if max(position, number) <= LARGEST else None


class Page(NamedTuple):
    """One page, and the places that its neighbours lie before and after; None where there is none."""

    rows: list[Contribution]
    before: Place | None
    after: Place | None


def contribution(contribution_id: int) -> Contribution | None:
    """One with its review and its author's account, in one statement."""
    return _one(Contribution.id == contribution_id)


def contribution_in(container_id: int, contribution_id: int) -> Contribution | None:
    """One of this container."""
    return _one(and_(Contribution.container_id == container_id, Contribution.id == contribution_id))


def by_form(container_id: int, form_key: str) -> Contribution | None:
    """What was sent with this form."""
    return _one(and_(Contribution.container_id == container_id, Contribution.form_hash == hash_of(form_key)))


def by_forms(container_id: int, form_keys: Sequence[str]) -> list[Contribution]:
    """What was sent with these forms, in the order in which it came."""
    rows = select(Contribution).where(Contribution.container_id == container_id)
    rows = rows.where(Contribution.form_hash.in_([hash_of(key) for key in form_keys])).order_by(Contribution.id)
    return list(db.session().scalars(rows))


def _one(wanted: ColumnElement[bool]) -> Contribution | None:
    beside = (joinedload(Contribution.person), _answered())
    return db.session().scalars(select(Contribution).where(wanted).options(*beside)).first()


def _answered() -> ORMOption:
    """The one that is answered, by flat outer joins: nested ones would be read whole before the page is cut out."""
    return joinedload(Contribution.parent).joinedload(Contribution.review, innerjoin=False)


def by_review(review_ids: Sequence[int]) -> Mapping[int, Contribution]:
    """The contributions of these reviews, with their authors, in one statement."""
    rows = select(Contribution).where(Contribution.review_id.in_(review_ids)).options(joinedload(Contribution.person))
    return {row.review_id: row for row in db.session().scalars(rows)}


def visible_to(actor: Actor, kind: str) -> Select[*tuple[Any, ...]]:
    """The contributions of a kind that an actor may read. Says row by row what `rules.MAY_READ` says of one."""
    rows = select(Contribution).join(Reviewable, Reviewable.id == Contribution.review_id)
    rows = rows.options(contains_eager(Contribution.review)).where(Reviewable.subject_kind == kind)
    readable = dialogues.visible_to(actor).with_only_columns(Dialogue.id)
    place = or_(Reviewable.dialogue_id.is_(None), Reviewable.dialogue_id.in_(readable))
    kept = and_(Contribution.removed_at.is_(None), place)
    public = and_(kept, Reviewable.state == State.SHOWN)
    own = and_(kept, Contribution.person_id == actor.person_id) if actor.is_signed_in else public
    return rows.where(or_(public, own, _moderated_by(actor, public)))


def _moderated_by(actor: Actor, otherwise: ColumnElement[bool]) -> ColumnElement[bool]:
    held = actor.dialogues_as(Role.MODERATOR)
    if held is None:
        return true()
    return Reviewable.dialogue_id.in_(held) if held else otherwise


def page(
    container_id: int, actor: Actor, *, after: Place | None = None, before: Place | None = None,
    start: Place | None = None, newest_first: bool = False, size: int = PAGE,
) -> Page:  # fmt: skip
    """One page of a container by keyset, in one statement, each row with the one that it answers.

    In reading order, or the newest first (where only the ids of places count). The page begins `after` a place or
    ends `before` it, or begins at `start`, whatever has become of that one meanwhile. What waits for a moderator is
    left out but for its author and the moderators; what was hidden or taken away is there, for its place.
    """
    edge, backwards = (before, True) if before is not None else (after or start, False)
    descending = newest_first != backwards
    rows = _listed(container_id, actor)
    if edge is not None:
        rows = rows.where(_beyond(edge, descending, newest_first, including=before is None and after is None))
    keys = (Contribution.id,) if newest_first else (Contribution.position, Contribution.id)
    rows = rows.order_by(*(key.desc() if descending else key for key in keys)).limit(size + 1)
    found = list(db.session().scalars(rows.options(contains_eager(Contribution.review), _answered())))
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    earlier = found and (more if backwards else edge is not None)
    later = found and (more if not backwards else True)
    return Page(found, Place.of(found[0]) if earlier else None, Place.of(found[-1]) if later else None)


def _listed(container_id: int, actor: Actor) -> Select[*tuple[Any, ...]]:
    rows = select(Contribution).join(Reviewable, Reviewable.id == Contribution.review_id)
    rows = rows.where(Contribution.container_id == container_id)
    held = actor.dialogues_as(Role.MODERATOR)
    mine = Contribution.person_id == actor.person_id if actor.is_signed_in else Contribution.id < 0
    if held is None:
        seen: ColumnElement[bool] = true()
    else:
        seen = or_(mine, Reviewable.dialogue_id.in_(held)) if held else mine
    judged = Reviewable.state != State.WAITING
    return rows.where(or_(judged, and_(Contribution.removed_at.is_(None), seen)))


def _beyond(edge: Place, descending: bool, newest_first: bool, *, including: bool) -> ColumnElement[bool]:
    """The rows on the far side of a place."""
    if newest_first:
        limit = edge.id - (1 if descending else -1) * (not including)
        return Contribution.id <= limit if descending else Contribution.id >= limit
    here, there = tuple_(Contribution.position, Contribution.id), tuple_(edge.position, edge.id)
    if including:
        return here >= there
    return here < there if descending else here > there


def landing(row: Contribution, actor: Actor, size: int = PAGE) -> Place | None:
    """Where a page begins that holds this one, a few before it; None where the first page holds it."""
    rows = _listed(row.container_id, actor)
    rows = rows.where(tuple_(Contribution.position, Contribution.id) < tuple_(row.position, row.id))
    rows = rows.order_by(Contribution.position.desc(), Contribution.id.desc()).limit(size)
    before = db.session().scalars(rows.options(contains_eager(Contribution.review))).all()
    return None if len(before) < size else Place.of([row, *before][min(LEAD, size - 1)])


class Figures(NamedTuple):
    """What stands in a container for all to read: how many texts, by how many authors, and when the latest came."""

    texts: int
    authors: int
    latest: Any


def figures(container_id: int) -> Figures:
    """Counted now: for jobs, never for a page that many look at. Authors without an account count one each."""
    author = func.coalesce(Contribution.person_id, -Contribution.id)
    counted = select(func.count(), func.count(distinct(author)), func.max(Contribution.shown_at))
    counted = counted.select_from(Contribution).join(Reviewable, Reviewable.id == Contribution.review_id)
    counted = counted.where(Contribution.container_id == container_id, Contribution.removed_at.is_(None))
    return Figures(*db.session().execute(counted.where(Reviewable.state == State.SHOWN)).one())


def has_any(container_id: int) -> bool:
    """Whether anything has been written there."""
    wanted = select(Contribution.id).where(Contribution.container_id == container_id).limit(1)
    return db.session().scalars(wanted).first() is not None


def was_any_shown(container_id: int) -> bool:
    """Whether everyone has ever been able to read something there, whatever has become of it since."""
    wanted = select(Contribution.id).where(Contribution.container_id == container_id)
    return db.session().scalars(wanted.where(Contribution.shown_at.is_not(None)).limit(1)).first() is not None


def versions(row: Contribution) -> Sequence[ContributionVersion]:
    """How it read before, the first one first."""
    wanted = select(ContributionVersion).filter_by(contribution_id=row.id).order_by(ContributionVersion.number)
    return db.session().scalars(wanted).all()


def whole_text(row: Contribution) -> str:
    """What it says, or said until its author took it away: for those who judge it."""
    kept = versions(row) if row.removed_at is not None else ()
    return kept[-1].text if kept else row.text or ""


def of_person(person_id: int, kind: str, most: int) -> Sequence[Contribution]:
    """What somebody has written of a kind, the newest first, for their own page; in one statement."""
    rows = select(Contribution).join(Reviewable, Reviewable.id == Contribution.review_id)
    rows = rows.where(Contribution.person_id == person_id, Reviewable.subject_kind == kind)
    rows = rows.options(contains_eager(Contribution.review)).order_by(Contribution.id.desc()).limit(most)
    return db.session().scalars(rows).all()


def personal_data(person_id: int, kind: str) -> list[Mapping[str, Any]]:
    """What is kept of a person's own words: as they are, and as they were."""
    rows = select(Contribution.id, Contribution.name, Contribution.text, Contribution.written_at)
    rows = rows.join(Reviewable, Reviewable.id == Contribution.review_id)
    rows = rows.where(Contribution.person_id == person_id, Reviewable.subject_kind == kind).order_by(Contribution.id)
    before = select(Contribution.id, Contribution.name, ContributionVersion.text, ContributionVersion.until)
    before = before.join(Contribution, Contribution.id == ContributionVersion.contribution_id)
    before = before.join(Reviewable, Reviewable.id == Contribution.review_id)
    before = before.where(Contribution.person_id == person_id, Reviewable.subject_kind == kind)
    found = [dict(row) for row in db.session().execute(rows).mappings() if row["text"]]
    return found + [dict(row) for row in db.session().execute(before).mappings()]


def participants(dialogue_id: int, kind: str) -> Iterator[Recipient]:
    """Those with an account who have written something of a kind in a dialogue, once each, unless blocked."""
    wrote = select(Person.email, Person.language, Person.id).distinct()
    wrote = wrote.join(Contribution, Contribution.person_id == Person.id)
    wrote = wrote.join(Container, Container.id == Contribution.container_id)
    wrote = wrote.where(Container.dialogue_id == dialogue_id, Container.kind == kind, Person.blocked_at.is_(None))
    for email, language, person_id in db.session().execute(wrote.order_by(Person.id).execution_options(yield_per=1000)):
        yield Recipient(email, language, person_id)
