"""Who hears what came of a phase: everyone who has taken part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.dialogues.notices import facts_of, participants
from app.dialogues.phases import events, queries
from app.dialogues.phases.events import InterimPublished
from app.ladder import Notice, Recipient, nobody


def _participants(event: InterimPublished) -> Iterable[Recipient]:
    return participants(event.dialogue_id) if event.dialogue_id is not None else ()


def _facts(event: InterimPublished) -> Mapping[str, Any]:
    """The words of the mail; the text itself is read on the page of the dialogue, in the reader's language."""
    return {**facts_of(event.dialogue_id), "phase": event.name} if queries.phase(event.phase_id) else {}


NOTICES = (
    Notice(InterimPublished, "dialogue_interim", _participants, _facts),
    *(Notice(one, None, nobody) for one in events.EVENTS if one is not InterimPublished),
)
