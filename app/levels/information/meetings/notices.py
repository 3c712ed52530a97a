"""Who hears of a meeting: those who have signed up, one by one or all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app import subjects
from app.ladder import Notice, Recipient, nobody
from app.levels.information.meetings import events, queries
from app.levels.information.meetings.models import Meeting


def _meeting(event: Any) -> Meeting | None:
    return queries.meeting(subjects.number(event.subject))


def the_one(event: Any) -> Iterable[Recipient]:
    """The one who signed up, where they have an e-mail address."""
    row = queries.sign_up(event.sign_up_id)
    return () if row is None or not row.email else (Recipient(row.email, row.language, row.person_id),)


def everyone(event: Any) -> Iterable[Recipient]:
    """Everyone who has signed up, on a seat or waiting."""
    row = _meeting(event)
    return () if row is None else queries.guests(row.id)


def those_moved(event: Any) -> Iterable[Recipient]:
    """As everyone, where the time or the place is another."""
    return everyone(event) if event.is_moved else ()


def those_who_came(event: Any) -> Iterable[Recipient]:
    """As everyone, where what was entered is the first that can be read."""
    return everyone(event) if event.is_first else ()


def facts(event: Any) -> Mapping[str, Any]:
    """Plain values about the meeting, and about the sign-up where the event is of one. Texts are the Swedish source."""
    row = _meeting(event)
    if row is None:
        return {}
    coming = queries.sign_up(event.sign_up_id) if hasattr(event, "sign_up_id") else None
    return {
        "title": row.title,
        "starts_at": row.starts_at.isoformat(),
        "place": row.place,
        "path": queries.path_of(row),
        "reason": getattr(event, "reason", ""),
        "has_seat": coming is not None and coming.seat is not None,
        "receipt_path": f"/moten/anmalan/{coming.receipt}" if coming is not None else "",
    }


NOTICES = (
    Notice(events.MeetingCreated, None, nobody),
    Notice(events.MeetingPublished, None, nobody),
    Notice(events.SeatAsked, "meeting_signed_up", the_one, facts),
    Notice(events.SeatGiven, "meeting_seat_given", the_one, facts),
    Notice(events.MeetingChanged, "meeting_moved", those_moved, facts),
    Notice(events.MeetingCancelled, "meeting_called_off", everyone, facts),
    Notice(events.MinutesPublished, "meeting_notes", everyone, facts),
    Notice(events.SaidEntered, "meeting_said", those_who_came, facts),
    Notice(events.SaidShown, "meeting_said", everyone, facts),
    Notice(events.SignUpWithdrawn, None, nobody),
)
