"""The meetings of the bodies."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app import db
from app.dialogues.agenda.models import BodyMeeting

MOST = 60  # several years of one body


def meetings_of(body_key: str, since: date) -> list[BodyMeeting]:
    """The meetings of a body from this day on, the next one first."""
    wanted = select(BodyMeeting).where(BodyMeeting.body_key == body_key, BodyMeeting.held_on >= since)
    return list(db.session().scalars(wanted.order_by(BodyMeeting.held_on).limit(MOST)))


def meeting_on(body_key: str, day: date) -> BodyMeeting | None:
    """The body's meeting on this day; None where it has none."""
    return db.session().scalars(select(BodyMeeting).filter_by(body_key=body_key, held_on=day)).one_or_none()
