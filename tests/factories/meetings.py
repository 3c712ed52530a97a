"""Meetings, and people who want to come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app import clock, db
from app.contributions import service as contributions
from app.contributions.models import Container, Contribution
from app.levels.information.meetings import queries
from app.levels.information.meetings.models import Meeting, MeetingTalk
from app.levels.information.meetings.service import Guest
from app.reviews.models import State
from tests.factories.people import make_actor


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


def say(row: Meeting, text: str = "Mer skugga.", *, theme: str = "", state: State = State.SHOWN) -> Contribution:
    """Something that was said at the meeting, in this state."""
    talk_id = queries.talk_of(row.id)
    container = contributions.make_container(queries.SAID, row.dialogue_id) if talk_id is None else None
    if container is not None:
        db.session().add(MeetingTalk(id=container.id, meeting_id=row.id))
    place = container or db.session().get_one(Container, talk_id)
    draft = contributions.Draft(text, "sv", theme, "meeting")
    line = contributions.add(make_actor(), place, draft, shown=state is not State.WAITING)
    line.review.state = state
    db.session().flush()
    return line
