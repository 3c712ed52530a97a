"""Reads of the queue, of one text in its context, and of what has been decided about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Select, case, false, func, or_, select

from app import db, i18n, subjects
from app.accounts.models import Person
from app.i18n import LazyText
from app.moderation.grounds import GROUNDS
from app.moderation.models import Report, Ruling
from app.permissions import Actor, Role
from app.reviews.models import Reviewable, State

PAGE = 25


class Tab(StrEnum):
    """The three lists of the desk."""

    WAITING = "waiting"
    REPORTED = "reported"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Item:
    """A review together with what it is about. The owner's row may be gone; the review stays."""

    review: Reviewable
    subject: subjects.Subject | None
    row: Any | None

    @property
    def id(self) -> int:
        return self.review.id

    @property
    def dialogue_id(self) -> int | None:
        """Lets rules ask any subject for its dialogue."""
        return self.review.dialogue_id

    @property
    def text(self) -> str:
        return "" if self.subject is None or self.row is None else self.subject.text(self.row)

    @property
    def parts(self) -> Sequence[subjects.Part]:
        """What becomes public with the text."""
        return () if self.subject is None or self.row is None else self.subject.parts(self.row)

    @property
    def context(self) -> str:
        return "" if self.subject is None or self.row is None else self.subject.context(self.row)

    @property
    def author(self) -> subjects.Author | None:
        return None if self.subject is None or self.row is None else self.subject.author(self.row)

    @property
    def address(self) -> subjects.Address | None:
        return None if self.subject is None or self.row is None else self.subject.address(self.row)

    @property
    def language(self) -> i18n.Language:
        return i18n.LANGUAGES.get(self.review.language, i18n.SOURCE)


class Decided(NamedTuple):
    """A ruling and the name of whoever made it."""

    ruling: Ruling
    by: str


class Why(NamedTuple):
    """On which ground a text was hidden, and when."""

    name: LazyText
    sentence: LazyText
    at: datetime


class Page(NamedTuple):
    """One page of a list, oldest first (hidden ones: newest first), and the ids to go on from."""

    items: list[Item]
    before: int | None
    after: int | None


def visible_to(actor: Actor) -> Select[Any]:
    """What a moderator may see: everything, or the texts of the dialogues that the role was given for."""
    rows = select(Reviewable)
    held = actor.dialogues_as(Role.MODERATOR)
    if held is None:
        return rows
    return rows.where(Reviewable.dialogue_id.in_(held) if held else false())


def review(reviewable_id: int) -> Reviewable | None:
    return db.session().get(Reviewable, reviewable_id)


def item(reviewable_id: int, actor: Actor) -> Item | None:
    """One text with its review, as a moderator sees it; None where it is not theirs to see."""
    found = db.session().scalars(visible_to(actor).where(Reviewable.id == reviewable_id)).first()
    return None if found is None else items_of([found])[0]


def items(ids: Iterable[int], actor: Actor) -> list[Item]:
    """Several, in the order of their ids; those that are not the moderator's to see are left out."""
    mine = visible_to(actor).where(Reviewable.id.in_(list(ids))).order_by(Reviewable.id)
    return items_of(db.session().scalars(mine).all())


def items_of(reviews: Sequence[Reviewable]) -> list[Item]:
    """Give reviews their texts: one statement for each table that they are kept in, and one beside for each kind."""
    kinds = subjects.kinds()
    known = [one for one in reviews if one.subject_kind in kinds]
    rows: dict[int, Any] = {}
    for by_review in dict.fromkeys(kinds[one.subject_kind].by_review for one in known):
        rows.update(by_review([one.id for one in known if kinds[one.subject_kind].by_review is by_review]))
    for kind in sorted({one.subject_kind for one in known}):
        kinds[kind].beside([rows[one.id] for one in known if one.subject_kind == kind and one.id in rows])
    return [Item(one, kinds.get(one.subject_kind), rows.get(one.id)) for one in reviews]


def page(tab: Tab, actor: Actor, *, after: int | None = None, before: int | None = None, size: int = PAGE) -> Page:
    """One page of a tab by keyset: what follows `after`, or what comes before `before`, in the tab's own order."""
    rows = _of(tab, visible_to(actor))
    newest_first = tab is Tab.HIDDEN
    backwards = before is not None and after is None
    edge = before if backwards else after
    descending = newest_first != backwards
    if edge is not None:
        rows = rows.where(Reviewable.id < edge if descending else Reviewable.id > edge)
    rows = rows.order_by(Reviewable.id.desc() if descending else Reviewable.id).limit(size + 1)
    found = list(db.session().scalars(rows).all())
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    earlier = found and (more if backwards else edge is not None)
    later = found and (edge is not None if backwards else more)
    return Page(items_of(found), found[0].id if earlier else None, found[-1].id if later else None)


def counts(actor: Actor) -> Mapping[Tab, int]:
    """How many there are in each tab, in one statement."""
    tab = case((Reviewable.state != State.SHOWN, Reviewable.state), else_=Tab.REPORTED.value)
    mine = visible_to(actor).with_only_columns(tab, func.count())
    mine = mine.where(or_(Reviewable.state.in_([State.WAITING, State.HIDDEN]), Reviewable.reports > 0)).group_by(tab)
    found = {Tab(key): number for key, number in db.session().execute(mine)}
    return {one: found.get(one, 0) for one in Tab}


def reports(reviewable_id: int) -> Sequence[Report]:
    """What has been reported, oldest first. Who reported is not for the page."""
    return db.session().scalars(select(Report).filter_by(reviewable_id=reviewable_id).order_by(Report.id)).all()


def rulings(reviewable_id: int) -> list[Decided]:
    """What has been decided, oldest first."""
    made = select(Ruling, Person.name).join(Person, Person.id == Ruling.by_id)
    found = db.session().execute(made.where(Ruling.reviewable_id == reviewable_id).order_by(Ruling.id))
    return [Decided(ruling, name) for ruling, name in found]


def hidden_because(review_ids: Iterable[int]) -> Mapping[int, Why]:
    """Why each of these texts is hidden, in one statement, or none for no texts: for the places where they stood."""
    ids = list(review_ids)
    if not ids:
        return {}
    latest = select(func.max(Ruling.id)).where(Ruling.reviewable_id.in_(ids)).group_by(Ruling.reviewable_id)
    rows = db.session().scalars(select(Ruling).where(Ruling.id.in_(latest), Ruling.outcome == State.HIDDEN))
    known = {row.reviewable_id: (GROUNDS.get(row.ground or ""), row.at) for row in rows}
    return {number: Why(ground.name, ground.sentence, at) for number, (ground, at) in known.items() if ground}


def has_reported(person_id: int, reviewable_id: int) -> bool:
    mine = select(Report.id).filter_by(reviewable_id=reviewable_id, reporter_id=person_id)
    return db.session().scalars(mine).first() is not None


def title_of(item: Item) -> str:
    """A few words to know a text by: its beginning."""
    words = " ".join(item.text.split())
    return words if len(words) <= 80 else words[:79].rstrip() + "…"


def _of(tab: Tab, rows: Select[Any]) -> Select[Any]:
    if tab is Tab.REPORTED:
        return rows.where(Reviewable.state == State.SHOWN, Reviewable.reports > 0)
    return rows.where(Reviewable.state == tab.value)
