"""Writing cards: by residents themselves, and by staff who enter what others wrote on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete

from app import clock, db
from app.contributions import queries as contributions
from app.contributions import rules as marks
from app.contributions import service as engine
from app.contributions.models import Contribution
from app.contributions.service import Draft
from app.dialogues.service import keep_stage
from app.levels.influence.workshops import queries
from app.levels.influence.workshops.events import (
    CardChanged,
    CardShown,
    CardTakenAway,
    CardWritten,
    NotesEntered,
)
from app.levels.influence.workshops.models import Step, Workshop, WorkshopCard, WorkshopDot, WorkshopStep
from app.levels.influence.workshops.rules import Do
from app.levels.influence.workshops.service.counting import count_later, held, tell, tell_of_card
from app.limits import Limit
from app.permissions import SYSTEM, Actor, require

CARDS = Limit("workshops.card", 30, timedelta(minutes=10))  # by one person: a lively evening, and no flood


@dataclass(frozen=True)
class Notes:
    """What staff enter at a time: a text for each note, and what is the same for all of them. `key` is the form's."""

    texts: Sequence[str]
    step: Step
    channel: str  # "paper" or "meeting"
    language: str
    key: str
    theme_id: int | None = None

    def form_key(self, number: int) -> str:
        """What the note of this number is sent with, from 0."""
        return f"{self.key} {number}"


def add_card(actor: Actor, row: Workshop, draft: Draft) -> Contribution:
    """Write a card in the step where the workshop is. Raises AlreadySent where this form has been sent before."""
    keep_stage(row.dialogue_id)
    row = held(row)
    clock.fresh()  # the deadline is decided now, after the wait for the locks
    require(actor, Do.ADD_CARD, row)
    shown = not row.reads_first or bool(marks.mark(actor, row.dialogue_id))
    card = _place(actor, queries.step_of(row, Step(row.step)), draft, shown=shown)
    tell_of_card(actor, row, card, CardWritten)
    if shown:
        tell_of_card(actor, row, card, CardShown)
    count_later(row.id)
    return card


def register_notes(actor: Actor, row: Workshop, notes: Notes) -> list[Contribution]:
    """Enter what others wrote: a card for each note. Its author has no account, and is never who enters it.

    Raises AlreadySent where this form has been sent before. A theme of another workshop is refused by a constraint.
    """
    keep_stage(row.dialogue_id)
    row = held(row)
    clock.fresh()
    require(actor, Do.REGISTER, row)
    step = queries.step_of(row, notes.step)
    cards = [
        _place(
            actor,
            step,
            Draft(text, notes.language, channel=notes.channel, form_key=notes.form_key(number)),
            theme_id=notes.theme_id,
        )
        for number, text in enumerate(notes.texts)
    ]
    tell(actor, row, NotesEntered, number=len(cards))
    count_later(row.id)
    return cards


def are_saved(row: Workshop, notes: Notes) -> bool:
    """Whether it was these notes that were sent before with the same form, and not others."""
    keys = [notes.form_key(number) for number in range(len(notes.texts) + 1)]  # one more: they were not more then
    known = contributions.by_forms(queries.step_of(row, notes.step).id, keys)
    return [one.text for one in known] == list(notes.texts)


def change_card(actor: Actor, card: Contribution, text: str, language: str) -> None:
    """Write one's own card anew for a short while; how it read is kept."""
    row = queries.place_of(card).workshop
    keep_stage(row.dialogue_id)
    row = held(row)
    clock.fresh()
    require(actor, Do.CHANGE_CARD, card)
    if engine.change(card, text, language, wait=row.reads_first and not card.role):
        tell_of_card(actor, row, card, CardChanged)


def remove_card(actor: Actor, card: Contribution) -> None:
    """Take one's own card away; those who had put dots on it get them back."""
    require(actor, Do.REMOVE_CARD, card)
    row = queries.place_of(card).workshop
    engine.take_away(card)
    db.session().execute(delete(WorkshopDot).where(WorkshopDot.card_id == card.id))
    tell_of_card(actor, row, card, CardTakenAway)
    count_later(row.id)


def card_was_shown(card: Contribution) -> None:
    """A moderator let everyone read it; for the first time, that is written down."""
    if engine.mark_shown(card):
        tell_of_card(SYSTEM, queries.place_of(card).workshop, card, CardShown)


def _place(
    actor: Actor, step: WorkshopStep, draft: Draft, *, shown: bool = True, theme_id: int | None = None
) -> Contribution:
    card = engine.add(actor, step.container, draft, shown=shown)
    db.session().add(WorkshopCard(id=card.id, step_id=step.id, workshop_id=step.workshop_id, theme_id=theme_id))
    db.session().flush()
    return card
