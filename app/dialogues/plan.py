"""The time plan: in which order its dates must come, so that what residents say can count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app import clock
from app.dialogues.agenda.models import BodyMeeting
from app.i18n import LazyText
from app.i18n import lazy as _l

DAYS_TO_COMPILE = 14  # unless the municipality's file says otherwise
_settings = {"days_to_compile": DAYS_TO_COMPILE}


def use(days_to_compile: int) -> None:
    """Set how many days lie at least between the closing and the day when papers for the body's meeting are due.

    Raises ValueError for less than a day: what came in could not be part of what the body decides on.
    """
    if days_to_compile < 1:
        raise ValueError("[dialogues] days_to_compile must be at least 1.")
    _settings["days_to_compile"] = days_to_compile


def days_to_compile() -> int:
    return _settings["days_to_compile"]


@dataclass(frozen=True)
class Plan:
    """When a dialogue opens and closes, when the body decides, and when those who took part are told, at the latest."""

    opens_at: datetime | None
    closes_at: datetime | None
    decision_on: date | None
    feedback_by: date | None


@dataclass(frozen=True)
class Problem:
    """Why a plan does not hold, and the date that it concerns."""

    field: str
    sentence: LazyText


def problems(plan: Plan) -> list[Problem]:
    """What does not hold, in the order of the dates; nothing where all four are there and in order."""
    found = [
        Problem(field, sentence)
        for field, sentence in (
            ("opens_at", _l("Say when the dialogue opens.")),
            ("closes_at", _l("Say when the dialogue closes.")),
            ("decision_on", _l("Say when the body meets to decide in the matter.")),
            ("feedback_by", _l("Say by when those who took part are told what became of it.")),
        )
        if getattr(plan, field) is None
    ]
    return found + _out_of_order(plan)


def _out_of_order(plan: Plan) -> list[Problem]:
    found = []
    if plan.opens_at and plan.closes_at and plan.opens_at >= plan.closes_at:
        found.append(Problem("closes_at", _l("The dialogue must close after it has opened.")))
    if plan.decision_on and not is_after_closing(plan.closes_at, plan.decision_on):
        sentence = _l("The dialogue must close before the day when the body decides, or its result comes too late.")
        found.append(Problem("decision_on", sentence))
    if plan.decision_on and plan.feedback_by and plan.decision_on >= plan.feedback_by:
        found.append(Problem("feedback_by", _l("People are told after the body has decided, not before.")))
    return found


def is_after_closing(closes_at: datetime | None, day: date) -> bool:
    """Whether a body that decided on this day can have known what came in: the dialogue had closed before the day."""
    return closes_at is None or clock.local(closes_at).date() < day


def problems_with_meeting(closes_at: datetime, meeting: BodyMeeting | None) -> list[Problem]:
    """Whether what comes in can be part of what the body decides on; `meeting`: the one where it does, None for none.

    Days are whole days of the calendar: those from the closing day to the day when papers are due.
    """
    if meeting is None:
        return [Problem("decision_on", _l("The body has no meeting on that day. Choose one of its meetings."))]
    days = days_to_compile()
    latest = meeting.papers_by - timedelta(days=days)
    if clock.local(closes_at).date() <= latest:
        return []
    sentence = _l(
        "Papers for that meeting are due on %(papers_by)s, and to put together what came in takes at least %(days)s "
        "days. Close on %(latest)s at the latest, or choose a later meeting.",
        papers_by=meeting.papers_by,
        days=days,
        latest=latest,
    )
    return [Problem("closes_at", sentence)]
