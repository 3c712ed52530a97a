"""Where something can be written down right now for somebody who rings or writes: each method registers a door.

The contact centre's desk shows what lies behind all doors, and knows no method by name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, false, true

from app.dialogues.models import Dialogue
from app.i18n import LazyText
from app.permissions import Action, Actor, Role, can
from app.subjects import Address

MOST = 200  # things behind one door, those that end first


@dataclass(frozen=True)
class Thing:
    """One thing that takes something in for others. `subject` is the row that the rule is asked about.

    `title` is Swedish; `dialogue` is None for what is the site's; `until` is outside, in UTC, None where no end is set;
    `address` is the page where it is written down.
    """

    subject: Any
    title: str
    dialogue: Dialogue | None
    until: datetime | None
    address: Address


@dataclass(frozen=True)
class Door:
    """`what` one does behind it, in a few words; the rule that it `asks`; and what may be there for an actor now.

    `things` costs one statement, and may hold more than the rule allows.
    """

    key: str
    what: LazyText
    asks: Action
    things: Callable[[Actor], Sequence[Thing]]

    def open_to(self, actor: Actor) -> list[Thing]:
        """What this actor can write something down in now."""
        return [one for one in self.things(actor) if can(actor, self.asks, one.subject)]


_doors: dict[str, Door] = {}


def register(door: Door) -> None:
    """Add a door. Raises ValueError where its key is taken."""
    if _doors.setdefault(door.key, door) != door:
        raise ValueError(f"two doors named {door.key}")


def doors() -> tuple[Door, ...]:
    return tuple(_doors.values())


def held_in(actor: Actor, *roles: Role) -> ColumnElement[bool]:
    """As a condition: the dialogues in which the actor holds one of the roles."""
    held = [actor.dialogues_as(role) for role in roles]
    if None in held:
        return true()
    ids = {one for some in held for one in some or ()}
    return Dialogue.id.in_(ids) if ids else false()
