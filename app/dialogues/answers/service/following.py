"""What the municipality said it would do, until it is done. Lives on in an archived dialogue (see rules)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app import clock, db
from app.dialogues.answers.events import FollowUpMoved, FollowUpWritten
from app.dialogues.answers.models import FollowUp, FollowUpChange, Progress
from app.dialogues.answers.rules import Do
from app.dialogues.models import Dialogue
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.service import moves
from app.events import emit
from app.i18n import lazy as _l
from app.permissions import Actor, require


@dataclass(frozen=True)
class Doing:
    """What is done, which unit is responsible, and by when."""

    text: str
    unit: str
    due_on: date


def add_follow_up(actor: Actor, dialogue: Dialogue, doing: Doing) -> FollowUp:
    """Write something that the municipality will do."""
    moves.lock(dialogue)
    require(actor, Do.FOLLOW_UP, dialogue)
    made = FollowUp(
        dialogue_id=dialogue.id, text=doing.text, unit=doing.unit, due_on=doing.due_on,
        progress=Progress.PLANNED, why="",
        written_by=actor.person_id, written_at=clock.now(),
    )  # fmt: skip
    db.session().add(made)
    db.session().flush()
    _note(actor, made)
    key = moves.key_of(dialogue)
    emit(FollowUpWritten(subject=key, actor=actor, dialogue_id=dialogue.id, text=doing.text, due_on=doing.due_on))
    return made


def edit_follow_up(
    actor: Actor, dialogue: Dialogue, version: int, item: FollowUp, doing: Doing, *, progress: str, why: str
) -> None:
    """Say how far it has come, or mend what it says. Each change of its state, its day or its reason stays in its log.

    Raises NotAccepted where it will not be done and nobody says why, Overtaken where somebody else has saved it since.
    """
    moves.lock(dialogue)
    require(actor, Do.FOLLOW_UP, dialogue)
    db.session().refresh(item)
    if item.version != version:
        raise Overtaken(dialogue.id)
    if progress not in set(Progress):
        raise NotAccepted("progress", _l("Choose one."))
    if progress == Progress.NOT_DONE and not why.strip():
        raise NotAccepted("why", _l("Say why it will not be done, in words that everyone can read."))
    came_on = (item.progress, item.due_on, item.why) != (progress, doing.due_on, why)
    item.text, item.unit, item.due_on, item.progress, item.why = doing.text, doing.unit, doing.due_on, progress, why
    db.session().flush()
    if came_on:
        _note(actor, item)
        key = moves.key_of(dialogue)
        emit(FollowUpMoved(subject=key, actor=actor, dialogue_id=dialogue.id, text=doing.text, progress=progress))


def _note(actor: Actor, item: FollowUp) -> None:
    change = FollowUpChange(
        follow_up_id=item.id, progress=item.progress, due_on=item.due_on, why=item.why, at=clock.now(),
        by_id=actor.person_id,
    )  # fmt: skip
    db.session().add(change)
    db.session().flush()
