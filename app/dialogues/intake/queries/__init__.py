"""Reads of what was considered: assessments, the public register, larger changes, and what residents propose."""

from app.dialogues.intake.queries.assessing import Assessed, assessed
from app.dialogues.intake.queries.changes import (
    Considered,
    change,
    changes_visible_to,
    considerations,
    dialogues_to_name,
    overdue,
    settled,
    waiting,
)
from app.dialogues.intake.queries.register import ChangeNotHeld, NotHeld, Place, Register, ended, not_held_for, register

__all__ = [
    "Assessed",
    "ChangeNotHeld",
    "Considered",
    "NotHeld",
    "Place",
    "Register",
    "assessed",
    "change",
    "changes_visible_to",
    "considerations",
    "dialogues_to_name",
    "ended",
    "not_held_for",
    "overdue",
    "register",
    "settled",
    "waiting",
]
