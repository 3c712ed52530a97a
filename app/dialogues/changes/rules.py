"""When a change is noted. What may be changed at all, each part's own rule says."""

from __future__ import annotations

from app.dialogues.models import Dialogue
from app.dialogues.stages import PUBLIC_STAGES, Stage

# From the opening on somebody may have taken part, so nothing is changed without a word; before, nobody has.
NOTED_STAGES = PUBLIC_STAGES - {Stage.ANNOUNCED}


def is_noted(dialogue: Dialogue | None) -> bool:
    """Whether a change of what residents take part in is told to them, with its reason."""
    return dialogue is not None and dialogue.stage in NOTED_STAGES
