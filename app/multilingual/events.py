"""What happened to translations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.events import Event
from app.i18n import LazyText
from app.i18n import lazy as _l


@dataclass(frozen=True, kw_only=True)
class TranslationDrafted(Event):
    sentence: ClassVar[LazyText] = _l("A text (%(field)s) was translated into the language %(language)s.")

    field: str
    language: str
    source_version: str


@dataclass(frozen=True, kw_only=True)
class TranslationReviewed(Event):
    sentence: ClassVar[LazyText] = _l("A translation (%(field)s) into the language %(language)s was reviewed.")

    field: str
    language: str
    source_version: str


@dataclass(frozen=True, kw_only=True)
class TranslationBrought(Event):
    sentence: ClassVar[LazyText] = _l("A reviewed translation (%(field)s) into %(language)s was brought in.")

    field: str
    language: str
    source_version: str


EVENTS = (TranslationDrafted, TranslationReviewed, TranslationBrought)
