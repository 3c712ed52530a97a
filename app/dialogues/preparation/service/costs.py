"""What the dialogue costs, and what the options under discussion cost against their frame; in whole kronor."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, select, true

from app import db
from app.dialogues import service
from app.dialogues.models import Dialogue
from app.dialogues.preparation.models import CostItem
from app.dialogues.preparation.rules import Do
from app.dialogues.preparation.words import COSTS, MOST_KRONOR, Cost
from app.dialogues.problems import NotAccepted, Overtaken
from app.i18n import lazy as _l
from app.permissions import Actor, require


@dataclass(frozen=True, kw_only=True)
class Price:
    """A sum and what it is for."""

    kind: str
    text: str
    kronor: int


def add_cost(actor: Actor, dialogue: Dialogue, price: Price) -> CostItem:
    """Add a sum, last. Raises NotAccepted for what it lacks, for one that is there already, or a second frame."""
    service.hold(actor, Do.PRICE, dialogue, None)
    row = CostItem(dialogue_id=dialogue.id)
    _write(actor, row, price)
    db.session().add(row)
    _save(actor, dialogue)
    return row


def change_cost(actor: Actor, dialogue: Dialogue, version: int, row: CostItem, price: Price) -> None:
    """Change one. Raises Overtaken where somebody else has saved the dialogue since `version`."""
    service.hold(actor, Do.PRICE, dialogue, version)
    require(actor, Do.PRICE, row)
    _write(actor, row, price)
    _save(actor, dialogue)


def remove_cost(actor: Actor, dialogue: Dialogue, row: CostItem) -> None:
    service.hold(actor, Do.PRICE, dialogue, None)
    require(actor, Do.PRICE, row)
    db.session().delete(row)
    service.changed(actor, dialogue, "costs")


def _write(actor: Actor, row: CostItem, price: Price) -> None:
    if price.kind not in set(COSTS):
        raise NotAccepted("kind", _l("Choose what it is for."))
    require(actor, Do.PRICE, CostItem(dialogue_id=row.dialogue_id, kind=price.kind))
    if not price.text.strip():
        raise NotAccepted("text", _l("Say what costs this much."))
    if not 0 <= price.kronor <= MOST_KRONOR:
        raise NotAccepted("kronor", _l("Give a sum in whole kronor."))
    mine = CostItem.dialogue_id == row.dialogue_id
    same = true() if price.kind == Cost.FRAME else CostItem.text == price.text
    taken = exists().where(mine, CostItem.kind == price.kind, same, CostItem.id != (row.id or 0))
    if db.session().scalar(select(taken)):
        frame = _l("There is a frame already. Change that one.")
        raise NotAccepted("text", frame if price.kind == Cost.FRAME else _l("This is in the list already."))
    row.kind, row.text, row.kronor = price.kind, price.text, price.kronor


def _save(actor: Actor, dialogue: Dialogue) -> None:
    db.flush_or(Overtaken(dialogue.id))
    service.changed(actor, dialogue, "costs")
