"""What happens to the calendar of the bodies, and to the time plans that are made against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.events import Event
from app.i18n import LazyText
from app.i18n import lazy as _l


@dataclass(frozen=True, kw_only=True)
class BodyMeetingAdded(Event):
    sentence: ClassVar[LazyText] = _l("A meeting of %(body)s was put in the calendar: %(held_on)s.")
    body: str
    held_on: date
    papers_by: date


@dataclass(frozen=True, kw_only=True)
class BodyMeetingChanged(Event):
    """A meeting is on another day, or takes papers until another day."""

    sentence: ClassVar[LazyText] = _l(
        "A meeting of %(body)s was changed: it was on %(was_held_on)s and is on %(held_on)s; papers by %(papers_by)s."
    )
    body: str
    was_held_on: date
    held_on: date
    papers_by: date


@dataclass(frozen=True, kw_only=True)
class BodyMeetingRemoved(Event):
    sentence: ClassVar[LazyText] = _l("A meeting of %(body)s was taken out of the calendar: %(held_on)s.")
    body: str
    held_on: date


@dataclass(frozen=True, kw_only=True)
class TimePlanFollowed(Event):
    """The body's meeting was moved, and with it the day on which it decides in a dialogue's matter."""

    sentence: ClassVar[LazyText] = _l(
        "%(body)s moved the meeting in which it decides from %(was_held_on)s to %(held_on)s, so the time plan followed."
    )
    body: str
    was_held_on: date
    held_on: date


EVENTS: tuple[type[Event], ...] = (BodyMeetingAdded, BodyMeetingChanged, BodyMeetingRemoved, TimePlanFollowed)
