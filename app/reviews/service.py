"""Submit something to be judged."""

from __future__ import annotations

from app import clock, db
from app.reviews.models import Reviewable, State


def submit(kind: str, *, dialogue_id: int | None, language: str, shown: bool) -> Reviewable:
    """Make the row for something new, in the open unit: shown at once, or waiting for a moderator."""
    row = Reviewable(
        subject_kind=kind,
        dialogue_id=dialogue_id,
        language=language,
        state=State.SHOWN if shown else State.WAITING,
        created_at=clock.now(),
    )
    db.session().add(row)
    return row


def wait_again(row: Reviewable) -> None:
    """Let a moderator read it anew before it is shown: its author has changed it."""
    if row.state == State.SHOWN:
        row.state = State.WAITING
