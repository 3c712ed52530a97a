"""Who hears of the calendar: the dialogue leads whose time plan followed a meeting to another day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.accounts import queries as accounts
from app.dialogues import queries
from app.dialogues.agenda import events
from app.dialogues.agenda.events import TimePlanFollowed
from app.ladder import Notice, Recipient, nobody
from app.permissions import Role


def _leads(event: TimePlanFollowed) -> Iterable[Recipient]:
    people = accounts.holders(Role.OFFICIAL, event.dialogue_id or 0)
    return (Recipient(person.email, person.language, person.id) for person in people)


def _facts(event: TimePlanFollowed) -> Mapping[str, Any]:
    row = queries.dialogue(event.dialogue_id or 0)
    if row is None:
        return {}
    return {
        "dialogue": row.title,
        "body": event.body,
        "was_held_on": event.was_held_on.isoformat(),
        "held_on": event.held_on.isoformat(),
        "desk_path": f"/arbetsyta/dialoger/{row.id}",
    }


NOTICES = (
    Notice(events.BodyMeetingAdded, None, nobody),
    Notice(events.BodyMeetingChanged, None, nobody),
    Notice(events.BodyMeetingRemoved, None, nobody),
    Notice(TimePlanFollowed, "dialogue_meeting_moved", _leads, _facts),
)
