"""Who hears of a change: those who have taken part and can be reached, as each method names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app import ladder
from app.dialogues.changes import queries
from app.dialogues.changes.events import ChangeNoted
from app.dialogues.notices import facts_of
from app.ladder import Notice, Recipient


def _participants(event: ChangeNoted) -> Iterable[Recipient]:
    for method in ladder.methods():
        if event.dialogue_id is not None and method.key != event.told_by:
            yield from method.participants(event.dialogue_id)


def _facts(event: ChangeNoted) -> Mapping[str, Any]:
    """Plain values about the change and its dialogue, for the words of a mail; texts are the Swedish source."""
    row = queries.note(event.note_id)
    if row is None or event.dialogue_id is None:
        return {}
    return {
        **facts_of(event.dialogue_id),
        "part": row.part,
        "thing": row.title,
        "before": row.before,
        "after": row.after,
        "until": row.until.isoformat() if row.until else "",
        "why": row.why,
    }


NOTICES = (Notice(ChangeNoted, "dialogue_changed", _participants, _facts),)
