"""Change notes as residents see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app import subjects
from app.dialogues.changes.models import ChangeNote, Part
from app.dialogues.changes.wording import PART_NAMES
from app.i18n import LazyText
from app.multilingual.queries import Text


@dataclass(frozen=True)
class ShownNote:
    """One change: what it was, about which thing (empty: the dialogue), how it read and reads, and why."""

    at: datetime
    what: LazyText
    title: Text
    before: Text
    after: Text
    until: datetime | None
    why: Text


def notes(rows: Sequence[ChangeNote], said: Mapping[str, Mapping[str, Text]]) -> list[ShownNote]:
    """In the order of the rows. `said` may hold the texts of the things too: then they bear their names of today."""
    return [_shown(one, said) for one in rows]


def _shown(row: ChangeNote, said: Mapping[str, Mapping[str, Text]]) -> ShownNote:
    own = said[subjects.key("change_note", row.id)]
    thing = said.get(row.subject, {}).get("title") if row.title else None
    return ShownNote(
        at=row.at,
        what=PART_NAMES[Part(row.part)],
        title=thing if thing is not None and not row.subject.startswith("dialogue:") else own["title"],
        before=own["before"],
        after=own["after"],
        until=row.until,
        why=own["why"],
    )
