"""What happens to the phases of a dialogue and to the times of its things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.events import Event
from app.i18n import LazyText
from app.i18n import lazy as _l


@dataclass(frozen=True, kw_only=True)
class PhasePlanned(Event):
    sentence: ClassVar[LazyText] = _l("The phase “%(name)s” was planned.")
    name: str


@dataclass(frozen=True, kw_only=True)
class PhaseChanged(Event):
    sentence: ClassVar[LazyText] = _l("The phase “%(name)s” was changed.")
    name: str


@dataclass(frozen=True, kw_only=True)
class PhaseRemoved(Event):
    sentence: ClassVar[LazyText] = _l("The phase “%(name)s” was taken away.")
    name: str


@dataclass(frozen=True, kw_only=True)
class ThingTimed(Event):
    sentence: ClassVar[LazyText] = _l("The phase or the times of “%(title)s” were changed.")
    title: str


@dataclass(frozen=True, kw_only=True)
class InterimWritten(Event):
    sentence: ClassVar[LazyText] = _l("The feedback from the phase “%(name)s” was written.")
    name: str


@dataclass(frozen=True, kw_only=True)
class InterimPublished(Event):
    """Those who took part are told what came of a phase."""

    sentence: ClassVar[LazyText] = _l("The feedback from the phase “%(name)s” was published.")
    name: str
    phase_id: int


@dataclass(frozen=True, kw_only=True)
class PhaseEnded(Event):
    sentence: ClassVar[LazyText] = _l("The phase “%(name)s” ended.")
    name: str


@dataclass(frozen=True, kw_only=True)
class ThingEnded(Event):
    """A thing takes nothing in any more, while its dialogue may go on. `subject` is the thing's key."""

    sentence: ClassVar[LazyText] = _l("“%(title)s” closed before the dialogue did.")
    title: str


EVENTS: tuple[type[Event], ...] = (
    PhasePlanned,
    PhaseChanged,
    PhaseRemoved,
    ThingTimed,
    InterimWritten,
    InterimPublished,
    PhaseEnded,
    ThingEnded,
)
