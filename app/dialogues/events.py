"""What happens to a dialogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.dialogues.stages import STAGE_NAMES
from app.events import Event, Say, by_name
from app.i18n import LazyText
from app.i18n import lazy as _l

PARTS = {
    "question": _l("The question"),
    "purpose": _l("The purpose"),
    "level": _l("The level of participation"),
    "promise": _l("The body and its promise"),
    "time plan": _l("The time plan"),
    "description": _l("Summary and contact"),
    "scope": _l("What is open and what is fixed"),
    "about": _l("What it is about"),
    "period": _l("The period and the promise"),
    "decision": _l("The decision that is told of"),
    "process": _l("Where and when the consultation is held"),
}


@dataclass(frozen=True, kw_only=True)
class DialogueProposed(Event):
    sentence: ClassVar[LazyText] = _l("A dialogue was put up for consideration: %(title)s.")
    title: str


@dataclass(frozen=True, kw_only=True)
class DialogueAssessed(Event):
    sentence: ClassVar[LazyText] = _l("It was assessed whether the question is one for a dialogue.")
    answers: dict[str, str]  # criterion → yes, no or doubtful, and the rest; the reasons stay with the assessment


@dataclass(frozen=True, kw_only=True)
class DialogueEdited(Event):
    sentence: ClassVar[LazyText] = _l("The dialogue was edited: %(part)s.")
    said: ClassVar[Mapping[str, Say]] = {"part": by_name(PARTS)}
    part: str


@dataclass(frozen=True, kw_only=True)
class DialogueMoved(Event):
    sentence: ClassVar[LazyText] = _l("The dialogue moved from “%(from_stage)s” to “%(to_stage)s”. %(note)s")
    said: ClassVar[Mapping[str, Say]] = {"from_stage": by_name(STAGE_NAMES), "to_stage": by_name(STAGE_NAMES)}
    from_stage: str
    to_stage: str
    note: str


@dataclass(frozen=True, kw_only=True)
class DialogueExtended(Event):
    sentence: ClassVar[LazyText] = _l("The dialogue stays open longer, until %(closes_at)s.")
    closes_at: datetime


@dataclass(frozen=True, kw_only=True)
class DecisionRecorded(Event):
    sentence: ClassVar[LazyText] = _l("A decision by %(body)s was recorded: %(decided_on)s, § %(section_no)s.")
    matter: str
    outcome: str
    body: str
    decided_on: date
    section_no: str


@dataclass(frozen=True, kw_only=True)
class DecisionSuperseded(Event):
    sentence: ClassVar[LazyText] = _l("A record of a decision was corrected by a new one. %(reason)s")
    record_id: int
    replaced_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class OutcomeWritten(Event):
    sentence: ClassVar[LazyText] = _l("The answer to those who took part was written: %(heading)s.")
    heading: str


EVENTS: tuple[type[Event], ...] = (
    DialogueProposed,
    DialogueAssessed,
    DialogueEdited,
    DialogueMoved,
    DialogueExtended,
    DecisionRecorded,
    DecisionSuperseded,
    OutcomeWritten,
)
