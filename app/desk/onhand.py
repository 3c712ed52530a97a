"""What somebody who speaks with people has to hand: everything that takes something in for others right now."""

from __future__ import annotations

from dataclasses import dataclass

from app.dialogues import registering
from app.dialogues.registering import Thing
from app.i18n import LazyText
from app.permissions import Actor, Role

SHOWN = 40  # at a glance; more are found by words
ROLES = (Role.CONTACT_CENTRE, Role.OFFICIAL)


@dataclass(frozen=True)
class OnHand:
    """One thing, and what one does there."""

    thing: Thing
    what: LazyText


def speaks_with_people(actor: Actor) -> bool:
    return any(grant.role in ROLES for grant in actor.grants)


def speaks_first(actor: Actor) -> bool:
    """For the contact centre this comes before everything else."""
    return any(grant.role == Role.CONTACT_CENTRE for grant in actor.grants)


def on_hand(actor: Actor, sought: str = "") -> list[OnHand]:
    """What takes something in for others now, dialogue by dialogue; all the words that are sought stand in each."""
    if not speaks_with_people(actor):
        return []
    words = sought.casefold().split()
    found = [OnHand(thing, door.what) for door in registering.doors() for thing in door.open_to(actor)]
    return sorted(
        (one for one in found if all(word in _said(one) for word in words)),
        key=lambda one: (one.thing.dialogue is None, _where(one), one.thing.title),
    )


def _where(one: OnHand) -> str:
    return one.thing.dialogue.title if one.thing.dialogue is not None else ""


def _said(one: OnHand) -> str:
    return f"{one.thing.title} {_where(one)} {one.what}".casefold()
