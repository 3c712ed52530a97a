"""Who hears of a change: those who record what the body decides about it, and those who lead the dialogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.dialogues import notices
from app.dialogues.amendments import events
from app.ladder import Notice, Recipient, nobody


def _secretaries(event: events.ChangePut) -> Iterable[Recipient]:
    return notices.secretaries(event.dialogue_id or 0)


def _leads(event: Any) -> Iterable[Recipient]:
    return notices.leads(event.dialogue_id or 0)


def _facts(event: Any) -> Mapping[str, Any]:
    about = notices.facts_of(event.dialogue_id)
    if not about:
        return {}
    path = f"/arbetsyta/dialoger/{event.dialogue_id}/andring"
    return {**about, "adopted": isinstance(event, events.DialogueAmended), "desk_path": path}


NOTICES = (
    Notice(events.ChangeDrafted, None, nobody),
    Notice(events.ChangePut, "dialogue_change_to_decide", _secretaries, _facts),
    Notice(events.ChangeWithdrawn, None, nobody),
    Notice(events.ChangeRejected, "dialogue_change_decided", _leads, _facts),
    Notice(events.DialogueAmended, "dialogue_change_decided", _leads, _facts),
)
