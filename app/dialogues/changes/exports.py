"""The change notes of a dialogue as a table that leaves."""

from __future__ import annotations

from sqlalchemy import select

from app.dialogues.changes.models import ChangeNote
from app.dialogues.exports import Rows, table
from app.i18n import lazy_p

COLUMNS = ("id", "at", "subject", "part", "title", "before", "after", "until", "why", "by_id")


def _notes(dialogue_id: int) -> Rows:
    rows = select(*(getattr(ChangeNote, name) for name in COLUMNS))
    return rows.where(ChangeNote.dialogue_id == dialogue_id).order_by(ChangeNote.id)


EXPORTS = (table("changes", lazy_p("export", "Changes after the opening"), _notes),)
