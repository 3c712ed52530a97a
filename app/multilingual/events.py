"""What happened to translations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.events import Event, Say, by_name
from app.i18n import LANGUAGE_NAMES, LazyText
from app.i18n import lazy as _l
from app.multilingual import sources

SAID: Mapping[str, Say] = {"field": sources.label, "language": by_name(LANGUAGE_NAMES)}


@dataclass(frozen=True, kw_only=True)
class TranslationDrafted(Event):
    sentence: ClassVar[LazyText] = _l("A text (%(field)s) was translated into the language %(language)s.")
    said: ClassVar[Mapping[str, Say]] = SAID
    field: str
    language: str
    source_version: str


@dataclass(frozen=True, kw_only=True)
class TranslationReviewed(Event):
    sentence: ClassVar[LazyText] = _l("A translation (%(field)s) into the language %(language)s was reviewed.")
    said: ClassVar[Mapping[str, Say]] = SAID
    field: str
    language: str
    source_version: str


@dataclass(frozen=True, kw_only=True)
class TranslationBrought(Event):
    sentence: ClassVar[LazyText] = _l("A reviewed translation (%(field)s) into %(language)s was brought in.")
    said: ClassVar[Mapping[str, Say]] = SAID
    field: str
    language: str
    source_version: str


EVENTS = (TranslationDrafted, TranslationReviewed, TranslationBrought)
