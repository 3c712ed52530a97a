"""The time plan: in which order its dates must come, so that what residents say can count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app import clock
from app.dialogues.models import Dialogue
from app.dialogues.stages import Kind
from app.i18n import LazyText
from app.i18n import lazy as _l


@dataclass(frozen=True)
class Plan:
    """When a dialogue opens and closes, when the body decides, and when those who took part are told, at the latest."""

    opens_at: datetime | None
    closes_at: datetime | None
    decision_on: date | None
    feedback_by: date | None

    by_a_body: ClassVar[bool] = True  # a body decides afterwards


class UnitPlan(Plan):
    """The same of a user dialogue, after which no body decides."""

    by_a_body: ClassVar[bool] = False


def of(dialogue: Dialogue) -> Plan:
    """What is planned for a dialogue, of whichever kind."""
    kind = Plan if dialogue.kind == Kind.CITIZEN_DIALOGUE else UnitPlan
    return kind(dialogue.opens_at, dialogue.closes_at, dialogue.decision_on, dialogue.feedback_by)


@dataclass(frozen=True)
class Problem:
    """Why a plan does not hold, and the date that it concerns."""

    field: str
    sentence: LazyText


def problems(plan: Plan) -> list[Problem]:
    """What does not hold, in the order of the dates; nothing where all that it needs are there and in order."""
    found = [
        Problem(field, sentence)
        for field, sentence in (
            ("opens_at", _l("Say when the dialogue opens.")),
            ("closes_at", _l("Say when the dialogue closes.")),
            ("decision_on", _l("Say when the body meets to decide in the matter.")),
            ("feedback_by", _l("Say by when those who took part are told what became of it.")),
        )
        if getattr(plan, field) is None and (plan.by_a_body or field != "decision_on")
    ]
    return found + _out_of_order(plan)


def _out_of_order(plan: Plan) -> list[Problem]:
    found = []
    if plan.opens_at and plan.closes_at and plan.opens_at >= plan.closes_at:
        found.append(Problem("closes_at", _l("The dialogue must close after it has opened.")))
    if plan.closes_at and plan.decision_on and clock.local(plan.closes_at).date() >= plan.decision_on:
        sentence = _l("The dialogue must close before the day when the body decides, or its result comes too late.")
        found.append(Problem("decision_on", sentence))
    if plan.decision_on and plan.feedback_by and plan.decision_on >= plan.feedback_by:
        found.append(Problem("feedback_by", _l("People are told after the body has decided, not before.")))
    if not plan.by_a_body and plan.closes_at and plan.feedback_by and plan.feedback_by <= _day(plan.closes_at):
        found.append(Problem("feedback_by", _l("People are told after it has closed, not before.")))
    return found


def _day(moment: datetime) -> date:
    return clock.local(moment).date()
