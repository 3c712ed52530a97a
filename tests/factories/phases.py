"""Phases of a dialogue, and times of its things."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from app import db, richtext
from app.dialogues.models import Dialogue
from app.dialogues.phases import shifting
from app.dialogues.phases.models import Phase, ThingTime


def make_phase(dialogue: Dialogue, opens: timedelta, closes: timedelta, **fields: Any) -> Phase:
    """A phase from `opens` to `closes` after the dialogue's own opening."""
    assert dialogue.opens_at is not None
    interim = fields.get("interim", "")
    values = {
        "name": "Vi samlar idéer",
        "opens_at": dialogue.opens_at + opens,
        "closes_at": dialogue.opens_at + closes,
        "interim_html": richtext.from_markdown(interim) if interim else None,
        **fields,
    }
    made = Phase(dialogue_id=dialogue.id, **values)
    db.session().add(made)
    shifting.keep_windows(dialogue)
    return made


def time_thing(
    dialogue: Dialogue,
    subject: str,
    *,
    phase: Phase | None = None,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
) -> ThingTime:
    """Let a thing ("survey:3") belong to a phase and have times of its own, whatever the rules would say of it."""
    made = ThingTime(
        subject=subject, dialogue_id=dialogue.id, phase_id=phase.id if phase else None, opens_at=opens_at,
        closes_at=closes_at,
    )  # fmt: skip
    db.session().add(made)
    shifting.keep_windows(dialogue)
    return made
