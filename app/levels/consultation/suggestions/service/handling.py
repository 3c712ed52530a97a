"""Handling a case: who takes it, what is said about it, when it becomes public, and when its sender is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from app import clock, db, jobs, subjects
from app.contributions import service as engine
from app.contributions.models import Contribution
from app.events import Event, emit
from app.levels.consultation.suggestions import queries
from app.levels.consultation.suggestions.core import matters
from app.levels.consultation.suggestions.events import (
    SuggestionAssigned,
    SuggestionMoved,
    SuggestionNoted,
    SuggestionReleased,
    SuggestionStatusSet,
)
from app.levels.consultation.suggestions.models import CLOSING, Status, Suggestion, SuggestionNote, SuggestionStep
from app.levels.consultation.suggestions.rules import Do
from app.levels.consultation.suggestions.service.boxes import Overtaken, count_later
from app.moderation import queries as moderation
from app.moderation import service as moderators
from app.permissions import SYSTEM, Actor, require

KEPT = timedelta(days=90)  # how long after the closing a sender's address is kept


class Taken(Exception):
    """Another official was first."""


def claim(actor: Actor, row: Contribution) -> None:
    """Take a case that nobody handles. Of many at once exactly one gets it; the others meet Taken."""
    require(actor, Do.HANDLE, row)
    mine = update(Suggestion).where(Suggestion.id == row.id, Suggestion.assigned_to.is_(None))
    mine = mine.values(assigned_to=actor.person_id, version=Suggestion.version + 1).returning(Suggestion.id)
    if db.session().execute(mine.execution_options(synchronize_session=False)).first() is None:
        raise Taken
    _fresh(row)
    _tell(actor, row, SuggestionAssigned, mine=True)


def assign(actor: Actor, row: Contribution, person_id: int | None, version: int) -> None:
    """Give a case to an official, or (None) back to all. Raises Overtaken."""
    require(actor, Do.HANDLE, row)
    case = _begun_at(row, version)
    case.assigned_to = person_id
    _tell(actor, row, SuggestionAssigned, mine=person_id == actor.person_id)


def move(actor: Actor, row: Contribution, matter: str, version: int) -> None:
    """It concerns something else, and so another unit. Nobody handles it there yet. Raises Overtaken."""
    require(actor, Do.HANDLE, row)
    case = _begun_at(row, version)
    case.matter, case.assigned_to = matter, None
    _tell(actor, row, SuggestionMoved, matter=matters.matter(matter).names["sv"])


def note(actor: Actor, row: Contribution, text: str) -> None:
    """Write something for the other officials."""
    require(actor, Do.HANDLE, row)
    db.session().add(SuggestionNote(suggestion_id=row.id, text=text, by_id=actor.person_id, at=clock.now()))
    _tell(actor, row, SuggestionNoted)


def set_status(actor: Actor, row: Contribution, status: Status, text: str, version: int) -> SuggestionStep:
    """Say how far it has come; whoever closes a case says why. The sender is told. Raises Overtaken, ValueError."""
    require(actor, Do.ANSWER, row)
    if status in CLOSING and not text.strip():
        raise ValueError("a closing needs a text")
    case = _begun_at(row, version)
    case.status, case.closed_at = status, clock.now() if status in CLOSING else None
    step = SuggestionStep(suggestion_id=row.id, status=status, text=text, by_id=actor.person_id, at=clock.now())
    db.session().add(step)
    db.session().flush()
    if case.closed_at is not None:
        moment = case.closed_at + KEPT
        key = f"suggestions.forget:{row.id}:{moment.isoformat()}"
        jobs.enqueue("suggestions.forget", {"suggestion_id": row.id}, run_at=moment, dedupe=key)
    _tell(actor, row, SuggestionStatusSet, status=str(status), step_id=step.id)
    return step


def release(actor: Actor, row: Contribution, version: int) -> None:
    """Let everyone read it, and the answer that stands with it. `version` is the review's, as this person saw it.

    Raises moderation.AlreadyDecided. What follows from it comes with moderation's own event: see `was_judged`.
    """
    require(actor, Do.RELEASE, row)
    moderators.release(actor, moderation.items_of([row.review])[0], moderators.Seen(version))


def was_judged(row: Contribution) -> None:
    """Somebody has decided whether everyone may read it: for the first time, that is told."""
    if row.is_public and engine.mark_shown(row):
        _tell(SYSTEM, row, SuggestionReleased)
    count_later(row.container_id)


def forget_sender(case: Suggestion) -> None:
    """Forget how to reach the sender. Whoever has the case code still reads the answer."""
    case.email = case.phone = ""
    if case.wants == "phone":
        case.wants = "page"
    db.session().flush()


def _begun_at(row: Contribution, version: int) -> Suggestion:
    case = _fresh(row)
    if case.version != version:
        raise Overtaken
    return case


def _fresh(row: Contribution) -> Suggestion:
    """The case as it stands now; the version column sees to it that nobody slips in between."""
    return db.session().get_one(Suggestion, row.id, populate_existing=True)


def _tell(actor: Actor, row: Contribution, kind: Callable[..., Event], **facts: Any) -> None:
    db.session().flush()
    about = {"subject": subjects.key(queries.KIND, row.id), "actor": actor, "dialogue_id": row.dialogue_id}
    emit(kind(**about, **facts))
