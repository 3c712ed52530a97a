"""Every write about dialogues. `moves.move` alone changes a stage."""

from app.dialogues.service.cards import drop_card, keep_card
from app.dialogues.service.clockwork import tick
from app.dialogues.service.drafting import (
    ask,
    assess,
    choose_level,
    describe,
    extend,
    give_promise,
    propose,
    resume,
    schedule,
    set_purpose,
)
from app.dialogues.service.moves import keep_stage, key_of, missing, missing_in, move
from app.dialogues.service.outcomes import write_outcome
from app.dialogues.service.records import RULINGS, Minutes, record, supersede
from app.dialogues.service.scope import add_item, edit_item, remove_item, shift_item

__all__ = [
    "RULINGS",
    "Minutes",
    "add_item",
    "ask",
    "assess",
    "choose_level",
    "describe",
    "drop_card",
    "edit_item",
    "extend",
    "give_promise",
    "keep_card",
    "keep_stage",
    "key_of",
    "missing",
    "missing_in",
    "move",
    "propose",
    "record",
    "remove_item",
    "resume",
    "schedule",
    "set_purpose",
    "shift_item",
    "supersede",
    "tick",
    "write_outcome",
]
