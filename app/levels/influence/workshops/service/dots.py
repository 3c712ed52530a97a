"""Putting dots on cards and taking them back. The constraints on slot and layer decide races."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from app import clock, db
from app.contributions.models import Contribution
from app.dialogues.service import keep_stage
from app.levels.influence.workshops import queries
from app.levels.influence.workshops.events import DotGiven, DotTakenBack
from app.levels.influence.workshops.models import WorkshopDot
from app.levels.influence.workshops.rules import Do
from app.levels.influence.workshops.service.counting import count_later, held, tell_of_card
from app.limits import Limit
from app.permissions import Actor, require

DOTS = Limit(
    "workshops.dot", 120, timedelta(minutes=10)
)  # by one person, put and taken back: one may change one's mind


class NoDotLeft(Exception):
    """The person has put all their dots in this step."""


def give_dot(actor: Actor, card: Contribution, layer: int) -> bool:
    """Put a dot on a card, one's `layer`th on it: the button says which, so that pressing it twice counts once.

    Returns False where that one is there already, or where the workshop takes no second one on a card.
    Raises NoDotLeft.
    """
    place = queries.place_of(card)
    keep_stage(place.workshop.dialogue_id)
    row = held(place.workshop)
    clock.fresh()  # the deadline is decided now, after the wait for the locks
    require(actor, Do.GIVE_DOT, card)
    db.lock_key(f"workshop dots {place.step_id} {actor.person_id}")
    mine = queries.dots_of(place.step_id, actor.person_id)
    here = [dot.layer for dot in mine if dot.card_id == card.id]
    if layer != len(here) + 1 or (row.one_a_card and here):
        return False
    free = set(range(1, row.dots + 1)) - {dot.slot for dot in mine}
    if not free:
        raise NoDotLeft
    if not db.insert_new(
        WorkshopDot,
        card_id=card.id,
        step_id=place.step_id,
        person_id=actor.person_id,
        slot=min(free),
        layer=layer,
        given_at=clock.now(),
    ):
        return False
    tell_of_card(actor, row, card, DotGiven)
    count_later(row.id)
    return True


def take_dot(actor: Actor, card: Contribution, layer: int) -> bool:
    """Take one's `layer`th dot back from a card, the latest one. Returns False where it is not there any more."""
    place = queries.place_of(card)
    keep_stage(place.workshop.dialogue_id)
    row = held(place.workshop)
    clock.fresh()
    require(actor, Do.TAKE_DOT, card)
    db.lock_key(f"workshop dots {place.step_id} {actor.person_id}")
    here = [dot.layer for dot in queries.dots_of(place.step_id, actor.person_id) if dot.card_id == card.id]
    if layer != max(here, default=0):
        return False
    mine = delete(WorkshopDot).where(WorkshopDot.card_id == card.id, WorkshopDot.person_id == actor.person_id)
    db.session().execute(mine.where(WorkshopDot.layer == layer))
    tell_of_card(actor, row, card, DotTakenBack)
    count_later(row.id)
    return True
