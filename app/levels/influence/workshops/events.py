"""What happens to workshops: their steps, cards, themes, dots and proposals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.events import Event, Say, by_name
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.levels.influence.workshops.models import STEP_NAMES


@dataclass(frozen=True, kw_only=True)
class WorkshopStarted(Event):
    sentence: ClassVar[LazyText] = _l("The workshop “%(title)s” was planned.")
    title: str


@dataclass(frozen=True, kw_only=True)
class WorkshopChanged(Event):
    sentence: ClassVar[LazyText] = _l("The workshop “%(title)s” was changed.")
    title: str


@dataclass(frozen=True, kw_only=True)
class WorkshopWithdrawn(Event):
    sentence: ClassVar[LazyText] = _l("The workshop “%(title)s” was taken away before anybody had written a card.")
    title: str


@dataclass(frozen=True, kw_only=True)
class WorkshopMoved(Event):
    """The workshop works on another of its steps."""

    sentence: ClassVar[LazyText] = _l("The workshop “%(title)s” went on to the step: %(step)s.")
    said: ClassVar[Mapping[str, Say]] = {"step": by_name(STEP_NAMES)}
    title: str
    step: str


@dataclass(frozen=True, kw_only=True)
class WorkshopClosed(Event):
    sentence: ClassVar[LazyText] = _l("The workshop “%(title)s” was closed with its proposals.")
    title: str


@dataclass(frozen=True, kw_only=True)
class CardWritten(Event):
    """Somebody wrote a card. It may have to wait for a moderator."""

    sentence: ClassVar[LazyText] = _l("A card was written in the workshop “%(title)s”.")
    title: str


@dataclass(frozen=True, kw_only=True)
class CardShown(Event):
    """Everyone can read a card, for the first time."""

    sentence: ClassVar[LazyText] = _l("A card was shown for the first time in the workshop “%(title)s”.")
    title: str


@dataclass(frozen=True, kw_only=True)
class CardChanged(Event):
    sentence: ClassVar[LazyText] = _l("A card in the workshop “%(title)s” was changed by its author.")
    title: str


@dataclass(frozen=True, kw_only=True)
class CardTakenAway(Event):
    sentence: ClassVar[LazyText] = _l("A card in the workshop “%(title)s” was taken away by its author.")
    title: str


@dataclass(frozen=True, kw_only=True)
class NotesEntered(Event):
    """Staff entered notes that others had written on paper or said at a meeting."""

    sentence: ClassVar[LazyText] = _l("Notes were entered in the workshop “%(title)s”: %(number)s.")
    title: str
    number: int


@dataclass(frozen=True, kw_only=True)
class DotGiven(Event):
    sentence: ClassVar[LazyText] = _l("A dot was put on a card in the workshop “%(title)s”.")
    title: str


@dataclass(frozen=True, kw_only=True)
class DotTakenBack(Event):
    sentence: ClassVar[LazyText] = _l("A dot was taken back from a card in the workshop “%(title)s”.")
    title: str


@dataclass(frozen=True, kw_only=True)
class CardsSorted(Event):
    """Cards were put under a theme, or taken from theirs (`theme` is empty then)."""

    sentence: ClassVar[LazyText] = _l("Cards of the workshop “%(title)s” were sorted under “%(theme)s”: %(number)s.")
    title: str
    theme: str
    number: int


@dataclass(frozen=True, kw_only=True)
class ThemeAdded(Event):
    sentence: ClassVar[LazyText] = _l("The theme “%(theme)s” was added to the workshop “%(title)s”.")
    title: str
    theme: str


@dataclass(frozen=True, kw_only=True)
class ThemeRenamed(Event):
    sentence: ClassVar[LazyText] = _l("A theme of the workshop “%(title)s” is now called “%(theme)s”.")
    title: str
    theme: str


@dataclass(frozen=True, kw_only=True)
class ThemeRemoved(Event):
    sentence: ClassVar[LazyText] = _l("The theme “%(theme)s” was taken away from the workshop “%(title)s”.")
    title: str
    theme: str


@dataclass(frozen=True, kw_only=True)
class ProposalWritten(Event):
    sentence: ClassVar[LazyText] = _l("The proposal “%(proposal)s” was written in the workshop “%(title)s”.")
    title: str
    proposal: str


@dataclass(frozen=True, kw_only=True)
class ProposalChanged(Event):
    sentence: ClassVar[LazyText] = _l("The proposal “%(proposal)s” of the workshop “%(title)s” was changed.")
    title: str
    proposal: str


@dataclass(frozen=True, kw_only=True)
class ProposalWithdrawn(Event):
    sentence: ClassVar[LazyText] = _l("The proposal “%(proposal)s” of the workshop “%(title)s” was taken away.")
    title: str
    proposal: str


@dataclass(frozen=True, kw_only=True)
class CardsTakenUp(Event):
    """A proposal says that it came from these cards: those that were added at `since`."""

    sentence: ClassVar[LazyText] = _l("Cards of the workshop “%(title)s” were taken up in the proposal “%(proposal)s”.")
    title: str
    proposal: str
    since: datetime


EVENTS: tuple[type[Event], ...] = (
    WorkshopStarted,
    WorkshopChanged,
    WorkshopWithdrawn,
    WorkshopMoved,
    WorkshopClosed,
    CardWritten,
    CardShown,
    CardChanged,
    CardTakenAway,
    NotesEntered,
    DotGiven,
    DotTakenBack,
    CardsSorted,
    ThemeAdded,
    ThemeRenamed,
    ThemeRemoved,
    ProposalWritten,
    ProposalChanged,
    ProposalWithdrawn,
    CardsTakenUp,
)
