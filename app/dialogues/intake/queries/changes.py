"""Reads of larger changes, and of whether a dialogue was considered for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, exists, false, select
from sqlalchemy.orm import aliased

from app import clock, db
from app.dialogues.intake import due
from app.dialogues.intake.models import ChangeConsideration, LargerChange
from app.dialogues.intake.rules import FOLLOW
from app.dialogues.models import Dialogue
from app.dialogues.stages import OVER_STAGES, Kind, Stage
from app.permissions import Actor

PAGE = 20
MOST = 100  # cases that wait at the same time: more than a municipality decides about in a year


class Considered(NamedTuple):
    """A larger change, what was considered last, and the dialogue that it led to."""

    change: LargerChange
    consideration: ChangeConsideration
    dialogue: Dialogue | None


class Page(NamedTuple):
    """One page, the newest first, and the id that the next one begins before; None where there is none."""

    rows: Sequence[Considered]
    further: int | None


def change(change_id: int) -> LargerChange | None:
    return db.session().get(LargerChange, change_id)


def changes_visible_to(actor: Actor) -> Select[Any]:
    """Says of rows what the rule says of one: those who follow larger changes see all."""
    follows = any(grant.role in FOLLOW and grant.dialogue_id is None for grant in actor.grants)
    return select(LargerChange) if follows else select(LargerChange).where(false())


def considerations(change_id: int) -> list[Considered]:
    """What was considered for a change, the first one first."""
    wanted = select(LargerChange, ChangeConsideration, Dialogue).join(
        ChangeConsideration, ChangeConsideration.change_id == LargerChange.id
    )
    wanted = wanted.outerjoin(Dialogue, Dialogue.id == ChangeConsideration.dialogue_id)
    wanted = wanted.where(LargerChange.id == change_id).order_by(ChangeConsideration.id)
    return [Considered(*row) for row in db.session().execute(wanted)]


def waiting() -> list[LargerChange]:
    """The changes for which nothing has been considered, the one that is decided first at the top."""
    wanted = select(LargerChange).where(~_considered()).order_by(LargerChange.decision_on, LargerChange.id)
    return list(db.session().scalars(wanted.limit(MOST)))


def overdue(today: date | None = None) -> list[LargerChange]:
    """Those of them that should have been considered by now."""
    late = due.late_on(today or clock.today())
    wanted = select(LargerChange).where(~_considered(), LargerChange.decision_on <= late)
    return list(db.session().scalars(wanted.order_by(LargerChange.decision_on, LargerChange.id).limit(MOST)))


def settled(before: int | None = None, most: int = PAGE) -> Page:
    """The changes for which a dialogue has been considered, the latest first."""
    wanted = select(LargerChange, ChangeConsideration, Dialogue)
    wanted = wanted.join(ChangeConsideration, ChangeConsideration.change_id == LargerChange.id)
    wanted = wanted.outerjoin(Dialogue, Dialogue.id == ChangeConsideration.dialogue_id).where(is_latest())
    if before is not None:
        wanted = wanted.where(ChangeConsideration.id < before)
    found = db.session().execute(wanted.order_by(ChangeConsideration.id.desc()).limit(most + 1)).all()
    rows = [Considered(*row) for row in found[:most]]
    return Page(rows, rows[-1].consideration.id if len(found) > most else None)


def is_latest() -> ColumnElement[bool]:
    """As a condition on considerations: no later one follows."""
    later = aliased(ChangeConsideration)
    return ~exists().where(later.change_id == ChangeConsideration.change_id, later.id > ChangeConsideration.id)


def dialogues_to_name(actor: Actor) -> list[Dialogue]:
    """The dialogues that a consideration may name: those that are considered or held, the newest first."""
    left = sorted(OVER_STAGES | {Stage.CANCELLED})
    wanted = select(Dialogue).where(Dialogue.kind == Kind.CITIZEN_DIALOGUE, Dialogue.stage.not_in(left))
    if not any(grant.dialogue_id is None for grant in actor.grants):
        wanted = wanted.where(false())
    return list(db.session().scalars(wanted.order_by(Dialogue.id.desc()).limit(MOST)))


def _considered() -> ColumnElement[bool]:
    return exists().where(ChangeConsideration.change_id == LargerChange.id)
