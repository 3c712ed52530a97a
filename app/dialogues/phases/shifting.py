"""What phases and things do when the time of their dialogue changes; and the copy of their times that rules read."""

from __future__ import annotations

from datetime import datetime

from app import clock, db
from app.dialogues.models import Dialogue
from app.dialogues.phases import queries
from app.dialogues.phases.models import Phase, ThingTime
from app.dialogues.times import ALWAYS


def keep_windows(dialogue: Dialogue) -> None:
    """Write into the dialogue's row when each of its things takes something in; in the unit that changed any of it."""
    db.session().flush()
    plan = queries.plan_of(dialogue.id)
    found = {key: plan.window(key) for key in plan.things}
    windows = {key: window.written() for key, window in sorted(found.items()) if window != ALWAYS}
    if windows != dialogue.windows:
        dialogue.windows = windows
    db.session().flush()


def stretch(dialogue: Dialogue, before: datetime) -> None:
    """The dialogue closed at `before` and closes later now: so does every phase and thing that closed with it."""
    for one in _all(dialogue):
        if one.closes_at == before:
            one.closes_at, one.ended_at = dialogue.closes_at, None
    keep_windows(dialogue)


def shift(dialogue: Dialogue, since: datetime, days: int) -> None:
    """Let every phase and thing that had not ended at `since` last as long as was announced: all move on so many days.

    What had begun keeps its opening. A phase whose feedback is out has ended for good.
    """
    for one in _all(dialogue):
        if isinstance(one, Phase) and one.published_at is not None:
            continue
        if one.opens_at is not None and one.opens_at > since:
            one.opens_at = clock.days_later(one.opens_at, days)
        if one.closes_at is not None and one.closes_at > since:
            one.closes_at, one.ended_at = clock.days_later(one.closes_at, days), None
    keep_windows(dialogue)


def forget(subject: str, dialogue: Dialogue | None) -> None:
    """The thing is gone, and its times with it."""
    row = db.session().get(ThingTime, subject)
    if row is not None:
        db.session().delete(row)
        if dialogue is not None:
            keep_windows(dialogue)


def _all(dialogue: Dialogue) -> list[Phase | ThingTime]:
    plan = queries.plan_of(dialogue.id)
    return [*plan.phases, *plan.things.values()]
