"""That something was changed after the dialogue had opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.dialogues.changes.wording import PART_NAMES
from app.events import Event, Say, by_name
from app.i18n import LazyText
from app.i18n import lazy as _l


@dataclass(frozen=True, kw_only=True)
class ChangeNoted(Event):
    """`told_by`: the method that tells those of its own who took part in another mail; empty where none does."""

    sentence: ClassVar[LazyText] = _l("A change was noted for those who take part: %(part)s.")
    said: ClassVar[Mapping[str, Say]] = {"part": by_name(PART_NAMES)}
    part: str
    note_id: int
    told_by: str = ""


EVENTS: tuple[type[Event], ...] = (ChangeNoted,)
