"""What leaves of a dialogue's workshops: cards, themes, dots and proposals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, func, select

from app import clock, db
from app.accounts.models import Person
from app.contributions import exports as engine
from app.i18n import lazy_p
from app.ladder import Column, Export
from app.levels.influence.workshops import queries
from app.levels.influence.workshops.models import (
    Workshop,
    WorkshopCard,
    WorkshopDot,
    WorkshopProposal,
    WorkshopSource,
    WorkshopStep,
    WorkshopTheme,
)

CARD_COLUMNS = (Column("workshop"), Column("step"), Column("theme"), Column("dots"), *engine.COLUMNS)
THEME_COLUMNS = ("workshop", "number", "name", "cards")
DOT_COLUMNS = (Column("workshop"), Column("step"), Column("card"), Column("given_on"), Column("name", personal=True),
               Column("email", personal=True))  # fmt: skip
PROPOSAL_COLUMNS = ("workshop", "number", "title", "text", "cards", "created_at", "edited_at")
Rows = Iterator[Sequence[Any]]


def cards(dialogue_id: int) -> Rows:
    """A row for each card, step by step in the order they were written. Streamed."""
    steps = {
        number: (title, step)
        for number, title, step in db.session().execute(
            _here(select(WorkshopStep.id, Workshop.title, WorkshopStep.step).join(Workshop), dialogue_id)
        )
    }
    themes = _themes_of_cards(dialogue_id)
    dots = _dots_of_cards(dialogue_id)
    for step_id, cells in engine.rows(dialogue_id, queries.CARD):
        yield [*steps.get(step_id, ("", "")), themes.get(cells[0], ""), dots.get(cells[0], 0), *cells]


def _themes_of_cards(dialogue_id: int) -> dict[int, str]:
    rows = select(WorkshopCard.id, WorkshopTheme.name).join(WorkshopTheme, WorkshopTheme.id == WorkshopCard.theme_id)
    rows = _here(rows.join(Workshop, Workshop.id == WorkshopCard.workshop_id), dialogue_id)
    return {number: name for number, name in db.session().execute(rows)}


def _dots_of_cards(dialogue_id: int) -> dict[int, int]:
    rows = _dots(select(WorkshopDot.card_id, func.count()), dialogue_id).group_by(WorkshopDot.card_id)
    return {number: many for number, many in db.session().execute(rows)}


def themes(dialogue_id: int) -> Rows:
    """A row for each theme, with how many cards stand under it."""
    rows = select(Workshop.title, WorkshopTheme.id, WorkshopTheme.name, func.count(WorkshopCard.id))
    rows = rows.select_from(WorkshopTheme).join(Workshop, Workshop.id == WorkshopTheme.workshop_id)
    rows = rows.outerjoin(WorkshopCard, WorkshopCard.theme_id == WorkshopTheme.id)
    rows = _here(rows, dialogue_id).group_by(Workshop.title, WorkshopTheme.id, WorkshopTheme.name)
    yield from map(list, db.session().execute(rows.order_by(WorkshopTheme.id).execution_options(yield_per=200)))


def dots(dialogue_id: int) -> Rows:
    """A row for each dot, with the day in the municipality on which it was put. Streamed."""
    rows = select(Workshop.title, WorkshopStep.step, WorkshopDot.card_id, WorkshopDot.given_at, Person.name,
                  Person.email)  # fmt: skip
    rows = _dots(rows, dialogue_id).join(Person, Person.id == WorkshopDot.person_id)
    for title, step, card, at, name, email in db.session().execute(
        rows.order_by(WorkshopDot.card_id, WorkshopDot.person_id, WorkshopDot.layer).execution_options(yield_per=200)
    ):
        yield [title, step, card, clock.local(at).date(), name, email]


def proposals(dialogue_id: int) -> Rows:
    """A row for each proposal, with the numbers of the cards that it came from."""
    wanted = select(WorkshopSource.proposal_id, WorkshopSource.card_id)
    wanted = wanted.join(WorkshopProposal, WorkshopProposal.id == WorkshopSource.proposal_id)
    wanted = wanted.where(WorkshopProposal.dialogue_id == dialogue_id).order_by(WorkshopSource.card_id)
    sources: dict[int, list[str]] = {}
    for proposal_id, card_id in db.session().execute(wanted):
        sources.setdefault(proposal_id, []).append(str(card_id))
    made = _proposals(dialogue_id).order_by(WorkshopProposal.id).execution_options(yield_per=200)
    for row in db.session().scalars(made):
        named = " ".join(sources.get(row.id, ()))
        yield [row.workshop.title, row.id, row.title, row.text, named, row.created_at, row.edited_at]


def _here(rows: Select[*tuple[Any, ...]], dialogue_id: int) -> Select[*tuple[Any, ...]]:
    return rows.where(Workshop.dialogue_id == dialogue_id, Workshop.withdrawn_at.is_(None))


def _dots(rows: Select[*tuple[Any, ...]], dialogue_id: int) -> Select[*tuple[Any, ...]]:
    rows = rows.select_from(WorkshopDot).join(WorkshopStep, WorkshopStep.id == WorkshopDot.step_id)
    return _here(rows.join(Workshop, Workshop.id == WorkshopStep.workshop_id), dialogue_id)


def _proposals(dialogue_id: int) -> Select[*tuple[Any, ...]]:
    mine = select(WorkshopProposal).join(Workshop, Workshop.id == WorkshopProposal.workshop_id)
    return _here(mine.where(WorkshopProposal.withdrawn_at.is_(None)), dialogue_id)


def _count(rows: Select[*tuple[Any, ...]]) -> int:
    return db.session().scalars(select(func.count()).select_from(rows.order_by(None).subquery())).one()


EXPORTS = (
    Export(
        "workshop_cards",
        lazy_p("export", "Cards of the workshops"),
        lambda _id: list(CARD_COLUMNS),
        cards,
        lambda dialogue_id: engine.count(dialogue_id, queries.CARD),
    ),
    Export(
        "workshop_themes",
        lazy_p("export", "Themes of the workshops"),
        lambda _id: [Column(name) for name in THEME_COLUMNS],
        themes,
        lambda dialogue_id: _count(_here(select(WorkshopTheme.id).join(Workshop), dialogue_id)),
    ),
    Export(
        "workshop_dots",
        lazy_p("export", "Dots in the workshops"),
        lambda _id: list(DOT_COLUMNS),
        dots,
        lambda dialogue_id: _count(_dots(select(WorkshopDot.id), dialogue_id)),
    ),
    Export(
        "workshop_proposals",
        lazy_p("export", "Proposals of the workshops"),
        lambda _id: [Column(name) for name in PROPOSAL_COLUMNS],
        proposals,
        lambda dialogue_id: _count(_proposals(dialogue_id).with_only_columns(WorkshopProposal.id)),
    ),
)
