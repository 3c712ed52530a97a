"""Who hears of a suggestion: its sender, if they asked for that, and the official who is given it.

That it was hidden, on which ground, is told by moderation to those who wrote it with an account.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app import subjects
from app.accounts import queries as accounts
from app.events import Event
from app.ladder import Notice, Recipient, nobody
from app.levels.consultation.suggestions import queries
from app.levels.consultation.suggestions.events import (
    EVENTS,
    SuggestionAssigned,
    SuggestionReleased,
    SuggestionSent,
    SuggestionStatusSet,
)


def _number(event: Event) -> int:
    return subjects.number(event.subject)


def sender(event: Event) -> Iterable[Recipient]:
    """Whoever sent it and wants the answer by mail."""
    one = queries.recipient(_number(event))
    return () if one is None else (one,)


def sender_of_news(event: SuggestionStatusSet) -> Iterable[Recipient]:
    """As sender, but not of the very first status, which the receipt tells."""
    return () if event.status == "received" else sender(event)


def the_official(event: SuggestionAssigned) -> Iterable[Recipient]:
    """The one who is given a case by somebody else."""
    case = queries.case(_number(event))
    person = accounts.person(case.assigned_to) if case is not None and case.assigned_to and not event.mine else None
    return () if person is None or person.blocked_at else (Recipient(person.email, person.language, person.id),)


def facts(event: Event) -> Mapping[str, Any]:
    """Plain values about the case. None of the sender's own words: the address may be somebody else's."""
    case = queries.case(_number(event))
    row = queries.suggestion(case.id) if case is not None else None
    return {
        "receipt": case.receipt if case else "",
        "due_on": case.due_on.isoformat() if case else "",
        "path": queries.path_of(row) if row is not None else "",
    }


def answer(event: SuggestionStatusSet) -> Mapping[str, Any]:
    """The official's words."""
    step = queries.step(event.step_id)
    return {**facts(event), "status": event.status, "answer": step.text if step is not None else ""}


def desk(event: SuggestionAssigned) -> Mapping[str, Any]:
    place = (
        "/arbetsyta/battre-vara" if event.dialogue_id is None else f"/arbetsyta/dialoger/{event.dialogue_id}/forslag"
    )
    return {"path": f"{place}/{_number(event)}"}


TOLD = (
    Notice(SuggestionSent, "suggestion_received", sender, facts),
    Notice(SuggestionReleased, "suggestion_released", sender, facts),
    Notice(SuggestionStatusSet, "suggestion_status", sender_of_news, answer),
    Notice(SuggestionAssigned, "suggestion_assigned", the_official, desk),
)
NOTICES = (*TOLD, *(Notice(one, None, nobody) for one in EVENTS if one not in {told.event for told in TOLD}))
