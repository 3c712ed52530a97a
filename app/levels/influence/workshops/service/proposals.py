"""Turning cards into proposals. Each keeps the cards that it came from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, select

from app import clock, db, subjects
from app.dialogues.problems import NotAccepted, Overtaken
from app.events import emit
from app.i18n import lazy as _l
from app.levels.influence.workshops import queries
from app.levels.influence.workshops.events import (
    CardsTakenUp,
    ProposalChanged,
    ProposalWithdrawn,
    ProposalWritten,
)
from app.levels.influence.workshops.models import Workshop, WorkshopProposal, WorkshopSource
from app.levels.influence.workshops.rules import Do
from app.levels.influence.workshops.service.counting import count_proposals, held, tell
from app.permissions import Actor, require


def propose(actor: Actor, row: Workshop, facts: dict[str, str], card_ids: Iterable[int]) -> WorkshopProposal:
    """Write a proposal. `facts`: title, text. Raises NotAccepted where no card of the workshop is named."""
    row = held(row, to_change=True)
    require(actor, Do.PROPOSE, row)
    wanted = [card.id for card, _ in queries.places(row.id, card_ids)]
    if not wanted:
        raise _no_cards()
    made = WorkshopProposal(
        workshop_id=row.id,
        dialogue_id=row.dialogue_id,
        created_by=actor.person_id,
        created_at=clock.now(),
        **facts,
    )
    db.session().add(made)
    db.session().flush()
    tell(actor, row, ProposalWritten, proposal=made.title)
    _name_cards(actor, row, made, wanted)
    count_proposals(row)
    return made


def change(
    actor: Actor, row: Workshop, made: WorkshopProposal, facts: dict[str, str], card_ids: Iterable[int], version: int
) -> None:
    """Save a change that began at `version`; the cards are those and no others. Raises Overtaken and NotAccepted."""
    row = held(row, to_change=True)
    require(actor, Do.PROPOSE, row)
    if made.version != version:
        raise Overtaken(made.id)
    wanted = set(card_ids)
    gone = [card.id for card, _ in queries.sources_of(made.id) if card.id not in wanted and card.is_public]
    mine = delete(WorkshopSource).where(WorkshopSource.proposal_id == made.id, WorkshopSource.card_id.in_(gone))
    db.session().execute(mine)
    for column, value in facts.items():
        setattr(made, column, value)
    made.edited_at = clock.now()
    tell(actor, row, ProposalChanged, proposal=made.title)
    _name_cards(actor, row, made, wanted)


def take_up(actor: Actor, row: Workshop, made: WorkshopProposal, card_ids: Iterable[int]) -> int:
    """Add cards to those that a proposal came from. Returns how many are new."""
    row = held(row, to_change=True)
    require(actor, Do.PROPOSE, row)
    return _name_cards(actor, row, made, card_ids)


def withdraw_proposal(actor: Actor, row: Workshop, made: WorkshopProposal) -> None:
    """Take a proposal away; the cards stay."""
    row = held(row, to_change=True)
    require(actor, Do.PROPOSE, row)
    made.withdrawn_at = clock.now()
    count_proposals(row)
    tell(actor, row, ProposalWithdrawn, proposal=made.title)


def _name_cards(actor: Actor, row: Workshop, made: WorkshopProposal, card_ids: Iterable[int]) -> int:
    """Name cards of this workshop that everyone can read; those who wrote the new ones are told."""
    session = db.session()
    known = set(session.scalars(select(WorkshopSource.card_id).where(WorkshopSource.proposal_id == made.id)))
    wanted = {card.id for card, _ in queries.places(row.id, card_ids)}
    if not known | wanted:
        raise _no_cards()
    new, now = wanted - known, clock.now()
    sources: list[dict[str, Any]] = [
        {"proposal_id": made.id, "card_id": card_id, "workshop_id": row.id, "added_at": now} for card_id in sorted(new)
    ]
    session.add_all([WorkshopSource(**one) for one in sources])
    session.flush()
    if new:
        about = {"subject": subjects.key("workshop_proposal", made.id), "actor": actor, "dialogue_id": row.dialogue_id}
        emit(CardsTakenUp(**about, title=row.title, proposal=made.title, since=now))  # type: ignore[arg-type]
    return len(new)


def _no_cards() -> NotAccepted:
    return NotAccepted("cards", _l("Choose the cards that the proposal comes from."))
