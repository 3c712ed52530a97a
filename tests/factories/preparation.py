"""What is thought through before a body decides: goals, groups, the seven grounds, a second reader, a meeting."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app import clock, db
from app.dialogues.agenda.models import BodyMeeting
from app.dialogues.models import Dialogue
from app.dialogues.preparation import goals
from app.dialogues.preparation.models import (
    ChosenGoal,
    CostItem,
    GroundAnswer,
    LevelChoice,
    PurposeReading,
    Stakeholder,
)
from app.dialogues.preparation.words import GROUNDS


def prepare(dialogue: Dialogue) -> None:
    """All of it, so that the dialogue may be decided and announced."""
    reasons(dialogue)
    group(dialogue)
    group(
        dialogue, who="Region", interest="Kör bussarna längs gatan.", influence="great", is_affected=False,
        channels=["meeting"],
    )  # fmt: skip
    for key in GROUNDS:
        ground(dialogue, key)
    read(dialogue)
    if dialogue.body_key and dialogue.decision_on:
        meeting(dialogue.body_key, dialogue.decision_on)


def reasons(dialogue: Dialogue) -> LevelChoice:
    """Why this level, with one goal of the council."""
    goal = goals.goals()[0]
    made = LevelChoice(
        dialogue_id=dialogue.id,
        target_groups="De som bor, arbetar eller handlar längs gatan.",
        resources="Två handläggare en dag i veckan och 40 000 kronor.",
        reason="Många berörs lite var, och nämnden vill veta vad som väger tyngst.",
    )
    db.session().add_all([made, ChosenGoal(dialogue_id=dialogue.id, goal_key=goal.key, name=goal.name)])
    db.session().flush()
    return made


def group(dialogue: Dialogue, **fields: Any) -> Stakeholder:
    """A group that is affected and reached in two ways, unless told otherwise."""
    values: dict[str, Any] = {
        "who": "De som bor vid gatan",
        "interest": "Gatan är deras väg hem.",
        "influence": "some",
        "channels": ["letter", "poster"],
        "is_affected": True,
        "is_priority": False,
        "activity": "",
    }
    made = Stakeholder(dialogue_id=dialogue.id, **{**values, **fields})
    db.session().add(made)
    db.session().flush()
    return made


def priority_group(dialogue: Dialogue, **fields: Any) -> Stakeholder:
    """A group whose view should be heard in particular; what became of it is not noted yet."""
    values = {"who": "Unga", "is_priority": True, "activity": "Kväll på fritidsgården", "channels": ["school"]}
    return group(dialogue, **{**values, **fields})


def ground(dialogue: Dialogue, key: str, **fields: Any) -> GroundAnswer:
    values: dict[str, Any] = {"finding": "none", "words": "Frågan berör alla lika här.", "action": ""}
    made = GroundAnswer(dialogue_id=dialogue.id, ground=key, **{**values, **fields})
    db.session().add(made)
    db.session().flush()
    return made


def read(dialogue: Dialogue, *, is_concrete: bool = True, **fields: Any) -> PurposeReading:
    """What a second reader said of the purpose as it stands: nobody in particular, who finds it concrete."""
    values = {"edition": dialogue.purpose_edition, "purpose": dialogue.purpose, "read_at": clock.now()}
    note = "" if is_concrete else "Säg vad nämnden ska använda svaren till."
    made = PurposeReading(dialogue_id=dialogue.id, is_concrete=is_concrete, **{"note": note, **values, **fields})
    db.session().add(made)
    db.session().flush()
    return made


def meeting(body_key: str, held_on: date, days: int = 10) -> BodyMeeting:
    """The body's meeting on this day, which takes papers until so many days before; new, or the one that there is."""
    there = db.session().scalars(select(BodyMeeting).filter_by(body_key=body_key, held_on=held_on)).one_or_none()
    made = there or BodyMeeting(body_key=body_key, held_on=held_on, papers_by=held_on - timedelta(days=days))
    db.session().add(made)
    db.session().flush()
    return made


def cost(dialogue: Dialogue, kind: str = "part", text: str = "Utskick", kronor: int = 8000) -> CostItem:
    made = CostItem(dialogue_id=dialogue.id, kind=kind, text=text, kronor=kronor)
    db.session().add(made)
    db.session().flush()
    return made
