"""How many citizens' dialogues a year held, by the one definition that the yearly follow-up uses."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import ColumnElement, distinct, exists, func, select
from sqlalchemy.orm import aliased

from app import clock, db
from app.dialogues.models import Dialogue, Move
from app.dialogues.stages import Kind, Stage


def count_carried_out(year: int) -> int:
    """How many citizens' dialogues had their result compiled and published within a calendar year.

    What the yearly follow-up counts. The other kinds are never counted, and those that were called off stand apart.
    """
    return _count_moved(Stage.COMPILED, year, ~_was_moved(Stage.CANCELLED))


def count_called_off(year: int) -> int:
    """How many citizens' dialogues were called off within a calendar year."""
    return _count_moved(Stage.CANCELLED, year)


def _count_moved(to: Stage, year: int, *conditions: ColumnElement[bool]) -> int:
    """A year as the municipality's calendar has it: from New Year up to the next, which is outside."""
    begins, ends = (clock.from_local(datetime.combine(date(one, 1, 1), time())) for one in (year, year + 1))
    wanted = select(func.count(distinct(Dialogue.id))).join(Move, Move.dialogue_id == Dialogue.id)
    wanted = wanted.where(Dialogue.kind == Kind.CITIZEN_DIALOGUE, Move.to_stage == to, *conditions)
    return db.session().execute(wanted.where(Move.at >= begins, Move.at < ends)).scalar_one()


def _was_moved(to: Stage) -> ColumnElement[bool]:
    other = aliased(Move)
    return exists().where(other.dialogue_id == Dialogue.id, other.to_stage == to)
