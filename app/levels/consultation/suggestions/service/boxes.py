"""Boxes: the standing one, and calls for suggestions in dialogues."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from app import clock, db, jobs, subjects
from app.contributions import queries as contributions
from app.contributions import service as engine
from app.dialogues.service import keep_card
from app.events import Event, emit
from app.levels.consultation.suggestions import queries
from app.levels.consultation.suggestions.events import CallChanged, CallOpened, CallOpenedAgain, CallShut
from app.levels.consultation.suggestions.models import SuggestionBox
from app.levels.consultation.suggestions.rules import Do
from app.permissions import Actor, require


class Overtaken(Exception):
    """Somebody else saved it since this editor opened it."""


class AlreadyThere(Exception):
    """The dialogue, or the site, has a box."""


@dataclass(frozen=True)
class Place:
    """Where a box is to be: in a dialogue, or (None) on the site."""

    dialogue_id: int | None


def open_box(actor: Actor, place: Place, title: str, lead: str) -> SuggestionBox:
    """A new box. Raises AlreadyThere."""
    require(actor, Do.OPEN_BOX, place)
    row = SuggestionBox(
        container=engine.make_container(queries.KIND, place.dialogue_id),
        dialogue_id=place.dialogue_id,
        title=title,
        lead=lead,
        created_by=actor.person_id,
        created_at=clock.now(),
    )
    db.session().add(row)
    db.flush_or(AlreadyThere())
    keep(row)
    _tell(actor, row, CallOpened)
    return row


def change_box(actor: Actor, row: SuggestionBox, title: str, lead: str, version: int) -> None:
    """Save a change that began at `version`. Raises Overtaken."""
    require(actor, Do.CHANGE_BOX, row)
    if row.version != version:
        raise Overtaken
    row.title, row.lead = title, lead
    keep(row)
    _tell(actor, row, CallChanged)


def shut_box(actor: Actor, row: SuggestionBox, reason: str) -> None:
    """Take in nothing for now; what has come in is read and handled as before."""
    require(actor, Do.SHUT_BOX, row)
    row.shut_at, row.shut_because = clock.now(), reason
    keep(row)
    _tell(actor, row, CallShut, reason=reason)


def open_again(actor: Actor, row: SuggestionBox) -> None:
    require(actor, Do.OPEN_AGAIN, row)
    row.shut_at, row.shut_because = None, ""
    keep(row)
    _tell(actor, row, CallOpenedAgain)


def keep(row: SuggestionBox) -> None:
    """Write its card on the dialogue page; the standing box has none."""
    if row.dialogue_id is None:
        return
    endpoint, values = queries.address_of_box(row)
    keep_card(
        subjects.key(queries.BOX, row.id),
        dialogue_id=row.dialogue_id,
        method="suggestions",
        title=row.title,
        sentence=row.lead,
        endpoint=endpoint,
        values=values,
        responses=row.suggestions or 0,
        is_input=row.shut_at is None,
        position=row.id,
        result_endpoint=endpoint,
    )


def count_later(box_id: int) -> None:
    """Plan a new count, at most once a minute."""
    jobs.enqueue_next_minute("suggestions.count", "box_id", box_id)


def count_now(row: SuggestionBox) -> None:
    """Write down how many are public, counted anew: no editor is disturbed by it."""
    figures = update(SuggestionBox).where(SuggestionBox.id == row.id)
    figures = figures.values(suggestions=contributions.figures(row.id).texts)
    db.session().execute(figures.execution_options(synchronize_session=False))
    db.session().refresh(row)
    keep(row)


def _tell(actor: Actor, row: SuggestionBox, kind: Callable[..., Event], **facts: Any) -> None:
    db.session().flush()
    about = {"subject": subjects.key(queries.BOX, row.id), "actor": actor, "dialogue_id": row.dialogue_id}
    emit(kind(**about, title=row.title, **facts))
