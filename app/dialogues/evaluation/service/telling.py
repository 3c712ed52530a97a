"""What every event of an evaluation says."""

from __future__ import annotations

from typing import Any

from app.dialogues.models import Dialogue
from app.dialogues.service import key_of
from app.permissions import Actor


def about(actor: Actor, dialogue: Dialogue) -> dict[str, Any]:
    """Who did it, and in which dialogue."""
    return {"subject": key_of(dialogue), "actor": actor, "dialogue_id": dialogue.id}
