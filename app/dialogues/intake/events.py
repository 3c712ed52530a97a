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
STATUS_NAMES = {
    "received": lazy_p("topic", "Received"),
    "taken_up": lazy_p("topic", "Taken up"),
    "declined": lazy_p("topic", "No dialogue"),
    "referred": lazy_p("topic", "Belongs to somebody else"),
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


@dataclass(frozen=True, kw_only=True)
class TopicSent(Event):
    """Who sent it stands with the topic; the log, which is kept for longer, names nobody and repeats no words."""

    sentence: ClassVar[LazyText] = _l("A resident proposed a topic for a dialogue.")


@dataclass(frozen=True, kw_only=True)
class TopicAnswered(Event):
    """`answer_id` leads to the answer's words. Of one that is taken up, the dialogue is the event's."""

    sentence: ClassVar[LazyText] = _l("A topic that a resident proposed was answered: %(status)s.")
    said: ClassVar[Mapping[str, Say]] = {"status": by_name(STATUS_NAMES)}
    status: str
    answer_id: int


EVENTS: tuple[type[Event], ...] = (ChangeFlagged, ChangeEdited, ChangeConsidered, TopicSent, TopicAnswered)
