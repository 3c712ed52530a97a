"""Meetings, and people who want to come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app import clock, db
from app.levels.information.meetings.models import Meeting
from app.levels.information.meetings.service import Guest


def make_meeting(dialogue_id: int | None = None, *, published: bool = True, **fields: Any) -> Meeting:
    """A meeting of two hours in three days with ten seats; the site's unless it is given a dialogue."""
    now = clock.now()
    values: dict[str, Any] = {
        "title": "Gåtur",
        "lead": "Vi går längs gatan.",
        "place": "Stationen i Vara",
        "access": "Går att köra med rullstol.",
        "starts_at": now + timedelta(days=3),
        "ends_at": now + timedelta(days=3, hours=2),
        "seats": 10,
        "created_at": now,
        "published_at": now if published else None,
        **fields,
    }
    row = Meeting(dialogue_id=dialogue_id, **values)
    db.session().add(row)
    db.session().flush()
    return row


def guest(number: int = 1, **fields: Any) -> Guest:
    """Somebody with a name and an address of their own."""
    return Guest(name=f"Gäst {number}", email=f"gast{number}@example.se", **fields)
