"""The texts of change notes in the reader's language, and those that can be translated."""

from __future__ import annotations

from collections.abc import Mapping

from app import subjects
from app.dialogues.changes import queries
from app.dialogues.changes.models import ChangeNote
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l
from app.multilingual.queries import Row
from app.multilingual.sources import Item, Source, labels

FIELDS: Mapping[str, tuple[LazyText, int]] = {
    "title": (_l("What the change is about"), 300),
    "before": (_l("How it read before"), 20_000),
    "after": (_l("How it reads now"), 20_000),
    "why": (_l("Why it was changed"), 2000),
}


def row_of(note: ChangeNote) -> Row:
    return subjects.key("change_note", note.id), {one: (getattr(note, one), None) for one in FIELDS}


def _of_dialogue(dialogue_id: int | None) -> list[Item]:
    return [
        Item(subjects.key("change_note", one.id), one.why, field, label, getattr(one, field), longest=longest)
        for one in (queries.notes_of(dialogue_id) if dialogue_id is not None else [])
        for field, (label, longest) in FIELDS.items()
    ]


SOURCES = (Source("change_note", lazy_p("subject", "What was changed"), labels(FIELDS), _of_dialogue),)
