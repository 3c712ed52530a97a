"""When they may come: every stage of a dialogue with the clock at odds with it, and every state of a row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, select
from sqlalchemy.exc import IntegrityError

from app import clock, db
from app.dialogues.models import Dialogue
from app.dialogues.stages import OVER_STAGES, PUBLIC_STAGES, STAGES_OF_KIND, Kind, Stage
from app.reviews.models import Reviewable, State
from app.subjects import Subject
from tests.conformance.samples import dialogues, entity_of, rows_of

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Moment:
    """A stage of a dialogue, and where the clock stands between its opening and its closing."""

    stage: Stage
    opens_in: timedelta = -WEEK
    closes_in: timedelta = WEEK

    @property
    def words(self) -> str:
        late = " after its closing time" if self.closes_in <= timedelta(0) else ""
        early = " before its opening time" if self.opens_in > timedelta(0) else ""
        return f"{self.stage}{late}{early}"

    def put(self, row: Dialogue, now: datetime) -> None:
        row.stage, row.opens_at, row.closes_at = self.stage, now + self.opens_in, now + self.closes_in


# Every stage, and an open one whose clock job is late in either direction.
MOMENTS = (
    *(Moment(stage) for stage in Stage),
    Moment(Stage.OPEN, -2 * WEEK, -timedelta(seconds=1)),
    Moment(Stage.OPEN, timedelta(seconds=30), WEEK),
)
OVER = frozenset(OVER_STAGES)
CLOSED_TO_ALL = next(stage for stage in Stage if stage not in PUBLIC_STAGES)


@contextmanager
def kept(row: Dialogue) -> Iterator[None]:
    """The dialogue is put back to where it was."""
    before = row.stage, row.opens_at, row.closes_at
    try:
        yield
    finally:
        row.stage, row.opens_at, row.closes_at = before


def age(row: Any) -> timedelta:
    """How far from now the earliest moment of a row lies: where the clock stood when it was written."""
    table = getattr(type(row), "__table__", None)
    times = [getattr(row, one.key, None) for one in (() if table is None else table.columns)]
    return min((one - clock.now() for one in times if isinstance(one, datetime)), default=timedelta(0))


def switches(subject: Subject) -> list[str]:
    """Columns whose being set changes what may be seen: moments that may be missing, and yes or no."""
    columns = entity_of(subject).__table__.columns
    return [
        one.key
        for one in columns
        if (one.nullable and isinstance(one.type, db.UtcDateTime)) or isinstance(one.type, Boolean)
    ]


def flip(subject: Subject, column: str) -> None:
    """Turn this switch of every row of the kind; where a constraint forbids that, no row can be that way."""
    now = clock.now()
    with suppress(IntegrityError), db.session().begin_nested():
        for number in rows_of(subject):
            row = db.session().get_one(entity_of(subject), number)
            value = getattr(row, column)
            setattr(row, column, (not value) if isinstance(value, bool) else (now if value is None else None))
        db.session().flush()


def judge(subject: Subject, state: State) -> None:
    """Let moderation have come to this about everything of the kind."""
    for review in db.session().scalars(select(Reviewable).filter_by(subject_kind=subject.kind)):
        review.state = state
    db.session().flush()


def put(moment: Moment) -> None:
    """Let every dialogue be there whose kind knows the stage."""
    now = clock.now()
    for row in dialogues().values():
        if moment.stage in STAGES_OF_KIND[Kind(row.kind)]:
            moment.put(row, now)
    db.session().flush()
