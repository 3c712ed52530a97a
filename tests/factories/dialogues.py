"""Dialogues at any stage, without walking the life cycle."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app import clock, db
from app.dialogues.models import Dialogue
from app.dialogues.stages import Stage


def make_dialogue(stage: Stage = Stage.OPEN, *, level: str = "consultation", **fields: Any) -> Dialogue:
    """A complete dialogue at this stage; opened a week ago, closes in a week, unless told otherwise."""
    now = clock.now()
    values: dict[str, Any] = {
        "title": "Drottninggatan",
        "question": "Hur ska Drottninggatan se ut?",
        "summary": "Gatan får nya ledningar 2027. När den är uppgrävd kan den bli grönare.",
        "purpose": "Veta vad som är viktigast för dem som bor, vistas eller verkar i Vara när gatan byggs om.",
        "promise": "Kommunstyrelsen visar i februari, förslag för förslag, vad som följdes och varför.",
        "affected": "bor, vistas eller verkar i Vara",
        "body_key": "kommunstyrelsen",
        "contact_name": "Anna Ek",
        "contact_email": "anna.ek@vara.example",
        "contact_phone": "0512-310 00",
        "opens_at": now - timedelta(days=7),
        "closes_at": now + timedelta(days=7),
        "decision_on": (now + timedelta(days=60)).date(),
        "feedback_by": (now + timedelta(days=90)).date(),
    }
    dialogue = Dialogue(stage=stage, level=level, created_at=now, **{**values, **fields})
    db.session().add(dialogue)
    db.session().flush()
    return dialogue
