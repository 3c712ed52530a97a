"""What happens to an evaluation. That a resident answers is no event: the log would say when, and so perhaps who."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.dialogues.evaluation import retention
from app.dialogues.evaluation.standard import CIRCLE_NAMES, DUTY_NAMES, PART_NAMES, PARTY_NAMES, TAKEN_NAMES
from app.events import Event, Say, by_name
from app.i18n import LazyText
from app.i18n import lazy as _l


def _class_name(key: Any, _subject: str) -> Any:
    return retention.named(str(key)).name


@dataclass(frozen=True, kw_only=True)
class EvaluationOpened(Event):
    """`by_hand`: an official asked, and not the move that usually does, so those who are asked have no other notice."""

    sentence: ClassVar[LazyText] = _l("An evaluation was opened: %(circle)s.")
    said: ClassVar[Mapping[str, Say]] = {"circle": by_name(CIRCLE_NAMES)}
    circle: str
    closes_at: datetime | None
    by_hand: bool = False


@dataclass(frozen=True, kw_only=True)
class StaffEvaluated(Event):
    sentence: ClassVar[LazyText] = _l("Somebody who worked with the dialogue evaluated it: %(duty)s.")
    said: ClassVar[Mapping[str, Say]] = {"duty": by_name(DUTY_NAMES)}
    duty: str


@dataclass(frozen=True, kw_only=True)
class SilenceRecorded(Event):
    sentence: ClassVar[LazyText] = _l("It was noted that nobody answered the evaluation: %(party)s. %(reason)s")
    said: ClassVar[Mapping[str, Say]] = {"party": by_name(PARTY_NAMES)}
    party: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SummaryWritten(Event):
    sentence: ClassVar[LazyText] = _l("The summary of the evaluation was written.")


@dataclass(frozen=True, kw_only=True)
class LessonNoted(Event):
    sentence: ClassVar[LazyText] = _l("An improvement was noted for later dialogues. %(part)s")
    said: ClassVar[Mapping[str, Say]] = {"part": by_name(PART_NAMES)}
    part: str


@dataclass(frozen=True, kw_only=True)
class LessonChanged(Event):
    sentence: ClassVar[LazyText] = _l("An improvement for later dialogues was changed. %(part)s")
    said: ClassVar[Mapping[str, Say]] = {"part": by_name(PART_NAMES)}
    part: str


@dataclass(frozen=True, kw_only=True)
class LessonRemoved(Event):
    sentence: ClassVar[LazyText] = _l("An improvement for later dialogues was taken away. %(part)s")
    said: ClassVar[Mapping[str, Say]] = {"part": by_name(PART_NAMES)}
    part: str


@dataclass(frozen=True, kw_only=True)
class LessonAnswered(Event):
    sentence: ClassVar[LazyText] = _l("An improvement from an earlier dialogue was answered. %(taken)s")
    said: ClassVar[Mapping[str, Say]] = {"taken": by_name(TAKEN_NAMES)}
    lesson_id: int
    taken: str


@dataclass(frozen=True, kw_only=True)
class RetentionChosen(Event):
    sentence: ClassVar[LazyText] = _l("The class of the retention plan was chosen: %(retention)s.")
    said: ClassVar[Mapping[str, Say]] = {"retention": _class_name}
    retention: str


@dataclass(frozen=True, kw_only=True)
class AddressesThinned(Event):
    sentence: ClassVar[LazyText] = _l("Addresses that were kept for notices were removed, as planned: %(count)s.")
    count: int


EVENTS: tuple[type[Event], ...] = (
    EvaluationOpened,
    StaffEvaluated,
    SilenceRecorded,
    SummaryWritten,
    LessonNoted,
    LessonChanged,
    LessonRemoved,
    LessonAnswered,
    RetentionChosen,
    AddressesThinned,
)
