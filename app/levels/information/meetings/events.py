"""What happens to a meeting. Who signs up is not named: the log is kept longer than their names are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.events import Event
from app.i18n import LazyText
from app.i18n import lazy as _l


@dataclass(frozen=True, kw_only=True)
class MeetingCreated(Event):
    sentence: ClassVar[LazyText] = _l("The meeting “%(title)s” was written.")
    title: str


@dataclass(frozen=True, kw_only=True)
class MeetingChanged(Event):
    """`is_moved`: those who come must know, because the time or the place is another."""

    sentence: ClassVar[LazyText] = _l("The meeting “%(title)s” was changed.")
    title: str
    is_moved: bool


@dataclass(frozen=True, kw_only=True)
class MeetingPublished(Event):
    sentence: ClassVar[LazyText] = _l("The meeting “%(title)s” was published.")
    title: str


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(Event):
    sentence: ClassVar[LazyText] = _l("The meeting “%(title)s” was called off: %(reason)s")
    title: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SeatAsked(Event):
    sentence: ClassVar[LazyText] = _l("Somebody signed up to the meeting “%(title)s”.")
    title: str
    sign_up_id: int


@dataclass(frozen=True, kw_only=True)
class SignUpWithdrawn(Event):
    sentence: ClassVar[LazyText] = _l("Somebody who had signed up to the meeting “%(title)s” does not come.")
    title: str


@dataclass(frozen=True, kw_only=True)
class SeatGiven(Event):
    sentence: ClassVar[LazyText] = _l("Somebody who waited got a seat at the meeting “%(title)s”.")
    title: str
    sign_up_id: int


@dataclass(frozen=True, kw_only=True)
class MinutesPublished(Event):
    sentence: ClassVar[LazyText] = _l("The notes of the meeting “%(title)s” were published.")
    title: str


@dataclass(frozen=True, kw_only=True)
class SaidEntered(Event):
    """What was said was entered by staff. `is_first`: everyone can read it, and never could read anything before."""

    sentence: ClassVar[LazyText] = _l(
        "What was said at the meeting “%(title)s” was entered. Number of texts: %(lines)s."
    )
    title: str
    lines: int
    is_first: bool


@dataclass(frozen=True, kw_only=True)
class SaidShown(Event):
    """A moderator has shown the first of what was said."""

    sentence: ClassVar[LazyText] = _l("What was said at the meeting “%(title)s” was shown for the first time.")
    title: str


EVENTS: tuple[type[Event], ...] = (
    MeetingCreated,
    MeetingChanged,
    MeetingPublished,
    MeetingCancelled,
    SeatAsked,
    SignUpWithdrawn,
    SeatGiven,
    MinutesPublished,
    SaidEntered,
    SaidShown,
)
