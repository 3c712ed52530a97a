"""What happens to boxes and to the suggestions in them. The log holds no words of a suggestion and nobody's address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.events import Event, Say, by_name
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l
from app.levels.consultation.suggestions.models import STATUS_NAMES

CHANNEL_NAMES = {
    "web": lazy_p("channel", "On the web"),
    "paper": lazy_p("channel", "On paper"),
    "phone": lazy_p("channel", "By phone"),
    "meeting": lazy_p("channel", "At a meeting"),
}


@dataclass(frozen=True, kw_only=True)
class CallOpened(Event):
    sentence: ClassVar[LazyText] = _l("Suggestions can be sent in to “%(title)s”.")
    title: str


@dataclass(frozen=True, kw_only=True)
class CallChanged(Event):
    sentence: ClassVar[LazyText] = _l("The call for suggestions “%(title)s” was changed.")
    title: str


@dataclass(frozen=True, kw_only=True)
class CallShut(Event):
    sentence: ClassVar[LazyText] = _l("“%(title)s” takes no suggestions for now: %(reason)s")
    title: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CallOpenedAgain(Event):
    sentence: ClassVar[LazyText] = _l("“%(title)s” takes suggestions again.")
    title: str


@dataclass(frozen=True, kw_only=True)
class SuggestionSent(Event):
    """Somebody sent in a suggestion. It waits to be released."""

    sentence: ClassVar[LazyText] = _l("A suggestion came in (%(channel)s).")
    said: ClassVar[Mapping[str, Say]] = {"channel": by_name(CHANNEL_NAMES)}
    channel: str


@dataclass(frozen=True, kw_only=True)
class SuggestionReleased(Event):
    """Everyone can read a suggestion, for the first time."""

    sentence: ClassVar[LazyText] = _l("A suggestion became public.")


@dataclass(frozen=True, kw_only=True)
class SuggestionAssigned(Event):
    """An official took a case, or was given it. `mine`: they took it themselves."""

    sentence: ClassVar[LazyText] = _l("A suggestion was given to an official to handle.")
    mine: bool


@dataclass(frozen=True, kw_only=True)
class SuggestionMoved(Event):
    sentence: ClassVar[LazyText] = _l("A suggestion was moved to another matter: %(matter)s.")
    matter: str  # its Swedish name


@dataclass(frozen=True, kw_only=True)
class SuggestionNoted(Event):
    sentence: ClassVar[LazyText] = _l("An internal note was written about a suggestion.")


@dataclass(frozen=True, kw_only=True)
class SuggestionStatusSet(Event):
    """A case was given a status, with or without words. A closing status always has words."""

    sentence: ClassVar[LazyText] = _l("A suggestion was given the status: %(status)s.")
    said: ClassVar[Mapping[str, Say]] = {"status": by_name({str(key): name for key, name in STATUS_NAMES.items()})}
    status: str
    step_id: int


@dataclass(frozen=True, kw_only=True)
class SuggestionSupported(Event):
    """Who supports it stands with the support, not in the log."""

    sentence: ClassVar[LazyText] = _l("A suggestion got a support.")


@dataclass(frozen=True, kw_only=True)
class SuggestionSupportTakenBack(Event):
    sentence: ClassVar[LazyText] = _l("A support of a suggestion was taken back.")


EVENTS: tuple[type[Event], ...] = (
    CallOpened,
    CallChanged,
    CallShut,
    CallOpenedAgain,
    SuggestionSent,
    SuggestionReleased,
    SuggestionAssigned,
    SuggestionMoved,
    SuggestionNoted,
    SuggestionStatusSet,
    SuggestionSupported,
    SuggestionSupportTakenBack,
)
