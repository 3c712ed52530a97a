"""What happens to an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.events import Event
from app.i18n import LazyText
from app.i18n import lazy as _l


@dataclass(frozen=True, kw_only=True)
class ArticleCreated(Event):
    sentence: ClassVar[LazyText] = _l("The article “%(title)s” was written.")
    title: str


@dataclass(frozen=True, kw_only=True)
class ArticleChanged(Event):
    sentence: ClassVar[LazyText] = _l("The article “%(title)s” was changed.")
    title: str


@dataclass(frozen=True, kw_only=True)
class ArticlePublished(Event):
    sentence: ClassVar[LazyText] = _l("The article “%(title)s” was published.")
    title: str


@dataclass(frozen=True, kw_only=True)
class ArticleWithdrawn(Event):
    sentence: ClassVar[LazyText] = _l("The article “%(title)s” was withdrawn: %(reason)s")
    title: str
    reason: str


EVENTS: tuple[type[Event], ...] = (ArticleCreated, ArticleChanged, ArticlePublished, ArticleWithdrawn)
