"""Every write of boxes and suggestions."""

from app.levels.consultation.suggestions.service.boxes import (
    AlreadyThere,
    Overtaken,
    Place,
    change_box,
    count_later,
    count_now,
    keep,
    open_again,
    open_box,
    shut_box,
)
from app.levels.consultation.suggestions.service.drafting import (
    DRAFTS_LAST,
    MOST_PICTURES,
    PICTURES,
    UPLOADS,
    add_picture,
    describe_pictures,
    drop_picture,
    forget_draft,
    forget_later,
    keep_draft,
)
from app.levels.consultation.suggestions.service.handling import (
    KEPT,
    Taken,
    assign,
    claim,
    forget_sender,
    move,
    note,
    release,
    set_status,
    was_judged,
)
from app.levels.consultation.suggestions.service.sending import SENDS, Written, is_same, receipt, register, send
from app.levels.consultation.suggestions.service.supporting import support, take_back

__all__ = (
    "DRAFTS_LAST", "KEPT", "MOST_PICTURES", "PICTURES", "SENDS", "UPLOADS", "AlreadyThere", "Overtaken", "Place",
    "Taken", "Written", "add_picture", "assign", "change_box", "claim", "count_later", "count_now",
    "describe_pictures", "drop_picture", "forget_draft", "forget_later", "forget_sender", "is_same", "keep",
    "keep_draft", "move", "note", "open_again", "open_box", "receipt", "register", "release", "send", "set_status",
    "shut_box", "support", "take_back", "was_judged",
)  # fmt: skip
