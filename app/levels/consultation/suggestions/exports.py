"""What leaves of suggestions: each with its case, and what officials wrote to each other, which is personal.

The number of a dialogue is asked for; 0 is the standing box, which belongs to none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased

from app import db
from app.accounts.models import Person
from app.contributions.exports import IN_PLACE_OF_TEXT, REMOVED
from app.contributions.models import Contribution
from app.i18n import lazy_p
from app.ladder import Column, Export
from app.levels.consultation.suggestions.core import matters
from app.levels.consultation.suggestions.models import (
    CLOSING,
    Suggestion,
    SuggestionBox,
    SuggestionNote,
    SuggestionStep,
)
from app.reviews.models import Reviewable, State
from app.supports.models import SupportCount

STANDING = 0
OPEN = ("number", "matter", "unit", "locality", "place", "written_at", "language", "channel", "state", "status",
        "due_on", "closed_at", "supports", "answer", "text")  # fmt: skip
PERSONAL = ("name", "email", "phone", "case_code", "whole_text")
COLUMNS = (*(Column(name) for name in OPEN), *(Column(name, personal=True) for name in PERSONAL))
NOTE_COLUMNS = (Column("number"), Column("at"), Column("by", personal=True), Column("text", personal=True))


def _wanted(dialogue_id: int) -> Select[*tuple[Any, ...]]:
    later = aliased(SuggestionStep)
    last = select(func.max(later.id)).where(later.suggestion_id == Suggestion.id, later.status.in_(CLOSING))
    answer = and_(SuggestionStep.suggestion_id == Suggestion.id, SuggestionStep.id == last.scalar_subquery())
    rows = select(
        Suggestion, Contribution.text, Contribution.name, Contribution.written_at, Contribution.language,
        Contribution.channel, Contribution.removed_at, Reviewable.state, Person.email.label("account"),
        SupportCount.number.label("supports"), SuggestionStep.text.label("answer"),
    )  # fmt: skip
    rows = rows.join(Contribution, Contribution.id == Suggestion.id)
    rows = rows.join(Reviewable, Reviewable.id == Contribution.review_id)
    rows = rows.join(SuggestionBox, SuggestionBox.id == Suggestion.box_id)
    rows = rows.outerjoin(Person, Person.id == Contribution.person_id)
    rows = rows.outerjoin(SupportCount, SupportCount.contribution_id == Suggestion.id)
    return rows.outerjoin(SuggestionStep, answer).where(SuggestionBox.slot == dialogue_id)


def suggestions(dialogue_id: int) -> Iterator[Sequence[Any]]:
    """A row for each suggestion, in the order in which they came. Streamed."""
    wanted = _wanted(dialogue_id).order_by(Suggestion.id).execution_options(yield_per=200)
    for row in db.session().execute(wanted):
        yield _cells(row)


def _cells(row: Any) -> Sequence[Any]:
    """What only waits, or was hidden, leaves without its words, its place and its answer."""
    case = row.Suggestion
    state = REMOVED if row.removed_at is not None else row.state
    public = state == State.SHOWN
    matter = matters.matter(case.matter)
    facts = (case.id, matter.names["sv"], matter.unit, case.locality, case.place if public else "", row.written_at)
    handled = (row.language, row.channel, state, case.status, case.due_on, case.closed_at, row.supports or 0)
    said = (row.answer or "" if public else "", IN_PLACE_OF_TEXT.get(state, row.text))
    return (*facts, *handled, *said, row.name, case.email or row.account, case.phone, case.receipt, row.text or "")


def notes(dialogue_id: int) -> Iterator[Sequence[Any]]:
    """A row for each internal note. Streamed."""
    rows = _notes(dialogue_id).order_by(SuggestionNote.id).execution_options(yield_per=200)
    for row in db.session().execute(rows):
        yield tuple(row)


def _notes(dialogue_id: int) -> Select[*tuple[Any, ...]]:
    note = SuggestionNote
    rows = select(note.suggestion_id, note.at, Person.name, note.text).join(Person, Person.id == note.by_id)
    rows = rows.join(Suggestion, Suggestion.id == note.suggestion_id)
    return rows.join(SuggestionBox, SuggestionBox.id == Suggestion.box_id).where(SuggestionBox.slot == dialogue_id)


def _count(rows: Select[*tuple[Any, ...]]) -> int:
    return db.session().scalars(select(func.count()).select_from(rows.subquery())).one()


EXPORTS = (
    Export(
        "suggestions",
        lazy_p("export", "Suggestions"),
        lambda _id: list(COLUMNS),
        suggestions,
        lambda dialogue_id: _count(_wanted(dialogue_id)),
    ),
    Export(
        "suggestion-notes",
        lazy_p("export", "Internal notes about suggestions"),
        lambda _id: list(NOTE_COLUMNS),
        notes,
        lambda dialogue_id: _count(_notes(dialogue_id)),
    ),
)
