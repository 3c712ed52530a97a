"""Reads of workshops, their steps, themes and proposals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app import db, subjects
from app.contributions.models import Contribution
from app.dialogues import queries as dialogues
from app.dialogues.addresses import slug
from app.dialogues.models import Dialogue
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.levels.influence.workshops.models import (
    STEPS,
    Step,
    Workshop,
    WorkshopCard,
    WorkshopDot,
    WorkshopProposal,
    WorkshopStep,
    WorkshopTheme,
)
from app.multilingual.queries import Row
from app.multilingual.sources import Item
from app.permissions import Actor
from app.subjects import Address

CARD = "workshop_card"  # the kind of what stands on the board
MOST = 100  # workshops of a dialogue, themes and proposals of a workshop
WORKSHOP_FIELDS = {"title": (_l("Heading"), 160), "lead": (_l("What the workshop is about"), 400)}
THEME_FIELDS = {"name": (_l("Name of the theme"), 80)}
PROPOSAL_FIELDS = {"title": (_l("The proposal in one sentence"), 160), "text": (_l("What is proposed, and why"), 4000)}
Found = tuple[Workshop, Dialogue, dict[Step, WorkshopStep]]


def visible_to(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The workshops that an actor may read: those of the dialogues that they may read, without withdrawn ones."""
    readable = dialogues.visible_to(actor).with_only_columns(Dialogue.id)
    return select(Workshop).where(Workshop.withdrawn_at.is_(None), Workshop.dialogue_id.in_(readable))


