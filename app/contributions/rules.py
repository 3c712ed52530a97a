"""Checks that methods build their rules from. Their subject is a Contribution (or what has one's fields)."""

from __future__ import annotations

from datetime import timedelta

from app import clock
from app.contributions.models import Contribution
from app.dialogues import rules as dialogues
from app.i18n import lazy as _l
from app.permissions import SIGN_IN_FIRST, Actor, Check, Reason, Role, any_of, has_role

EDIT_WINDOW = timedelta(minutes=30)  # for how long an author may change what is written
ELECTED_FIRST = (Role.ELECTED, Role.OFFICIAL)

moderates: Check = has_role(Role.MODERATOR)


def is_author(actor: Actor, row: Contribution) -> Reason | None:
    if actor.person_id is not None and row.person_id == actor.person_id:
        return None
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    return Reason("author", _l("Only the one who wrote the text does this."))


def is_not_removed(_actor: Actor, row: Contribution) -> Reason | None:
    return None if row.removed_at is None else Reason("removed", _l("The author has taken this text away."))


def is_not_hidden(_actor: Actor, row: Contribution) -> Reason | None:
    return Reason("hidden", _l("A moderator has hidden this text.")) if row.is_hidden else None


def is_shown(actor: Actor, row: Contribution) -> Reason | None:
    """A moderator's state and the author's own: everyone may read it."""
    if row.is_waiting:
        return Reason("waiting", _l("This text is shown when a moderator has read it."))
    return is_not_removed(actor, row) or is_not_hidden(actor, row)


def place_is_readable(actor: Actor, row: Contribution) -> Reason | None:
    """What belongs to the site is open to all; else the dialogue decides."""
    return None if row.dialogue_id is None else dialogues.may_read(actor, row)


def within(window: timedelta) -> Check:
    """Passes for so long after it was written."""

    def check(_actor: Actor, row: Contribution) -> Reason | None:
        if clock.now() < row.written_at + window:
            return None
        return Reason("late", _l("A text can be changed until %(when)s only.", when=row.written_at + window))

    return check


def is_public(actor: Actor, row: Contribution) -> Reason | None:
    return is_shown(actor, row) or place_is_readable(actor, row)


def is_own(actor: Actor, row: Contribution) -> Reason | None:
    """One's own may be read while it waits, or after it was hidden."""
    return is_author(actor, row) or is_not_removed(actor, row) or place_is_readable(actor, row)


# Who may read a contribution; `queries.visible_to` says the same of rows.
MAY_READ: tuple[Check, ...] = (any_of(moderates, is_own, is_public),)


def mark(actor: Actor, dialogue_id: int | None) -> str:
    """The role that what this actor writes here is marked with; empty for residents. Elected comes first."""
    for role in (*ELECTED_FIRST, *(one for one in Role if one not in ELECTED_FIRST)):
        if actor.has(role, dialogue_id):
            return role.value
    return ""
