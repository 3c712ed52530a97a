"""What every write of meetings ends in: the card on the dialogue page, what time does to it, and who is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from app import clock, db, jobs, subjects
from app.dialogues.service import keep_card
from app.events import Event, emit
from app.levels.information.meetings import queries
from app.levels.information.meetings.models import Meeting
from app.permissions import Actor

KEPT = timedelta(days=30)  # names and wishes, after the meeting has ended


def lock(row: Meeting) -> None:
    """Seats of one meeting are given one at a time; the constraint is there should this line be lost."""
    db.session().flush()
    queries.for_writing(row.id)


def keep(row: Meeting) -> None:
    """Write its card on the dialogue page; the site's meetings have none."""
    if row.dialogue_id is None:
        return
    endpoint, values = queries.address_of(row)
    left = queries.places(row.id).left(row.seats) if row.takes_sign_ups else None
    is_ahead = clock.now() < row.ends_at
    keep_card(
        subjects.key("meeting", row.id),
        dialogue_id=row.dialogue_id,
        method="meetings",
        title=row.title,
        sentence=row.lead,
        endpoint=endpoint,
        values=values,
        is_input=is_ahead,
        held_at=row.starts_at,
        responses=left if is_ahead else None,
        result_endpoint=endpoint if row.minutes_at is not None else None,
        position=500 + row.id,
    )


def plan_ahead(row: Meeting) -> None:
    """Plan what time does to it; a meeting that was moved is planned for again."""
    for kind, at in (("meetings.over", row.ends_at), ("meetings.forget", row.ends_at + KEPT)):
        jobs.enqueue(kind, {"meeting_id": row.id}, run_at=at, dedupe=f"{kind}:{row.id}:{at.isoformat()}")


def tell(row: Meeting, kind: Callable[..., Event], *, by: Actor, **more: Any) -> None:
    """Emit what happened to a meeting, and by whom."""
    db.session().flush()
    key = subjects.key("meeting", row.id)
    emit(kind(subject=key, actor=by, dialogue_id=row.dialogue_id, title=row.title, **more))
