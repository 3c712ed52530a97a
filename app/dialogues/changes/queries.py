"""What has been changed in a dialogue since it opened."""

from __future__ import annotations

from sqlalchemy import select

from app import db
from app.dialogues.changes.models import ChangeNote
from app.dialogues.queries import Dossier
from app.dialogues.queries.belongings import belongs

belongs(ChangeNote)
MOST = 100  # on one page; a dialogue changes a handful of times


def notes_of(dialogue_id: int) -> list[ChangeNote]:
    """Every change, the latest first; one statement."""
    mine = select(ChangeNote).filter_by(dialogue_id=dialogue_id).order_by(ChangeNote.id.desc()).limit(MOST)
    return list(db.session().scalars(mine))


def notes_in(dossier: Dossier) -> list[ChangeNote]:
    """As notes_of, where the dossier is at hand; no statement of their own."""
    return dossier.rows(ChangeNote)[::-1]


def note(note_id: int) -> ChangeNote | None:
    return db.session().get(ChangeNote, note_id)
