"""Lists of dialogues, and one by its id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select, tuple_

from app import db
from app.dialogues.models import Dialogue
from app.dialogues.queries.visibility import visible_to
from app.dialogues.stages import INPUT_KINDS, PUBLIC_STAGES, STAGES_OF, Group, Kind, Stage
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
    """One page of the public list of citizens' dialogues: what closes, or opens, first comes first; finished ones last.

    Only dialogues that have every one of `words`, where there are any.
    """
    moment = Dialogue.opens_at if group is Group.COMING else Dialogue.closes_at
    forwards = (group is not Group.FINISHED) != bool(at and at.back)  # whether times grow from row to row as read
    stages = sorted(STAGES_OF[group])
    wanted = select(Dialogue).where(Dialogue.stage.in_(stages), Dialogue.kind == Kind.CITIZEN_DIALOGUE)
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
    wanted = _worked_with(actor).where(Dialogue.stage.not_in(over)).order_by(Dialogue.id.desc()).limit(most)
    return list(db.session().scalars(wanted))


def _decided_on(actor: Actor) -> Select[Any]:
    """The citizens' dialogues that the actor follows to their decisions; no body decides about the other kinds."""
    decided = Dialogue.kind == Kind.CITIZEN_DIALOGUE
    held = [actor.dialogues_as(role) for role in DECIDERS]
    if None in held:
        return visible_to(actor).where(decided)
    mine = {one for ids in held if ids is not None for one in ids}
    return select(Dialogue).where(decided, Dialogue.id.in_(mine))


def _worked_with(actor: Actor) -> Select[Any]:
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


def due_by_clock(now: datetime) -> list[int]:
    """What time moves now, by id: dialogues to open or close, and statutory consultations that are over."""
    takes_input, over = Dialogue.kind.in_(sorted(INPUT_KINDS)), Dialogue.closes_at <= now
    opens = and_(takes_input, Dialogue.stage == Stage.ANNOUNCED, Dialogue.opens_at <= now)
    closes = and_(takes_input, Dialogue.stage.in_([Stage.OPEN, Stage.PAUSED]), over)
    ends = and_(Dialogue.kind == Kind.STATUTORY_CONSULTATION, Dialogue.stage == Stage.ANNOUNCED, over)
    return list(db.session().scalars(select(Dialogue.id).where(or_(opens, closes, ends)).order_by(Dialogue.id)))
