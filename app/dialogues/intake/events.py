"""What happens to larger changes and to the topics that residents propose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.events import Event, Say, by_name
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l

OUTCOME_NAMES = {
    "dialogue": lazy_p("consideration", "A dialogue is held"),
    "none": lazy_p("consideration", "No dialogue is held"),
}


@dataclass(frozen=True, kw_only=True)
class ChangeFlagged(Event):
    sentence: ClassVar[LazyText] = _l("A case was flagged as a larger change: %(title)s (%(case_number)s).")
    title: str
    case_number: str


@dataclass(frozen=True, kw_only=True)
class ChangeEdited(Event):
    sentence: ClassVar[LazyText] = _l("What stands about a larger change was edited: %(title)s (%(case_number)s).")
    title: str
    case_number: str


@dataclass(frozen=True, kw_only=True)
class ChangeConsidered(Event):
    sentence: ClassVar[LazyText] = _l("It was considered whether to hold a dialogue. %(outcome)s: %(reason)s")
    said: ClassVar[Mapping[str, Say]] = {"outcome": by_name(OUTCOME_NAMES)}
    outcome: str
    reason: str


EVENTS: tuple[type[Event], ...] = (ChangeFlagged, ChangeEdited, ChangeConsidered)
