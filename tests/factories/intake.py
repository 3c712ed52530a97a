"""Larger changes, and the topics that residents propose."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from app import clock, db
from app.dialogues.intake import prior
from app.dialogues.intake.models import ChangeConsideration, LargerChange
from app.dialogues.models import Dialogue

_numbers = count(1)


def make_change(days: int = 90, **fields: Any) -> LargerChange:
    """A larger change that is decided in so many days, and for which nothing has been considered."""
    number = fields.pop("case_number", f"KS 2026/{next(_numbers)}")
    values: dict[str, Any] = {
        "title": "Skolan i Larv läggs ner",
        "case_number": number,
        "case_key": prior.key_of(number),
        "area": "skola",
        "body_key": "bildningsnamnden",
        "decision_on": clock.today() + timedelta(days=days),
        "flagged_at": clock.now(),
    }
    made = LargerChange(**{**values, **fields})
    db.session().add(made)
    db.session().flush()
    return made


def consider(change: LargerChange, dialogue: Dialogue | None = None, **fields: Any) -> ChangeConsideration:
    """Whether a dialogue is held for it: this one, or none."""
    values: dict[str, Any] = {
        "outcome": "none" if dialogue is None else "dialogue",
        "dialogue_id": dialogue.id if dialogue else None,
        "reason": "Skollagen låter inget annat vara möjligt.",
        "considered_by": "Bildningsnämndens arbetsutskott",
        "at": clock.now(),
    }
    made = ChangeConsideration(change_id=change.id, **{**values, **fields})
    db.session().add(made)
    db.session().flush()
    return made
