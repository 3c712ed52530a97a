"""What happens to a survey. An answer's event names a person only where the answer itself is tied to an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.events import Event
from app.i18n import LazyText
from app.i18n import lazy as _l


@dataclass(frozen=True, kw_only=True)
class SurveyCreated(Event):
    sentence: ClassVar[LazyText] = _l("The survey “%(title)s” was created.")
    title: str


@dataclass(frozen=True, kw_only=True)
class SurveyChanged(Event):
    sentence: ClassVar[LazyText] = _l("The survey “%(title)s” was changed.")
    title: str


@dataclass(frozen=True, kw_only=True)
class SurveyWithdrawn(Event):
    sentence: ClassVar[LazyText] = _l("The survey “%(title)s” was taken away.")
    title: str


@dataclass(frozen=True, kw_only=True)
class QuestionAdded(Event):
    sentence: ClassVar[LazyText] = _l("A question was added to the survey: %(text)s")
    text: str


@dataclass(frozen=True, kw_only=True)
class QuestionChanged(Event):
    sentence: ClassVar[LazyText] = _l("A question of the survey, its answers or its place were changed: %(text)s")
    text: str


@dataclass(frozen=True, kw_only=True)
class QuestionRemoved(Event):
    sentence: ClassVar[LazyText] = _l("A question was taken away from the survey: %(text)s")
    text: str


@dataclass(frozen=True, kw_only=True)
class SurveyAnswered(Event):
    sentence: ClassVar[LazyText] = _l("An answer to the survey came in.")


@dataclass(frozen=True, kw_only=True)
class AnswerRegistered(Event):
    """`channel`: "paper" or "phone". Names who wrote it down; who answered is nowhere."""

    sentence: ClassVar[LazyText] = _l("An answer from somebody who rang or wrote was registered: %(title)s")
    title: str
    channel: str


EVENTS: tuple[type[Event], ...] = (
    SurveyCreated,
    SurveyChanged,
    SurveyWithdrawn,
    QuestionAdded,
    QuestionChanged,
    QuestionRemoved,
    SurveyAnswered,
    AnswerRegistered,
)
