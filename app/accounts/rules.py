"""Who may do what with accounts and roles, as data, and what a name and a password must be."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app import clock
from app.accounts.core import names, passwords
from app.accounts.core.passwords import Weakness
from app.i18n import lazy as _l
from app.permissions import (
    SIGN_IN_FIRST,
    Action,
    Actor,
    Reason,
    Role,
    Rules,
    any_of,
    anyone,
    has_role,
    is_system,
    needs_role,
    signed_in,
)

RECENT = timedelta(minutes=30)


class Do(Action):
    """What one can do with accounts."""

    SIGN_UP = "accounts:sign_up"
    ASK_LINK = "accounts:ask_link"
    SIGN_IN = "accounts:sign_in"  # the subject is the person who comes in
    CONFIRM_AGAIN = "accounts:confirm_again"
    EDIT_OWN = "accounts:edit_own"
    SECURE_OWN = "accounts:secure_own"  # one's password and address
    END_OWN_SESSIONS = "accounts:end_own_sessions"
    READ = "accounts:read"  # the subject is a person
    LIST = "accounts:list"
    ADD = "accounts:add"
    GRANT = "accounts:grant"
    REVOKE = "accounts:revoke"
    BLOCK = "accounts:block"
    UNBLOCK = "accounts:unblock"
    SWEEP = "accounts:sweep"


NOT_RECENT = Reason(
    "fresh_sign_in", _l("It has been a while since you signed in. Confirm that it is you before you go on.")
)
WRONG = Reason("wrong", _l("The e-mail address and the password do not belong together. Check both and try again."))
WRONG_PASSWORD = Reason("wrong_password", _l("That is not your password. Check it and try again."))
WRONG_CODE = Reason("wrong_code", _l("The code is not right, or it is too old. Check it, or ask for a new one."))
LINK_ENDED = Reason("link_ended", _l("The link has been used already, or it is too old."))
NOT_CONFIRMED = Reason("not_confirmed", _l("The e-mail address of this account has not been confirmed yet."))
TAKEN = Reason("taken", _l("The address is used by another account."))
SAME_ADDRESS = Reason("same_address", _l("That is the address you already have."))
NO_LETTER = Reason("no_letter", _l("Write a name with at least one letter."))
LOOKS_OFFICIAL = Reason(
    "looks_official",
    _l("That name could be taken for the municipality or someone who works for it. Choose another one."),
)
ALREADY_HELD = Reason("already_held", _l("The person already has that role there."))
NOT_HELD = Reason("not_held", _l("The role has been taken back already."))
LAST_ADMINISTRATOR = Reason(
    "last_administrator", _l("This is the last administrator. Make somebody else administrator first.")
)
EVERYWHERE_ONLY = Reason("everywhere_only", _l("An administrator is one everywhere, not in a single dialogue."))
WEAK = {
    Weakness.SHORT: Reason(
        "password_short", _l("Use at least %(least)s characters. Three or four words make a good password.",
                             least=passwords.SHORTEST)),
    Weakness.LARGE: Reason("password_large", _l("That password is too long. About a hundred words is the most.")),
    Weakness.COMMON: Reason(
        "password_common", _l("That password is among the first that someone would guess. Choose another one.")),
    Weakness.OWN: Reason(
        "password_own", _l("That password is too much like your e-mail address. Choose another one.")),
}  # fmt: skip


class _Municipality:
    names: tuple[str, ...] = ("",)


def use_municipality(*known_as: str) -> None:
    """Set the names that nobody else may look like, the municipality's own first."""
    _Municipality.names = known_as


def against_name(name: str, *, staff: bool) -> Reason | None:
    """Why nobody can be called this, or None. Those who work for the municipality may say so."""
    if not names.has_letter(name):
        return NO_LETTER
    if not staff and names.looks_official(name, _Municipality.names[0]):
        return LOOKS_OFFICIAL
    return None


def against_password(password: str, address: str) -> Reason | None:
    """Why this password will not do for the account with this address, or None."""
    weakness = passwords.weakness(password, address=address, names=_Municipality.names)
    return WEAK[weakness] if weakness else None


def fresh_sign_in(actor: Actor, _subject: Any) -> Reason | None:
    """Passes for RECENT after signing in or confirming it: not for whoever finds a desk left open."""
    if actor.is_system:
        return None
    moment = actor.signed_in_at
    return None if moment is not None and clock.now() - moment < RECENT else NOT_RECENT


def oneself(actor: Actor, subject: Any) -> Reason | None:
    """Passes for one's own account."""
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    return None if actor.person_id == subject.id else needs_role([Role.ADMINISTRATOR])


def not_blocked(_actor: Actor, subject: Any) -> Reason | None:
    if subject.blocked_at is None:
        return None
    return Reason("blocked", _l("This account is blocked. The reason: %(reason)s", reason=subject.block_reason))


def confirmed(_actor: Actor, subject: Any) -> Reason | None:
    return NOT_CONFIRMED if subject.confirmed_at is None else None


ADMINISTRATORS = has_role(Role.ADMINISTRATOR)

RULES: Rules = {
    Do.SIGN_UP: (anyone,),
    Do.ASK_LINK: (anyone,),
    Do.SIGN_IN: (confirmed, not_blocked),
    Do.CONFIRM_AGAIN: (signed_in,),
    Do.EDIT_OWN: (signed_in,),
    Do.SECURE_OWN: (signed_in, fresh_sign_in),
    Do.END_OWN_SESSIONS: (signed_in,),
    Do.READ: (any_of(oneself, ADMINISTRATORS),),
    Do.LIST: (ADMINISTRATORS,),
    Do.ADD: (is_system,),
    Do.GRANT: (any_of(is_system, ADMINISTRATORS), fresh_sign_in),
    Do.REVOKE: (any_of(is_system, ADMINISTRATORS), fresh_sign_in),
    Do.BLOCK: (ADMINISTRATORS, fresh_sign_in),
    Do.UNBLOCK: (ADMINISTRATORS, fresh_sign_in),
    Do.SWEEP: (is_system,),
}
