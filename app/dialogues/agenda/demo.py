"""The demo municipality's calendar: each body meets every fourth Tuesday, and when a demo dialogue is decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from app import db
from app.dialogues import bodies
from app.dialogues.agenda.models import BodyMeeting
from app.dialogues.models import Dialogue

PAPERS = timedelta(days=12)  # papers are taken in until this long before a meeting: Thursdays
APART = timedelta(weeks=4)
HELD, TO_COME = 6, 16  # half a year back, a bit more than a year ahead


def write(dialogues: Iterable[Dialogue], today: date) -> None:
    """Add the meetings, in the open unit."""
    days = {(row.body_key, row.decision_on) for row in dialogues if row.body_key and row.decision_on}
    tuesday = today + timedelta(days=(1 - today.weekday()) % 7)
    days |= {(body.key, tuesday + number * APART) for body in bodies.bodies() for number in range(-HELD, TO_COME)}
    for body_key, day in sorted(days):
        db.session().add(BodyMeeting(body_key=body_key, held_on=day, papers_by=day - PAPERS))
    db.session().flush()
