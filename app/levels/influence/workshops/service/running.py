"""Planning a workshop, moving it from step to step, and closing it."""

from __future__ import annotations

from typing import Any

from app import clock, db, subjects
from app.contributions import service as engine
from app.dialogues.models import Dialogue
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.service import drop_card
from app.i18n import lazy as _l
from app.levels.influence.workshops import queries
from app.levels.influence.workshops.events import (
    WorkshopChanged,
    WorkshopClosed,
    WorkshopMoved,
    WorkshopStarted,
    WorkshopWithdrawn,
)
from app.levels.influence.workshops.models import STEPS, Step, Workshop, WorkshopStep
from app.levels.influence.workshops.rules import Do
from app.levels.influence.workshops.service.counting import held, keep, tell
from app.permissions import Actor, require


def start(actor: Actor, dialogue: Dialogue, facts: dict[str, Any]) -> Workshop:
    """Plan a workshop. `facts`: title, lead, dots, one_a_card, reads_first."""
    require(actor, Do.START, dialogue)
    row = make(dialogue, {**facts, "created_by": actor.person_id, "created_at": clock.now()})
    keep(row)
    tell(actor, row, WorkshopStarted)
    return row


def make(dialogue: Dialogue, values: dict[str, Any]) -> Workshop:
    """The row with its three steps, each a container of cards."""
    row = Workshop(dialogue_id=dialogue.id, **values)
    db.session().add(row)
    db.session().flush()
    for step in STEPS:
        container = engine.make_container(queries.CARD, dialogue.id)
        db.session().add(WorkshopStep(container=container, workshop_id=row.id, step=step))
    db.session().flush()
    return row


def change(actor: Actor, row: Workshop, facts: dict[str, Any], version: int) -> None:
    """Save a change that began at `version`. Raises Overtaken, or NotAccepted where it would change what dots are."""
    row = held(row, to_change=True)
    require(actor, Do.CHANGE, row)
    if row.version != version:
        raise Overtaken(row.id)
    ruled = [name for name in ("dots", "one_a_card") if getattr(row, name) != facts[name]]
    if ruled and queries.has_dots(row.id):
        raise NotAccepted(ruled[0], _l("Somebody has put a dot already, so the rules for dots stay as they are."))
    for column, value in facts.items():
        setattr(row, column, value)
    row.edited_at = clock.now()
    keep(row)
    tell(actor, row, WorkshopChanged)


def withdraw(actor: Actor, row: Workshop) -> None:
    """Take away a workshop that nobody has written a card in."""
    row = held(row, to_change=True)
    require(actor, Do.WITHDRAW, row)
    row.withdrawn_at = clock.now()
    drop_card(subjects.key("workshop", row.id))
    tell(actor, row, WorkshopWithdrawn)


def move(actor: Actor, row: Workshop, step: Step) -> bool:
    """Let the workshop work on this step. Returns False where it does already, so that nobody is told twice."""
    row = held(row, to_change=True)
    require(actor, Do.MOVE, row)
    if row.step == step:
        return False
    row.step = step
    tell(actor, row, WorkshopMoved, step=step.value)
    return True


def close(actor: Actor, row: Workshop) -> None:
    """Nobody writes here any more; what came of it stands in the proposals."""
    row = held(row, to_change=True)
    require(actor, Do.CLOSE, row)
    row.closed_at = clock.now()
    keep(row)
    tell(actor, row, WorkshopClosed)
