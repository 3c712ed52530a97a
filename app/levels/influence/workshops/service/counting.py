"""What every write ends with: the event, the card on the dialogue page, the count; and the row held meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select, update

from app import db, jobs, subjects
from app.contributions import queries as contributions
from app.contributions.models import Contribution
from app.dialogues.service import keep_card
from app.events import Event, emit
from app.levels.influence.workshops import queries
from app.levels.influence.workshops.models import (
    Workshop,
    WorkshopCard,
    WorkshopDot,
    WorkshopProposal,
    WorkshopStep,
)
from app.permissions import Actor
from app.reviews.models import Reviewable, State


def held(row: Workshop, *, to_change: bool = False) -> Workshop:
    """The workshop as it stands now, which nobody moves or closes until the unit ends. Those who write cards and put
    dots do not wait for each other."""
    mine = select(Workshop).where(Workshop.id == row.id).with_for_update(read=not to_change, of=Workshop)
    return db.session().scalars(mine.execution_options(populate_existing=True)).one()


def tell(by: Actor, row: Workshop, kind: Callable[..., Event], **facts: Any) -> None:
    """Write down what happened to a workshop."""
    db.session().flush()
    about = {"subject": subjects.key("workshop", row.id), "actor": by, "dialogue_id": row.dialogue_id}
    emit(kind(**about, title=row.title, **facts))


def tell_of_card(by: Actor, row: Workshop, card: Contribution, kind: Callable[..., Event]) -> None:
    about = {"subject": subjects.key(queries.CARD, card.id), "actor": by, "dialogue_id": row.dialogue_id}
    emit(kind(**about, title=row.title))


def count_later(workshop_id: int) -> None:
    """Plan a new count, at most once a minute."""
    jobs.enqueue_next_minute("workshops.count", "workshop_id", workshop_id)


def count_now(row: Workshop) -> None:
    """Write down how many cards, dots and people there are, counted anew: no editor is disturbed by it."""
    total = 0
    for step in queries.steps(row).values():
        cards = contributions.figures(step.id).texts
        figures = {"cards": cards, "dots": _dots_shown(step.id)}
        db.session().execute(update(WorkshopStep).where(WorkshopStep.id == step.id).values(figures))
        total += cards
    counted = update(Workshop).where(Workshop.id == row.id)
    counted = counted.values(cards=total, people=queries.count_people(row.id))
    db.session().execute(counted.execution_options(synchronize_session=False))
    db.session().refresh(row)
    keep(row)


def count_proposals(row: Workshop) -> None:
    """How many proposals stand: few are written, so at once."""
    db.session().flush()
    standing = select(func.count()).select_from(WorkshopProposal)
    standing = standing.where(WorkshopProposal.workshop_id == row.id, WorkshopProposal.withdrawn_at.is_(None))
    row.proposals = db.session().scalars(standing).one()


def _dots_shown(step_id: int) -> int:
    """The dots on cards that everyone can read."""
    counted = select(func.count()).select_from(WorkshopDot).join(WorkshopCard, WorkshopCard.id == WorkshopDot.card_id)
    counted = counted.join(Contribution, Contribution.id == WorkshopCard.id)
    counted = counted.join(Reviewable, Reviewable.id == Contribution.review_id)
    counted = counted.where(WorkshopDot.step_id == step_id, Reviewable.state == State.SHOWN)
    return db.session().scalars(counted.where(Contribution.removed_at.is_(None))).one()


def keep(row: Workshop) -> None:
    """Write the workshop's card on the dialogue page."""
    endpoint, values = queries.address_of(row)
    keep_card(
        subjects.key("workshop", row.id),
        dialogue_id=row.dialogue_id,
        method="workshops",
        title=row.title,
        sentence=row.lead,
        endpoint=endpoint,
        values=values,
        responses=row.cards or 0,
        is_input=row.closed_at is None,
        position=row.id,
        result_endpoint="workshops.proposals",
    )
