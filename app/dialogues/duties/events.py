"""What happens to the duties of a dialogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.events import Event
from app.i18n import LazyText
from app.i18n import lazy as _l


@dataclass(frozen=True, kw_only=True)
class DutiesShared(Event):
    sentence: ClassVar[LazyText] = _l("It was settled who does what in the dialogue.")
    holders: dict[str, list[int]]  # duty → holder and substitute, by person


EVENTS: tuple[type[Event], ...] = (DutiesShared,)
