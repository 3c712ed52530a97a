"""Reads of dialogues: one with what belongs to it (`Dossier`), and lists."""

from app.dialogues.queries.dossier import Dossier, cards_of, outcome_of, scope_of
from app.dialogues.queries.lists import (
    DECIDERS,
    Cursor,
    Listing,
    awaiting_decision,
    dialogue,
    due_by_clock,
    in_hand,
    listed,
    of,
    public_stages,
    with_decision,
)
from app.dialogues.queries.visibility import may_see_all, visible_to

__all__ = [
    "DECIDERS",
    "Cursor",
    "Dossier",
    "Listing",
    "awaiting_decision",
    "cards_of",
    "dialogue",
    "due_by_clock",
    "in_hand",
    "listed",
    "may_see_all",
    "of",
    "outcome_of",
    "public_stages",
    "scope_of",
    "visible_to",
    "with_decision",
]
