"""What left: who took it, in which format, with or without personal data. `subject` is "dialogue:id"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.events import Event, Say, by_name
from app.exports.formats import SHORT_NAMES
from app.i18n import LazyText
from app.i18n import lazy as _l


@dataclass(frozen=True, kw_only=True)
class ExportMade(Event):
    """A file was made of what a dialogue has collected. `table` is the only one in it; empty: everything."""

    sentence: ClassVar[LazyText] = _l(
        "An export was made (format: %(format)s, rows: %(rows)s, with personal data: %(personal_data)s)."
    )
    said: ClassVar[Mapping[str, Say]] = {"format": by_name(SHORT_NAMES)}
    format: str
    personal_data: bool
    rows: int
    table: str = ""


@dataclass(frozen=True, kw_only=True)
class ExportFetched(Event):
    """Its owner fetched the file."""

    sentence: ClassVar[LazyText] = _l(
        "An export was fetched (format: %(format)s, with personal data: %(personal_data)s)."
    )
    said: ClassVar[Mapping[str, Say]] = {"format": by_name(SHORT_NAMES)}
    format: str
    personal_data: bool


EVENTS = (ExportMade, ExportFetched)
