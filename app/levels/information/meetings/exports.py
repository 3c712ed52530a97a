"""What leaves of meetings: the meetings with their figures, and who signed up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, func, select

from app import db
from app.contributions import exports as engine
from app.i18n import lazy_p
from app.ladder import Column, Export
from app.levels.information.meetings import queries
from app.levels.information.meetings.models import Meeting, MeetingTalk, SignUp

HELD = ("id", "form", "title", "starts_at", "ends_at", "place", "seats", "attended", "minutes", "cancelled_because")
CAME = ("meeting_id", "channel", "created_at")
THEME = [column.name for column in engine.COLUMNS].index("name")  # a line has no author; its theme stands there
PERSONAL = ("name", "email", "phone", "language", "wishes", "wishes_more")


def _meetings(dialogue_id: int) -> Select[*tuple[Any, ...]]:
    mine = SignUp.meeting_id == Meeting.id
    signed_up = select(func.count(SignUp.seat)).where(mine).scalar_subquery()
    waiting = select(func.count() - func.count(SignUp.seat)).select_from(SignUp).where(mine).scalar_subquery()
    rows = select(*[getattr(Meeting, name) for name in HELD], signed_up, waiting)
    return rows.where(Meeting.dialogue_id == dialogue_id, Meeting.published_at.is_not(None))


def _guests(dialogue_id: int) -> Select[*tuple[Any, ...]]:
    rows = select(*[getattr(SignUp, name) for name in CAME], SignUp.seat.is_not(None))
    rows = rows.add_columns(*[getattr(SignUp, name) for name in PERSONAL])
    return rows.join(Meeting, Meeting.id == SignUp.meeting_id).where(Meeting.dialogue_id == dialogue_id)


def _rows(wanted: Select[Any], order: Any) -> Iterator[Sequence[Any]]:
    for row in db.session().execute(wanted.order_by(order).execution_options(yield_per=200)):
        yield tuple("; ".join(value) if isinstance(value, list) else value for value in row)


def _said(dialogue_id: int) -> Iterator[Sequence[Any]]:
    """A row for each line of what was said, meeting by meeting in reading order. Streamed."""
    titles = select(MeetingTalk.id, Meeting.title).join(Meeting, Meeting.id == MeetingTalk.meeting_id)
    found = db.session().execute(titles.where(Meeting.dialogue_id == dialogue_id))
    titles_of = {talk_id: title for talk_id, title in found}
    for talk_id, cells in engine.rows(dialogue_id, queries.SAID):
        yield [titles_of[talk_id], cells[THEME], *cells]


def _count(wanted: Select[Any]) -> int:
    return db.session().execute(select(func.count()).select_from(wanted.subquery())).scalar_one()


EXPORTS = (
    Export(
        "meetings",
        lazy_p("export", "Meetings"),
        lambda _id: [Column(name) for name in (*HELD, "with_a_seat", "waiting")],
        lambda dialogue_id: _rows(_meetings(dialogue_id), Meeting.id),
        lambda dialogue_id: _count(_meetings(dialogue_id)),
    ),
    Export(
        "meeting_sign_ups",
        lazy_p("export", "Sign-ups to meetings"),
        lambda _id: [*map(Column, CAME), Column("has_seat"), *(Column(name, personal=True) for name in PERSONAL)],
        lambda dialogue_id: _rows(_guests(dialogue_id), SignUp.id),
        lambda dialogue_id: _count(_guests(dialogue_id)),
    ),
    Export(
        "meeting_said",
        lazy_p("export", "What was said at meetings"),
        lambda _id: [Column("meeting"), Column("theme"), *engine.COLUMNS],
        _said,
        lambda dialogue_id: engine.count(dialogue_id, queries.SAID),
    ),
)
