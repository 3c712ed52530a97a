"""Who took part in workshops, and what of theirs there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, distinct, func, select
from sqlalchemy.orm import contains_eager

from app import clock, db
from app.accounts.contributions import MOST
from app.accounts.contributions import Contribution as Own
from app.accounts.models import Person
from app.contributions.models import Contribution
from app.contributions.subject import title_of
from app.dialogues.addresses import slug
from app.dialogues.models import Dialogue
from app.dialogues.registering import MOST as MOST_THINGS
from app.dialogues.registering import Thing, held_in
from app.dialogues.stages import Stage
from app.i18n import LazyText, lazy_p
from app.ladder import Recipient
from app.levels.influence.workshops.models import (
    PAPER_GRACE,
    Workshop,
    WorkshopCard,
    WorkshopDot,
    WorkshopSource,
    WorkshopStep,
)
from app.permissions import Actor, Role
from app.reviews.models import Reviewable


def participants(dialogue_id: int) -> Iterator[Recipient]:
    """Those with an account who have written a card or put a dot in a dialogue's workshops, once each."""
    here = select(Workshop.id).where(Workshop.dialogue_id == dialogue_id)
    return _recipients(_took_part(here))


def participants_in(workshop_id: int) -> Iterator[Recipient]:
    """As participants, of one workshop."""
    return _recipients(_took_part(select(Workshop.id).where(Workshop.id == workshop_id)))


def authors_taken_up(proposal_id: int, since: datetime) -> Iterator[Recipient]:
    """Those with an account whose cards a proposal has named since then."""
    wrote = select(Contribution.person_id).join(WorkshopSource, WorkshopSource.card_id == Contribution.id)
    wrote = wrote.where(WorkshopSource.proposal_id == proposal_id, WorkshopSource.added_at >= since)
    return _recipients(wrote.where(Contribution.person_id.is_not(None), Contribution.removed_at.is_(None)))


def count_people(workshop_id: int) -> int:
    """How many with an account have taken part: counted now, for the job."""
    here = select(Workshop.id).where(Workshop.id == workshop_id)
    counted = select(func.count(distinct(Person.id))).where(Person.id.in_(_took_part(here)))
    return db.session().scalars(counted).one()


def _took_part(workshop_ids: Select[Any]) -> Any:
    wrote = select(Contribution.person_id).join(WorkshopCard, WorkshopCard.id == Contribution.id)
    wrote = wrote.where(WorkshopCard.workshop_id.in_(workshop_ids), Contribution.person_id.is_not(None))
    marked = select(WorkshopDot.person_id).join(WorkshopStep, WorkshopStep.id == WorkshopDot.step_id)
    return wrote.union(marked.where(WorkshopStep.workshop_id.in_(workshop_ids)))


def _recipients(person_ids: Any) -> Iterator[Recipient]:
    people = select(Person.email, Person.language, Person.id)
    people = people.where(Person.id.in_(person_ids), Person.blocked_at.is_(None)).order_by(Person.id)
    for email, language, person_id in db.session().execute(people.execution_options(yield_per=1000)):
        yield Recipient(email, language, person_id)


def open_for_others(actor: Actor) -> list[Thing]:
    """The workshops in which this actor may be able to enter paper notes now; one statement."""
    both = select(Workshop, Dialogue).join(Dialogue, Dialogue.id == Workshop.dialogue_id)
    both = both.where(held_in(actor, Role.CONTACT_CENTRE, Role.OFFICIAL), Workshop.withdrawn_at.is_(None))
    both = both.where(Workshop.closed_at.is_(None), Dialogue.closes_at > clock.now() - PAPER_GRACE)
    both = both.where(Dialogue.stage.in_([Stage.OPEN, Stage.PAUSED, Stage.CLOSED]))
    found = db.session().execute(both.order_by(Dialogue.closes_at, Workshop.id).limit(MOST_THINGS))
    return [
        Thing(
            subject=row,
            title=row.title,
            dialogue=dialogue,
            until=_until(dialogue),
            address=("workshop_desk.notes", {"dialogue_id": dialogue.id, "workshop_id": row.id}),
        )
        for row, dialogue in found
    ]


def _until(dialogue: Dialogue) -> datetime | None:
    """When the last note can be entered: after the closing, the last paper."""
    closes_at = dialogue.closes_at
    return closes_at + PAPER_GRACE if closes_at is not None and closes_at <= clock.now() else closes_at


def dots_given(person_id: int) -> list[Mapping[str, Any]]:
    """What is kept of a person's dots."""
    mine = select(WorkshopDot.card_id, WorkshopDot.given_at).where(WorkshopDot.person_id == person_id)
    return [dict(row) for row in db.session().execute(mine.order_by(WorkshopDot.id)).mappings()]


def own(person_id: int) -> list[Own]:
    """The cards that a person has written, for their own page; one statement."""
    mine = select(Contribution, Workshop, Dialogue).join(WorkshopCard, WorkshopCard.id == Contribution.id)
    mine = mine.join(Workshop, Workshop.id == WorkshopCard.workshop_id)
    mine = mine.join(Dialogue, Dialogue.id == Workshop.dialogue_id)
    mine = mine.join(Reviewable, Reviewable.id == Contribution.review_id).options(contains_eager(Contribution.review))
    mine = mine.where(Contribution.person_id == person_id).order_by(Contribution.id.desc()).limit(MOST)
    return [
        Own(
            title=title_of(card) or row.title,
            address=("workshops.card", {"dialogue_id": dialogue.id, "slug": slug(dialogue.title),
                                        "workshop_id": row.id, "card_id": card.id}),
            state=_state(card)[0],
            when=card.written_at,
            tone=_state(card)[1],
        )
        for card, row, dialogue in db.session().execute(mine)
    ]  # fmt: skip


def _state(card: Contribution) -> tuple[LazyText, str]:
    if card.removed_at is not None:
        return lazy_p("post", "Taken away by you"), ""
    if card.is_hidden:
        return lazy_p("post", "Hidden by a moderator"), "late"
    return (lazy_p("post", "Waiting for a moderator"), "now") if card.is_waiting else (lazy_p("post", "Shown"), "open")
