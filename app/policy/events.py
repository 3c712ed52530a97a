"""What happens to the guideline, and to what is told about the steps of the ladder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.events import Event
from app.i18n import LazyText
from app.i18n import lazy as _l


@dataclass(frozen=True, kw_only=True)
class GuidelineDraftBegun(Event):
    sentence: ClassVar[LazyText] = _l("A new version of the guideline was begun.")


@dataclass(frozen=True, kw_only=True)
class GuidelineDraftChanged(Event):
    sentence: ClassVar[LazyText] = _l("The draft of the guideline was changed.")


@dataclass(frozen=True, kw_only=True)
class GuidelineEntered(Event):
    sentence: ClassVar[LazyText] = _l("A version of the guideline was put on record: %(decided_on)s, § %(section_no)s.")
    decided_on: date
    section_no: str


@dataclass(frozen=True, kw_only=True)
class LadderEntryAdded(Event):
    sentence: ClassVar[LazyText] = _l("“%(title)s” was added to the page about how dialogues work.")
    title: str


@dataclass(frozen=True, kw_only=True)
class LadderEntryChanged(Event):
    sentence: ClassVar[LazyText] = _l("“%(title)s” was changed on the page about how dialogues work.")
    title: str


@dataclass(frozen=True, kw_only=True)
class LadderEntryRemoved(Event):
    sentence: ClassVar[LazyText] = _l("“%(title)s” was taken away from the page about how dialogues work.")
    title: str


EVENTS: tuple[type[Event], ...] = (
    GuidelineDraftBegun,
    GuidelineDraftChanged,
    GuidelineEntered,
    LadderEntryAdded,
    LadderEntryChanged,
    LadderEntryRemoved,
)
