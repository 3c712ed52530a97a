"""Who hears of a change: the secretary who records it, the leads who proposed it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.accounts import queries as accounts
from app.dialogues import bodies, queries
from app.dialogues.amendments import events
from app.ladder import Notice, Recipient, nobody
from app.permissions import Role


def _holding(role: Role, event: Any) -> Iterable[Recipient]:
    people = accounts.holders(role, event.dialogue_id or 0)
    return (Recipient(person.email, person.language, person.id) for person in people)


def _secretaries(event: events.ChangePut) -> Iterable[Recipient]:
    return _holding(Role.SECRETARY, event)


def _leads(event: Any) -> Iterable[Recipient]:
    return _holding(Role.OFFICIAL, event)


def _facts(event: Any) -> Mapping[str, Any]:
    row = queries.dialogue(event.dialogue_id or 0)
    if row is None:
        return {}
    return {
        "dialogue": row.title,
        "body": bodies.name_of(row.body_key),
        "adopted": isinstance(event, events.DialogueAmended),
        "decision_path": f"/beslut/{row.id}",
        "desk_path": f"/arbetsyta/dialoger/{row.id}/andring",
    }


NOTICES = (
    Notice(events.ChangeDrafted, None, nobody),
    Notice(events.ChangePut, "dialogue_change_to_decide", _secretaries, _facts),
    Notice(events.ChangeWithdrawn, None, nobody),
    Notice(events.ChangeRejected, "dialogue_change_decided", _leads, _facts),
    Notice(events.DialogueAmended, "dialogue_change_decided", _leads, _facts),
)
