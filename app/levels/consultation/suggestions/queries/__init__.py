"""Reads of boxes, of the suggestions in them, and of what is being written."""

from app.levels.consultation.suggestions.queries.boxes import (
    BOX,
    FIELDS,
    address_of_box,
    box,
    box_in,
    box_in_dialogue,
    box_of,
    box_row,
    boxes_visible_to,
    open_for_others,
    translatable,
)
from app.levels.consultation.suggestions.queries.cases import (
    HANDLERS,
    KIND,
    address_of,
    by_receipt,
    by_review,
    case,
    draft,
    handlers,
    kept_of,
    notes,
    of_picture,
    own,
    participants,
    path_of,
    picture,
    pictures,
    pictures_in_use,
    pictures_of_draft,
    recipient,
    step,
    steps,
    suggestion,
    suggestion_in,
    visible_to,
)
from app.levels.consultation.suggestions.queries.lists import Filter, Inbox, Listing, counts, inbox, listed

__all__ = (
    "BOX", "FIELDS", "HANDLERS", "KIND", "Filter", "Inbox", "Listing", "address_of", "address_of_box", "box",
    "box_in", "box_in_dialogue", "box_of", "box_row", "boxes_visible_to", "by_receipt", "by_review", "case",
    "counts", "draft", "handlers", "inbox", "kept_of", "listed", "notes", "of_picture", "open_for_others", "own",
    "participants", "path_of", "picture", "pictures", "pictures_in_use", "pictures_of_draft", "recipient", "step",
    "steps", "suggestion", "suggestion_in", "translatable", "visible_to",
)  # fmt: skip
