"""What happens while a dialogue is prepared, besides its edits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.events import Event, Say, by_name
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l

VERDICTS: Mapping[bool, LazyText] = {
    True: lazy_p("purpose", "concrete"),
    False: lazy_p("purpose", "not concrete enough"),
}


@dataclass(frozen=True, kw_only=True)
class SecondReaderAsked(Event):
    sentence: ClassVar[LazyText] = _l("Somebody was asked to read the purpose.")
    reader_id: int


@dataclass(frozen=True, kw_only=True)
class PurposeRead(Event):
    sentence: ClassVar[LazyText] = _l("The purpose was read by another official: %(is_concrete)s.")
    said: ClassVar[Mapping[str, Say]] = {"is_concrete": by_name(VERDICTS)}
    is_concrete: bool


EVENTS: tuple[type[Event], ...] = (SecondReaderAsked, PurposeRead)
