"""What happens to readers' answers. That one was given is not in the log: its time would say who it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.events import Event
from app.i18n import LazyText
from app.i18n import lazy as _l


@dataclass(frozen=True, kw_only=True)
class PageAnswerRemoved(Event):
    sentence: ClassVar[LazyText] = _l("What a reader had written about a page was taken away.")


EVENTS: tuple[type[Event], ...] = (PageAnswerRemoved,)
