"""Who hears of what was considered: whoever put a question up, when it is not held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.accounts import queries as accounts
from app.dialogues import queries as dialogues
from app.dialogues.events import DialogueMoved
from app.dialogues.intake import events
from app.dialogues.intake.queries.register import NOT_HELD
from app.ladder import Notice, Recipient, nobody


def proposers(event: DialogueMoved) -> Iterable[Recipient]:
    """Whoever put the question up, when it has been considered and is not held."""
    if event.to_stage not in NOT_HELD or event.dialogue_id is None:
        return ()
    row = dialogues.dialogue(event.dialogue_id)
    person = accounts.person(row.created_by) if row is not None and row.created_by else None
    return () if person is None or person.blocked_at else (Recipient(person.email, person.language, person.id),)


def facts(event: DialogueMoved) -> Mapping[str, Any]:
    row = dialogues.dialogue(event.dialogue_id or 0)
    title = (row.question or row.title) if row is not None else ""
    return {"question": title, "note": event.note, "to_stage": event.to_stage, "path": "/dialoger/overvagda"}


NOTICES = (
    Notice(DialogueMoved, "intake_not_held", proposers, facts),
    Notice(events.ChangeFlagged, None, nobody),
    Notice(events.ChangeEdited, None, nobody),
    Notice(events.ChangeConsidered, None, nobody),
)
