"""Who hears of the calendar: those who lead a dialogue whose time plan followed a meeting to another day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.dialogues import notices
from app.dialogues.agenda import events
from app.dialogues.agenda.events import TimePlanFollowed
from app.ladder import Notice, Recipient, nobody


def _leads(event: TimePlanFollowed) -> Iterable[Recipient]:
    return notices.leads(event.dialogue_id or 0)


def _facts(event: TimePlanFollowed) -> Mapping[str, Any]:
    about = notices.facts_of(event.dialogue_id)
    if not about:
        return {}
    days = {"was_held_on": event.was_held_on.isoformat(), "held_on": event.held_on.isoformat()}
    return {**about, **days, "body": event.body}


NOTICES = (
    Notice(events.BodyMeetingAdded, None, nobody),
    Notice(events.BodyMeetingChanged, None, nobody),
    Notice(events.BodyMeetingRemoved, None, nobody),
    Notice(TimePlanFollowed, "dialogue_meeting_moved", _leads, _facts),
)
