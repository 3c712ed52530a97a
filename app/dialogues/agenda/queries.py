"""The meetings of the bodies, and what is planned for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, select, tuple_

from app import db
from app.dialogues.agenda.models import BodyMeeting
from app.dialogues.models import Dialogue
from app.dialogues.queries.belongings import belongs
from app.dialogues.stages import DRAFT_STAGES, Stage

MOST = 60  # several years of one body
PAGE = 40
# The decision in the matter still lies ahead, so a meeting that is planned for it matters.
AWAITS = DRAFT_STAGES | {
    Stage.DECIDED,
    Stage.ANNOUNCED,
    Stage.OPEN,
    Stage.PAUSED,
    Stage.CLOSED,
    Stage.COMPILED,
    Stage.HANDED_OVER,
}


@dataclass(frozen=True)
class Place:
    """A meeting in the calendar: the page begins after it, or ends before it (`back`)."""

    held_on: date
    id: int
    back: bool = False

    def __str__(self) -> str:
        return f"{'-' if self.back else ''}{self.held_on.isoformat()}_{self.id}"


@dataclass(frozen=True)
class Calendar:
    """One page of the calendar, and the places where its neighbours begin."""

    rows: Sequence[BodyMeeting]
    later: Place | None
    earlier: Place | None


def _decides(dialogue_id: int) -> ColumnElement[bool]:
    """The meeting at which a dialogue's body decides in its matter."""
    body = select(Dialogue.body_key).where(Dialogue.id == dialogue_id).scalar_subquery()
    day = select(Dialogue.decision_on).where(Dialogue.id == dialogue_id).scalar_subquery()
    return and_(BodyMeeting.body_key == body, BodyMeeting.held_on == day)


belongs(BodyMeeting, where=_decides)  # so that `dossier.rows(BodyMeeting)` is that meeting, or nothing


def meetings_of(body_key: str, since: date) -> list[BodyMeeting]:
    """The meetings of a body from this day on, the next one first."""
    wanted = select(BodyMeeting).where(BodyMeeting.body_key == body_key, BodyMeeting.held_on >= since)
    return list(db.session().scalars(wanted.order_by(BodyMeeting.held_on).limit(MOST)))


def held(body_key: str, until: date, most: int = 12) -> list[BodyMeeting]:
    """The latest meetings of a body up to this day, the last one first."""
    wanted = select(BodyMeeting).where(BodyMeeting.body_key == body_key, BodyMeeting.held_on <= until)
    return list(db.session().scalars(wanted.order_by(BodyMeeting.held_on.desc()).limit(most)))


def meeting_on(body_key: str, day: date) -> BodyMeeting | None:
    """The body's meeting on this day; None where it has none."""
    return db.session().scalars(select(BodyMeeting).filter_by(body_key=body_key, held_on=day)).one_or_none()


def meeting(body_meeting_id: int) -> BodyMeeting | None:
    return db.session().get(BodyMeeting, body_meeting_id)


def days_of(body_key: str, days: Iterable[date]) -> set[date]:
    """Those of the days on which the body already has a meeting."""
    wanted = select(BodyMeeting.held_on).where(BodyMeeting.body_key == body_key, BodyMeeting.held_on.in_(list(days)))
    return set(db.session().scalars(wanted))


def calendar(body_key: str | None, since: date, at: Place | None = None, most: int = PAGE) -> Calendar:
    """A page of the calendar, of one body or all, from `since` on or from a place in it; the earliest day first."""
    forwards = not (at and at.back)
    day, here = BodyMeeting.held_on, tuple_(BodyMeeting.held_on, BodyMeeting.id)
    wanted = select(BodyMeeting)
    if body_key is not None:
        wanted = wanted.where(BodyMeeting.body_key == body_key)
    if at is None:
        wanted = wanted.where(day >= since)
    else:
        there = tuple_(at.held_on, at.id)
        wanted = wanted.where(here > there if forwards else here < there)
    order = (day.asc(), BodyMeeting.id.asc()) if forwards else (day.desc(), BodyMeeting.id.desc())
    found = list(db.session().scalars(wanted.order_by(*order).limit(most + 1)))
    rows, more = found[:most], len(found) > most
    if not forwards:
        rows.reverse()
    first, last = _place(rows[:1], back=True), _place(rows[-1:])
    return Calendar(rows, last if more or not forwards else None, first if more or forwards else None)


def _place(rows: Sequence[BodyMeeting], *, back: bool = False) -> Place | None:
    return next((Place(row.held_on, row.id, back) for row in rows), None)


def planned_for(meetings: Iterable[BodyMeeting]) -> Mapping[int, list[Dialogue]]:
    """Meeting id → the dialogues whose matter is to be decided there, in one statement."""
    ids = {(row.body_key, row.held_on): row.id for row in meetings}
    found: dict[int, list[Dialogue]] = {number: [] for number in ids.values()}
    if ids:
        days, keys = sorted({day for _, day in ids}), sorted({key for key, _ in ids})
        wanted = select(Dialogue).where(Dialogue.decision_on.in_(days), Dialogue.body_key.in_(keys))
        for row in db.session().scalars(wanted.where(Dialogue.stage.in_(sorted(AWAITS))).order_by(Dialogue.id)):
            number = ids.get((row.body_key or "", row.decision_on or date.min))
            if number is not None:
                found[number].append(row)
    return found
