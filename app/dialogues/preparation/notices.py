"""Who hears of what a preparation waits for: whoever was asked to read a purpose, and whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from app import db
from app.accounts import queries as accounts
from app.dialogues import queries as dialogues
from app.dialogues.preparation import queries
from app.dialogues.preparation.events import PurposeRead, SecondReaderAsked
from app.dialogues.preparation.models import PurposeReading
from app.ladder import Notice, Recipient


def _reader(event: SecondReaderAsked) -> Iterable[Recipient]:
    return _person(event.reader_id)


def _author(event: PurposeRead) -> Iterable[Recipient]:
    row = dialogues.dialogue(event.dialogue_id or 0)
    return _person(queries.author_of(row)) if row is not None else ()


def _person(person_id: int | None) -> Iterable[Recipient]:
    person = accounts.person(person_id) if person_id is not None else None
    return () if person is None else (Recipient(person.email, person.language, person.id),)


def _facts(event: SecondReaderAsked | PurposeRead) -> Mapping[str, Any]:
    """Plain values for the words of a mail; texts are the Swedish source."""
    row = dialogues.dialogue(event.dialogue_id or 0)
    if row is None:
        return {}
    read = db.session().scalars(
        select(PurposeReading).filter_by(dialogue_id=row.id, edition=row.purpose_edition)
    ).first()  # fmt: skip
    return {
        "dialogue": row.title,
        "purpose": row.purpose,
        "path": f"/arbetsyta/dialoger/{row.id}/syfte/lasning",
        "is_concrete": bool(read and read.is_concrete),
        "note": read.note if read else "",
    }


NOTICES = (
    Notice(SecondReaderAsked, "purpose_to_read", _reader, _facts),
    Notice(PurposeRead, "purpose_read", _author, _facts),
)
