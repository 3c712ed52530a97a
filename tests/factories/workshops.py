"""Workshops with their steps, cards on the board, themes and proposals."""

from __future__ import annotations

from typing import Any

from app import clock, db
from app.accounts.models import Person
from app.contributions.models import Contribution
from app.contributions.service import Draft
from app.dialogues.models import Dialogue
from app.levels.influence.workshops import queries, service
from app.levels.influence.workshops.models import (
    Step,
    Workshop,
    WorkshopCard,
    WorkshopProposal,
    WorkshopSource,
    WorkshopTheme,
)
from app.reviews.models import State
from tests.factories.contributions import write
from tests.factories.people import actor_of, make_person


def make_workshop(dialogue: Dialogue, **fields: Any) -> Workshop:
    """A workshop with its card on the dialogue page, whatever the stage of the dialogue."""
    values = {"title": "Framtidsverkstad", "lead": "Hur blir gatan bättre?", "created_at": clock.now(), **fields}
    row = service.make(dialogue, values)
    service.keep(row)
    return row


def make_theme(row: Workshop, name: str = "Trafik") -> WorkshopTheme:
    theme = WorkshopTheme(workshop_id=row.id, name=name, created_at=clock.now())
    db.session().add(theme)
    db.session().flush()
    return theme


def card(row: Workshop, text: str = "Det saknas bänkar.", *, by: Person | None = None, **more: Any) -> Contribution:
    """A card by somebody, through the service, while the dialogue is open."""
    actor = actor_of(by or make_person(name="Åsa Öberg"))
    return service.add_card(actor, row, Draft(text, more.get("language", "sv"), actor.name, form_key=more.get("key")))


def place(
    row: Workshop, text: str = "Det saknas bänkar.", *, step: Step | None = None, theme: WorkshopTheme | None = None,
    state: State = State.SHOWN, **fields: Any,
) -> Contribution:  # fmt: skip
    """A card in this state, whatever the stage of the dialogue."""
    here = queries.step_of(row, step or Step(row.step))
    made = write(here.container, text, state=state, **fields)
    stands = WorkshopCard(id=made.id, step_id=here.id, workshop_id=row.id, theme_id=theme.id if theme else None)
    db.session().add(stands)
    db.session().flush()
    return made


def make_proposal(row: Workshop, *cards: Contribution, **fields: Any) -> WorkshopProposal:
    """A proposal that came from these cards."""
    values = {"title": "Bänkar var femtionde meter", "text": "Kommunen ställer ut bänkar.", **fields}
    made = WorkshopProposal(workshop_id=row.id, dialogue_id=row.dialogue_id, created_at=clock.now(), **values)
    db.session().add(made)
    db.session().flush()
    for one in cards:
        source = WorkshopSource(proposal_id=made.id, card_id=one.id, workshop_id=row.id, added_at=clock.now())
        db.session().add(source)
    row.proposals += 1
    db.session().flush()
    return made
