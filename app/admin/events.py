"""What administrators did to the machinery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app import jobs
from app.events import Event, Say
from app.i18n import LazyText
from app.i18n import lazy as _l


@dataclass(frozen=True, kw_only=True)
class JobRetried(Event):
    """A job that had been given up is tried again."""

    sentence: ClassVar[LazyText] = _l("A background job that had stopped was started again: %(kind)s.")
    said: ClassVar[Mapping[str, Say]] = {"kind": lambda kind, _subject: jobs.name_of(kind)}
    kind: str


EVENTS = (JobRetried,)
