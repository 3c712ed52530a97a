"""How the demo dialogues were prepared: everything that their stages say must have been thought through."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from app import db
from app.accounts.models import Person
from app.dialogues.models import Dialogue
from app.dialogues.preparation import goals as council
from app.dialogues.preparation.models import (
    ChosenGoal,
    CostItem,
    GroundAnswer,
    LevelChoice,
    PurposeReading,
    PurposeRequest,
    Stakeholder,
)
from app.dialogues.preparation.words import GROUNDS
from app.permissions import Role

TEXTS = Path(__file__).with_name("demo_preparation.toml")
HALF = ("age", "sex", "ethnicity")  # what somebody who is not ready has answered

Entry = Mapping[str, Any]


def entries() -> dict[str, Entry]:
    """The preparation of each demo dialogue, by its key."""
    found: dict[str, Entry] = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    usual = found.pop("usual")
    return {key: {**entry, "grounds": {**usual, **entry.get("grounds", {})}} for key, entry in found.items()}


def write(entry: Entry, dialogue: Dialogue, at: datetime, staff: Mapping[Role, Person]) -> None:
    """Add the rows of one preparation, in the open unit."""
    number, session = dialogue.id, db.session()
    dialogue.commitment = entry.get("commitment", {}).get("sv", "")
    dialogue.purpose_by, dialogue.purpose_edition = staff[Role.OFFICIAL].id, 1
    reasons = {name: entry[name] for name in ("target_groups", "resources", "reason")}
    session.add(LevelChoice(dialogue_id=number, **reasons))
    session.add_all(
        ChosenGoal(dialogue_id=number, goal_key=goal.key, name=goal.name)
        for goal in council.goals()
        if goal.key in entry["goals"]
    )
    for one in entry["people"]:
        session.add(_group(number, one))
    answered = HALF if "half" in entry else tuple(GROUNDS)
    session.add_all(_ground(number, key, entry["grounds"][key]) for key in answered)
    for one in entry.get("costs", ()):
        session.add(CostItem(dialogue_id=number, kind=one["kind"], text=one["text"]["sv"], kronor=one["kronor"]))
    _read(dialogue, at, staff, is_done="half" not in entry)
    session.flush()


def _group(dialogue_id: int, one: Entry) -> Stakeholder:
    return Stakeholder(
        dialogue_id=dialogue_id,
        who=one["who"]["sv"],
        interest=one["interest"],
        influence=one["influence"],
        channels=one["channels"],
        is_affected=one.get("affected", True),
        is_priority=one.get("priority", False),
        activity=one.get("activity", {}).get("sv", ""),
        turnout=one.get("turnout"),
        follow_up=one.get("follow_up", {}).get("sv", ""),
    )


def _ground(dialogue_id: int, key: str, answer: list[str]) -> GroundAnswer:
    finding, words, *action = answer
    return GroundAnswer(dialogue_id=dialogue_id, ground=key, finding=finding, words=words, action="".join(action))


def _read(dialogue: Dialogue, at: datetime, staff: Mapping[Role, Person], *, is_done: bool) -> None:
    """The author asked a colleague to read the purpose, who has done so or has it left."""
    author, reader = staff[Role.OFFICIAL].id, staff[Role.COMMUNICATIONS].id
    same = {"dialogue_id": dialogue.id, "edition": dialogue.purpose_edition}
    db.session().add(PurposeRequest(**same, reader_id=reader, asked_by=author, asked_at=at))
    if is_done:
        reading = PurposeReading(
            **same, purpose=dialogue.purpose, is_concrete=True, note="", written_by=author, read_by=reader, read_at=at
        )
        db.session().add(reading)
