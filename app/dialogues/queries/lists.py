"""Lists of dialogues, and one by its id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select, tuple_

from app import db
from app.dialogues.models import Dialogue
from app.dialogues.queries.visibility import visible_to
from app.dialogues.stages import PUBLIC_STAGES, STAGES_OF, TOLD_STAGES, Group, Stage
from app.permissions import Actor, Role
from app.search import queries as search

PAGE = 20
DECIDERS = (Role.SECRETARY, Role.ELECTED, Role.OFFICIAL)  # who sees what a body decides about, and decided


@dataclass(frozen=True)
class Cursor:
    """A place in a list: the row that the page begins after, or ends before (`back`)."""

    at: datetime
    id: int
    back: bool = False

    def __str__(self) -> str:
        return f"{'-' if self.back else ''}{self.at.timestamp():.6f}_{self.id}"


@dataclass(frozen=True)
class Listing:
    """One page of a list, and the places where its neighbours begin."""

    rows: Sequence[Dialogue]
    older: Cursor | None
    newer: Cursor | None


def dialogue(dialogue_id: int) -> Dialogue | None:
    return db.session().get(Dialogue, dialogue_id)


def of(subject: Any) -> Dialogue | None:
    """The dialogue that a subject belongs to (`subject.dialogue_id`); None for what belongs to the site."""
    if isinstance(subject, Dialogue):
        return subject
    dialogue_id = getattr(subject, "dialogue_id", None)
    return None if dialogue_id is None else dialogue(dialogue_id)


def listed(
    group: Group, level: str | None = None, at: Cursor | None = None, most: int = PAGE, words: str = ""
) -> Listing:  # fmt: skip
    """One page of the public list of a group: what closes, or opens, first comes first; of finished ones, last.

    Only dialogues that have every one of `words`, where there are any.
    """
    moment = Dialogue.opens_at if group is Group.COMING else Dialogue.closes_at
    forwards = (group is not Group.FINISHED) != bool(at and at.back)  # whether times grow from row to row as read
    wanted = select(Dialogue).where(Dialogue.stage.in_(sorted(STAGES_OF[group])))
    if level is not None:
        wanted = wanted.where(Dialogue.level == level)
    if words:
        wanted = wanted.where(Dialogue.id.in_(search.matching("dialogue", words)))
    if at is not None:
        place, here = tuple_(moment, Dialogue.id), tuple_(at.at, at.id)
        wanted = wanted.where(place > here if forwards else place < here)
    order = (moment.asc(), Dialogue.id.asc()) if forwards else (moment.desc(), Dialogue.id.desc())
    found = list(db.session().scalars(wanted.order_by(*order).limit(most + 1)))
    rows, more = found[:most], len(found) > most
    if at and at.back:
        rows.reverse()
        return Listing(rows, _place(rows[-1:], group), _place(rows[:1], group, back=True) if more else None)
    older = _place(rows[-1:], group) if more else None
    return Listing(rows, older, _place(rows[:1], group, back=True) if at else None)


def _place(rows: Sequence[Dialogue], group: Group, *, back: bool = False) -> Cursor | None:
    for row in rows:
        at = row.opens_at if group is Group.COMING else row.closes_at
        return None if at is None else Cursor(at, row.id, back)
    return None


def public_stages() -> list[Stage]:
    """The stages in which anyone may see a dialogue, in the order of the life cycle."""
    return [stage for stage in Stage if stage in PUBLIC_STAGES]


def in_hand(actor: Actor, most: int = 100) -> list[Dialogue]:
    """The dialogues that the actor works with and that are not over, the newest first."""
    over = sorted({Stage.ARCHIVED, Stage.UNSUITABLE, Stage.REDIRECTED, Stage.REJECTED})
    wanted = working_with(actor).where(Dialogue.stage.not_in(over)).order_by(Dialogue.id.desc()).limit(most)
    return list(db.session().scalars(wanted))


def _decided_on(actor: Actor) -> Select[Any]:
    """The dialogues that the actor follows to their decisions."""
    held = [actor.dialogues_as(role) for role in DECIDERS]
    if None in held:
        return visible_to(actor)
    return select(Dialogue).where(Dialogue.id.in_({one for ids in held if ids is not None for one in ids}))


def working_with(actor: Actor) -> Select[Any]:
    """The dialogues that the actor has a role in."""
    if any(grant.dialogue_id is None for grant in actor.grants):
        return visible_to(actor)
    own = {grant.dialogue_id for grant in actor.grants if grant.dialogue_id is not None}
    return select(Dialogue).where(Dialogue.id.in_(own))


def awaiting_decision(actor: Actor) -> list[Dialogue]:
    """What waits for a body, among what the actor follows: whether to hold it, then the matter itself."""
    waiting = sorted({Stage.PREPARED, Stage.HANDED_OVER})
    wanted = _decided_on(actor).where(Dialogue.stage.in_(waiting))
    return list(db.session().scalars(wanted.order_by(Dialogue.decision_on, Dialogue.id).limit(PAGE * 5)))


def with_decision(actor: Actor, most: int = PAGE) -> list[Dialogue]:
    """The latest dialogues that a body has already decided about, among what the actor follows."""
    early = {Stage.IDEA, Stage.ASSESSED, Stage.PREPARED, Stage.HANDED_OVER, Stage.UNSUITABLE, Stage.REDIRECTED}
    wanted = _decided_on(actor).where(Dialogue.stage.not_in(sorted(early)))
    return list(db.session().scalars(wanted.order_by(Dialogue.id.desc()).limit(most)))


def late(today: date, actor: Actor | None = None, most: int = PAGE) -> list[Dialogue]:
    """The public dialogues whose answer is overdue, the latest first: all of them, or those that the actor follows."""
    wanted = select(Dialogue) if actor is None else _decided_on(actor)
    waiting = sorted(PUBLIC_STAGES - TOLD_STAGES)
    wanted = wanted.where(Dialogue.stage.in_(waiting), Dialogue.feedback_by < today)
    return list(db.session().scalars(wanted.order_by(Dialogue.feedback_by, Dialogue.id).limit(most)))


def due_by_clock(now: datetime) -> list[int]:
    """The dialogues whose opening or closing time has come, by id."""
    opens = and_(Dialogue.stage == Stage.ANNOUNCED, Dialogue.opens_at <= now)
    closes = and_(Dialogue.stage.in_([Stage.OPEN, Stage.PAUSED]), Dialogue.closes_at <= now)
    return list(db.session().scalars(select(Dialogue.id).where(or_(opens, closes)).order_by(Dialogue.id)))
