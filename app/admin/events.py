"""What administrators did to the machinery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.events import Event
from app.i18n import LazyText
from app.i18n import lazy as _l


@dataclass(frozen=True, kw_only=True)
class JobRetried(Event):
    """A job that had been given up is tried again."""

    sentence: ClassVar[LazyText] = _l("A background job that had stopped was started again: %(kind)s.")
    kind: str


EVENTS = (JobRetried,)
