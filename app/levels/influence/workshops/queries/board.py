"""Reads of the board: pages of cards grouped by theme, the dots on them, and the cards that a proposal came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, or_, select, true, tuple_
from sqlalchemy.orm import contains_eager, joinedload

from app import db
from app.contributions.models import Contribution
from app.contributions.queries import Place
from app.levels.influence.workshops.models import UNSORTED, WorkshopCard, WorkshopDot, WorkshopSource
from app.permissions import Actor, Role
from app.reviews.models import Reviewable, State

PAGE = 24  # cards; fits two and three beside each other
MOST_SOURCES = 200  # cards of one proposal


class Board(NamedTuple):
    """One page of cards, each with where it stands, and the places that its neighbours lie before and after."""

    cards: list[tuple[Contribution, WorkshopCard]]
    before: Place | None
    after: Place | None


@dataclass(frozen=True)
class Dots:
    """The dots on some cards, how many of them are one person's, and how many that person has given in the step."""

    on: Mapping[int, int] = field(default_factory=dict)  # card id → dots
    mine: Mapping[int, int] = field(default_factory=dict)  # card id → of these, one's own; over the whole step
    given: int = 0


def board(
    step_id: int, actor: Actor, *, theme_id: int | None = None, after: Place | None = None,
    before: Place | None = None, start: Place | None = None, size: int = PAGE, shown_only: bool = False,
) -> Board:  # fmt: skip
    """One page of a step by keyset, in one statement: theme by theme, what is not sorted last.

    `theme_id` gives one theme only, 0 what is not sorted. The page begins `after` a place or ends `before` it, or
    begins at `start`. A card that waits for a moderator is there for its author and the moderators, a hidden one for
    its place; with `shown_only` there are those that everyone can read, and no others.
    """
    edge, backwards = (before, True) if before is not None else (after or start, False)
    rows = _listed(actor, shown_only=shown_only).where(WorkshopCard.step_id == step_id)
    if theme_id is not None:
        rows = rows.where(WorkshopCard.place == (theme_id or UNSORTED))
    if edge is not None:
        here, there = tuple_(WorkshopCard.place, WorkshopCard.id), tuple_(edge.position, edge.id)
        including = after is None and before is None
        rows = rows.where(here < there if backwards else here >= there if including else here > there)
    keys = (WorkshopCard.place, WorkshopCard.id)
    rows = rows.order_by(*(key.desc() if backwards else key for key in keys)).limit(size + 1)
    found = [(row[0], row[1]) for row in db.session().execute(rows)]
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    earlier = found and (more if backwards else edge is not None)
    later = found and (more if not backwards else True)
    return Board(found, _place(found[0][1]) if earlier else None, _place(found[-1][1]) if later else None)


def _place(row: WorkshopCard) -> Place:
    return Place(row.place, row.id)


def _cards() -> Select[*tuple[Any, ...]]:
    rows = select(Contribution, WorkshopCard).join(WorkshopCard, WorkshopCard.id == Contribution.id)
    rows = rows.join(Reviewable, Reviewable.id == Contribution.review_id)
    return rows.options(contains_eager(Contribution.review))


def _listed(actor: Actor, *, shown_only: bool) -> Select[*tuple[Any, ...]]:
    rows = _cards().where(Contribution.removed_at.is_(None))
    if shown_only:
        return rows.where(Reviewable.state == State.SHOWN)
    held = actor.dialogues_as(Role.MODERATOR)
    mine = Contribution.person_id == actor.person_id if actor.is_signed_in else Contribution.id < 0
    seen: ColumnElement[bool] = true() if held is None else or_(mine, Reviewable.dialogue_id.in_(held))
    return rows.where(or_(Reviewable.state != State.WAITING, seen))


def place_of(card: Contribution) -> WorkshopCard:
    """Where a card stands, with its step and workshop."""
    return db.session().get_one(WorkshopCard, card.id)


def card_in(workshop_id: int, card_id: int) -> tuple[Contribution, WorkshopCard] | None:
    """A card of this workshop and where it stands, in one statement."""
    one = _cards().where(WorkshopCard.workshop_id == workshop_id, WorkshopCard.id == card_id)
    found = db.session().execute(one.options(joinedload(Contribution.person))).first()
    return None if found is None else (found[0], found[1])


def hold_places(cards: Sequence[Contribution]) -> None:
    """Read where these cards stand, in one statement."""
    ids = [card.id for card in cards]
    if ids:
        db.hold(db.session().scalars(select(WorkshopCard).where(WorkshopCard.id.in_(ids))))


def dots(step_id: int, card_ids: Iterable[int], person_id: int | None) -> Dots:
    """The dots on these cards, and this person's in the step; in one statement."""
    is_mine = WorkshopDot.person_id == person_id if person_id is not None else WorkshopDot.id < 0
    ids = list(card_ids)
    rows = select(WorkshopDot.card_id, func.count(), func.sum(case((is_mine, 1), else_=0)))
    rows = rows.where(WorkshopDot.step_id == step_id, or_(WorkshopDot.card_id.in_(ids), is_mine))
    found = db.session().execute(rows.group_by(WorkshopDot.card_id)).all()
    mine = {card_id: int(own) for card_id, _, own in found if own}
    return Dots({card_id: number for card_id, number, _ in found if card_id in ids}, mine, sum(mine.values()))


def dots_of(step_id: int, person_id: int | None) -> list[WorkshopDot]:
    """A person's dots in a step, in their order."""
    mine = select(WorkshopDot).where(WorkshopDot.step_id == step_id, WorkshopDot.person_id == (person_id or 0))
    return list(db.session().scalars(mine.order_by(WorkshopDot.slot)))


def places(workshop_id: int, card_ids: Iterable[int]) -> list[tuple[Contribution, WorkshopCard]]:
    """Of these, the cards of the workshop that everyone can read, in the order of the board."""
    wanted = _cards().where(WorkshopCard.workshop_id == workshop_id, WorkshopCard.id.in_(list(card_ids)))
    wanted = wanted.where(Reviewable.state == State.SHOWN, Contribution.removed_at.is_(None))
    wanted = wanted.order_by(WorkshopCard.step_id, WorkshopCard.place, WorkshopCard.id).limit(MOST_SOURCES)
    return [(row[0], row[1]) for row in db.session().execute(wanted)]


def in_theme(workshop_id: int, theme_id: int) -> list[int]:
    """The cards of a theme, of all steps."""
    mine = select(WorkshopCard.id).where(WorkshopCard.workshop_id == workshop_id, WorkshopCard.theme_id == theme_id)
    return list(db.session().scalars(mine.order_by(WorkshopCard.id).limit(MOST_SOURCES)))


def sources_of(proposal_id: int) -> list[tuple[Contribution, WorkshopCard]]:
    """The cards that a proposal came from, whatever has become of them, in the order of the steps."""
    mine = _cards().join(WorkshopSource, WorkshopSource.card_id == WorkshopCard.id)
    mine = mine.where(WorkshopSource.proposal_id == proposal_id)
    mine = mine.order_by(WorkshopCard.step_id, WorkshopCard.place, WorkshopCard.id).limit(MOST_SOURCES)
    return [(row[0], row[1]) for row in db.session().execute(mine)]
