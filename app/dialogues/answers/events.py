"""What happens after a dialogue has closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.dialogues.answers.wording import ABOUT_NAMES, PROGRESS_NAMES, STANCE_NAMES, WAY_NAMES
from app.events import Event, Say, by_name
from app.i18n import LazyText
from app.i18n import lazy as _l

PARTS = {"whole": _l("The result as a whole"), "order": _l("The order of the themes")}


@dataclass(frozen=True, kw_only=True)
class CompilationEdited(Event):
    sentence: ClassVar[LazyText] = _l("What was found in the answers was edited: %(part)s.")
    said: ClassVar[Mapping[str, Say]] = {"part": by_name(PARTS)}
    part: str


@dataclass(frozen=True, kw_only=True)
class AnswerThemeWritten(Event):
    sentence: ClassVar[LazyText] = _l("A theme in the answers was written: %(theme)s.")
    theme: str
    count: int


@dataclass(frozen=True, kw_only=True)
class AnswerThemeRemoved(Event):
    sentence: ClassVar[LazyText] = _l("A theme in the answers was taken away: %(theme)s.")
    theme: str


@dataclass(frozen=True, kw_only=True)
class OfflineEntered(Event):
    sentence: ClassVar[LazyText] = _l("Somebody has said that nothing on paper or from the phone is left to enter.")


@dataclass(frozen=True, kw_only=True)
class CompilationConfirmed(Event):
    sentence: ClassVar[LazyText] = _l("A second reader has confirmed what was found in the answers.")
    edition: int


@dataclass(frozen=True, kw_only=True)
class ResultHandedOver(Event):
    sentence: ClassVar[LazyText] = _l(
        "Report %(number)s of the result was handed over to %(body)s for its meeting on %(meeting_on)s. "
        "SHA-256: %(hash)s"
    )
    number: int
    body: str
    meeting_on: date
    hash: str


@dataclass(frozen=True, kw_only=True)
class ConsiderationWritten(Event):
    sentence: ClassVar[LazyText] = _l("It was written what became of a theme: %(theme)s: %(stance)s.")
    said: ClassVar[Mapping[str, Say]] = {"stance": by_name(STANCE_NAMES)}
    theme: str
    stance: str


@dataclass(frozen=True, kw_only=True)
class ToldNoted(Event):
    sentence: ClassVar[LazyText] = _l("It was noted how people were told. %(about)s: %(count)s, %(way)s.")
    said: ClassVar[Mapping[str, Say]] = {"about": by_name(ABOUT_NAMES), "way": by_name(WAY_NAMES)}
    about: str
    way: str
    count: int


@dataclass(frozen=True, kw_only=True)
class ToldStruck(Event):
    sentence: ClassVar[LazyText] = _l("A note of how people were told was struck out. %(reason)s")
    reason: str


@dataclass(frozen=True, kw_only=True)
class BounceNoted(Event):
    sentence: ClassVar[LazyText] = _l("It was noted that a mail came back. %(about)s.")
    said: ClassVar[Mapping[str, Say]] = {"about": by_name(ABOUT_NAMES)}
    about: str


@dataclass(frozen=True, kw_only=True)
class FollowUpWritten(Event):
    sentence: ClassVar[LazyText] = _l("It was written what the municipality will do: %(text)s.")
    text: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class FollowUpMoved(Event):
    sentence: ClassVar[LazyText] = _l("How far it has come with what the municipality will do: %(text)s: %(progress)s.")
    said: ClassVar[Mapping[str, Say]] = {"progress": by_name(PROGRESS_NAMES)}
    text: str
    progress: str


@dataclass(frozen=True, kw_only=True)
class AnswerReminded(Event):
    sentence: ClassVar[LazyText] = _l(
        "Those responsible were reminded of what those who took part wait for. %(about)s."
    )
    said: ClassVar[Mapping[str, Say]] = {"about": by_name(ABOUT_NAMES)}
    about: str


EVENTS: tuple[type[Event], ...] = (
    CompilationEdited,
    AnswerThemeWritten,
    AnswerThemeRemoved,
    OfflineEntered,
    CompilationConfirmed,
    ResultHandedOver,
    ConsiderationWritten,
    ToldNoted,
    ToldStruck,
    BounceNoted,
    FollowUpWritten,
    FollowUpMoved,
    AnswerReminded,
)
