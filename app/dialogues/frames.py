"""What every page that stands within a dialogue's frame (`dialogues/frame.html`) needs, whichever method it is of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app import ladder, subjects
from app.dialogues import texts
from app.dialogues.addresses import slug
from app.dialogues.models import Dialogue
from app.dialogues.stages import PUBLIC_STAGES


def here(dialogue: Dialogue) -> dict[str, Any]:
    """The values of a dialogue's addresses."""
    return {"dialogue_id": dialogue.id, "slug": slug(dialogue.title)}


def frame(dialogue: Dialogue, said: Mapping[str, texts.Said]) -> dict[str, Any]:
    """Names for the template. `said` holds the texts of the dialogue by its subject key (see `texts.said`)."""
    return {
        "dialogue": dialogue,
        "here": here(dialogue),
        "t": said[subjects.key("dialogue", dialogue.id)],
        "level": ladder.level(dialogue.level) if dialogue.level else None,
        "proper": texts.proper,
        "is_preview": dialogue.stage not in PUBLIC_STAGES,
    }