def proposals_visible_to(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The proposals that an actor may read."""
    readable = dialogues.visible_to(actor).with_only_columns(Dialogue.id)
    mine = select(WorkshopProposal).where(WorkshopProposal.withdrawn_at.is_(None))
    return mine.where(WorkshopProposal.dialogue_id.in_(readable))


def workshop(workshop_id: int) -> Workshop | None:
    return db.session().get(Workshop, workshop_id)


def workshop_in(dialogue_id: int, workshop_id: int) -> Found | None:
    """A workshop of this dialogue that is not withdrawn, with the dialogue and its steps, in one statement."""
    all_of_it = select(Workshop, Dialogue, WorkshopStep).join(Dialogue, Dialogue.id == Workshop.dialogue_id)
    all_of_it = all_of_it.join(WorkshopStep, WorkshopStep.workshop_id == Workshop.id)
    all_of_it = all_of_it.where(Workshop.id == workshop_id, Workshop.dialogue_id == dialogue_id)
    found = db.session().execute(all_of_it.where(Workshop.withdrawn_at.is_(None))).all()
    if not found:
        return None
    by_step = {Step(row.step): row for _, _, row in found}
    return found[0][0], found[0][1], {step: by_step[step] for step in STEPS}


def steps(row: Workshop) -> dict[Step, WorkshopStep]:
    """Its steps in their order."""
    mine = db.session().scalars(select(WorkshopStep).where(WorkshopStep.workshop_id == row.id))
    by_step = {Step(one.step): one for one in mine}
    return {step: by_step[step] for step in STEPS}


def step_of(row: Workshop, step: Step) -> WorkshopStep:
    """One of its steps, with its container."""
    mine = select(WorkshopStep).where(WorkshopStep.workshop_id == row.id, WorkshopStep.step == step)
    return db.session().scalars(mine.options(joinedload(WorkshopStep.container))).one()


def in_dialogue(dialogue_id: int) -> list[Workshop]:
    """The workshops of a dialogue in the order they were planned, without withdrawn ones."""
    return list(every_workshop(dialogue_id, most=MOST))


def every_workshop(dialogue_id: int, most: int | None = None) -> Iterator[Workshop]:
    """As in_dialogue, all of them."""
    mine = select(Workshop).where(Workshop.dialogue_id == dialogue_id, Workshop.withdrawn_at.is_(None))
    yield from db.session().scalars(mine.order_by(Workshop.id).limit(most))


def themes(workshop_id: int) -> list[WorkshopTheme]:
    """The themes of a workshop in the order in which they stand on the board."""
    mine = select(WorkshopTheme).where(WorkshopTheme.workshop_id == workshop_id)
    return list(db.session().scalars(mine.order_by(WorkshopTheme.id).limit(MOST)))


def theme_in(row: Workshop, theme_id: int) -> WorkshopTheme | None:
    mine = select(WorkshopTheme).where(WorkshopTheme.workshop_id == row.id, WorkshopTheme.id == theme_id)
    return db.session().scalars(mine).first()


def proposal(proposal_id: int) -> WorkshopProposal | None:
    return db.session().get(WorkshopProposal, proposal_id)


def proposals(workshop_id: int) -> list[WorkshopProposal]:
    """The proposals of a workshop in the order they were written, without withdrawn ones."""
    mine = select(WorkshopProposal).where(WorkshopProposal.workshop_id == workshop_id)
    mine = mine.where(WorkshopProposal.withdrawn_at.is_(None)).order_by(WorkshopProposal.id).limit(MOST)
    return list(db.session().scalars(mine))


def proposal_in(row: Workshop, proposal_id: int) -> WorkshopProposal | None:
    """One of its proposals that is not withdrawn."""
    mine = select(WorkshopProposal).where(WorkshopProposal.workshop_id == row.id, WorkshopProposal.id == proposal_id)
    return db.session().scalars(mine.where(WorkshopProposal.withdrawn_at.is_(None))).first()


def has_cards(workshop_id: int) -> bool:
    """Whether anybody has written a card, whatever became of it."""
    wanted = select(WorkshopCard.id).where(WorkshopCard.workshop_id == workshop_id).limit(1)
    return db.session().scalars(wanted).first() is not None


def has_dots(workshop_id: int) -> bool:
    """Whether anybody has a dot on a card."""
    wanted = select(WorkshopDot.id).join(WorkshopStep, WorkshopStep.id == WorkshopDot.step_id)
    return db.session().scalars(wanted.where(WorkshopStep.workshop_id == workshop_id).limit(1)).first() is not None


# ------------------------------------------------------------------ addresses


def address_of(row: Workshop) -> Address:
    """Where it is read; the dialogue is read unless the session holds it already."""
    dialogue = db.session().get_one(Dialogue, row.dialogue_id)
    return "workshops.show", {"dialogue_id": dialogue.id, "slug": slug(dialogue.title), "workshop_id": row.id}


def card_address(card: Contribution) -> Address:
    """The address that always leads to this card, on whichever page of the board it stands."""
    place = db.session().get_one(WorkshopCard, card.id)
    return "workshops.card", {**address_of(place.workshop)[1], "card_id": card.id}


def proposal_address(row: WorkshopProposal) -> Address:
    return "workshops.proposal", {**address_of(row.workshop)[1], "proposal_id": row.id}


# ------------------------------------------------------------------ texts


def row_of(row: Workshop) -> Row:
    """Its Swedish texts, for those who show them in other languages."""
    return subjects.key("workshop", row.id), {one: (getattr(row, one), None) for one in WORKSHOP_FIELDS}


def row_of_theme(row: WorkshopTheme) -> Row:
    return subjects.key("workshop_theme", row.id), {"name": (row.name, None)}


def row_of_proposal(row: WorkshopProposal) -> Row:
    return subjects.key("workshop_proposal", row.id), {one: (getattr(row, one), None) for one in PROPOSAL_FIELDS}


def _items(row: Any, kind: str, name: str, fields: Mapping[str, tuple[LazyText, int]]) -> list[Item]:
    key = subjects.key(kind, row.id)
    return [
        Item(key, name, field, label, getattr(row, field), longest=longest)
        for field, (label, longest) in fields.items()
    ]


def translatable_workshops(dialogue_id: int | None) -> list[Item]:
    """Every text of the workshops of a dialogue."""
    rows = [] if dialogue_id is None else in_dialogue(dialogue_id)
    return [item for row in rows for item in _items(row, "workshop", row.title, WORKSHOP_FIELDS)]


def translatable_themes(dialogue_id: int | None) -> list[Item]:
    """Every theme of the workshops of a dialogue."""
    mine = select(WorkshopTheme).join(Workshop, Workshop.id == WorkshopTheme.workshop_id)
    mine = mine.where(Workshop.dialogue_id == (dialogue_id or 0), Workshop.withdrawn_at.is_(None))
    rows = db.session().scalars(mine.order_by(WorkshopTheme.id))
    return [item for row in rows for item in _items(row, "workshop_theme", row.name, THEME_FIELDS)]


def translatable_proposals(dialogue_id: int | None) -> list[Item]:
    """Every proposal of the workshops of a dialogue."""
    mine = select(WorkshopProposal).where(WorkshopProposal.dialogue_id == (dialogue_id or 0))
    rows = db.session().scalars(mine.where(WorkshopProposal.withdrawn_at.is_(None)).order_by(WorkshopProposal.id))
    return [item for row in rows for item in _items(row, "workshop_proposal", row.title, PROPOSAL_FIELDS)]
