"""Every write about larger changes and residents' topics. An assessment is written with the dialogue that it is of."""

from app.dialogues.intake.service.changes import Case, consider, edit, flag
from app.dialogues.intake.service.topics import SENDS, AlreadySent, Proposed, decline, refer, send, take_up

__all__ = [
    "SENDS",
    "AlreadySent",
    "Case",
    "Proposed",
    "consider",
    "decline",
    "edit",
    "flag",
    "refer",
    "send",
    "take_up",
]
