"""Reads of dialogues: one with what belongs to it (`Dossier`), and lists."""

from app.dialogues.queries.belongings import belongs
from app.dialogues.queries.dossier import (
    Dossier,
    cards_of,
    guideline_of,
    guidelines_of,
    outcome_of,
    paused_at,
    scope_of,
)
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
from app.dialogues.queries.yearly import count_called_off, count_carried_out

__all__ = [
    "DECIDERS",
    "Cursor",
    "Dossier",
    "Listing",
    "awaiting_decision",
    "belongs",
    "cards_of",
    "count_called_off",
    "count_carried_out",
    "dialogue",
    "due_by_clock",
    "guideline_of",
    "guidelines_of",
    "in_hand",
    "listed",
    "may_see_all",
    "of",
    "outcome_of",
    "paused_at",
    "public_stages",
    "scope_of",
    "visible_to",
    "with_decision",
]
