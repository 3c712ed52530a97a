"""What happens to a vote. There is no event for a ballot: who voted, and when, is in no log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.events import Event
from app.i18n import LazyText
from app.i18n import lazy as _l


@dataclass(frozen=True, kw_only=True)
class VoteCreated(Event):
    sentence: ClassVar[LazyText] = _l("The vote “%(title)s” was created.")
    title: str


@dataclass(frozen=True, kw_only=True)
class VoteChanged(Event):
    sentence: ClassVar[LazyText] = _l("The frames or the options of the vote “%(title)s” were changed.")
    title: str


@dataclass(frozen=True, kw_only=True)
class VoteWithdrawn(Event):
    sentence: ClassVar[LazyText] = _l("The vote “%(title)s” was taken away.")
    title: str


@dataclass(frozen=True, kw_only=True)
class ElectorateChanged(Event):
    sentence: ClassVar[LazyText] = _l("The list of those who can vote was changed: %(number)s on it now.")
    number: int


@dataclass(frozen=True, kw_only=True)
class KeyRegistered(Event):
    sentence: ClassVar[LazyText] = _l("The key of the vote was registered. Its fingerprint: %(fingerprint)s")
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class TrialPassed(Event):
    sentence: ClassVar[LazyText] = _l("Two key holders opened their trial: %(pair)s.")
    pair: str


@dataclass(frozen=True, kw_only=True)
class VoteFrozen(Event):
    sentence: ClassVar[LazyText] = _l("The ballot paper and the frames of the vote “%(title)s” were frozen.")
    title: str


@dataclass(frozen=True, kw_only=True)
class PaperMarked(Event):
    sentence: ClassVar[LazyText] = _l("A person was marked as voting on paper.")


@dataclass(frozen=True, kw_only=True)
class PaperCounted(Event):
    sentence: ClassVar[LazyText] = _l("The paper ballots of “%(station)s” were counted by one more person.")
    station: str


@dataclass(frozen=True, kw_only=True)
class BoxClosed(Event):
    sentence: ClassVar[LazyText] = _l("The vote closed with %(ballots)s ballots on the web.")
    ballots: int


@dataclass(frozen=True, kw_only=True)
class BoxSealed(Event):
    sentence: ClassVar[LazyText] = _l("The names were taken away from the ballots, and the ballots were mixed.")


@dataclass(frozen=True, kw_only=True)
class SealedFetched(Event):
    sentence: ClassVar[LazyText] = _l("The sealed ballots were fetched, to be opened by the key holders.")


@dataclass(frozen=True, kw_only=True)
class BoxOpened(Event):
    sentence: ClassVar[LazyText] = _l("What the key holders counted was taken in.")


@dataclass(frozen=True, kw_only=True)
class ResultCertified(Event):
    sentence: ClassVar[LazyText] = _l("The result of the vote was certified.")


@dataclass(frozen=True, kw_only=True)
class BallotsPurged(Event):
    sentence: ClassVar[LazyText] = _l("The sealed ballots and the roll of the vote were destroyed.")


@dataclass(frozen=True, kw_only=True)
class VoteVoided(Event):
    sentence: ClassVar[LazyText] = _l("The vote was called off, and its ballots were destroyed unopened.")


EVENTS: tuple[type[Event], ...] = (
    VoteCreated,
    VoteChanged,
    VoteWithdrawn,
    ElectorateChanged,
    KeyRegistered,
    TrialPassed,
    VoteFrozen,
    PaperMarked,
    PaperCounted,
    BoxClosed,
    BoxSealed,
    SealedFetched,
    BoxOpened,
    ResultCertified,
    BallotsPurged,
    VoteVoided,
)
