"""Who may do what, as data. A check returns None or the reason against; a rule is a list of checks, all must pass.

The same rule drives the service (`require`), the template (`can`) and the sentence that a person reads (`refusal`).
Checks take the subject as an argument and never look around for it. No role passes by its name alone: the stage
of a dialogue binds administrators too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.i18n import LazyText
from app.i18n import lazy as _l


class Role(StrEnum):
    """What a person may be trusted with, everywhere or for one dialogue. Residents need none."""

    MODERATOR = "moderator"
    OFFICIAL = "official"  # dialogue lead
    ELECTED = "elected"
    SECRETARY = "secretary"  # of a body; enters its decisions
    CONTACT_CENTRE = "contact_centre"
    COMMUNICATIONS = "communications"
    TRANSLATOR = "translator"
    REGISTRAR = "registrar"
    ADMINISTRATOR = "administrator"


ROLE_NAMES: Mapping[Role, LazyText] = {
    Role.MODERATOR: _l("Moderator"),
    Role.OFFICIAL: _l("Dialogue lead"),
    Role.ELECTED: _l("Elected representative"),
    Role.SECRETARY: _l("Secretary of a body"),
    Role.CONTACT_CENTRE: _l("Contact centre"),
    Role.COMMUNICATIONS: _l("Communications"),
    Role.TRANSLATOR: _l("Translator"),
    Role.REGISTRAR: _l("Registrar"),
    Role.ADMINISTRATOR: _l("Administrator"),
}


@dataclass(frozen=True)
class Grant:
    """A role, everywhere (dialogue_id None) or in one dialogue."""

    role: Role
    dialogue_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """Whoever acts: a person, a guest, or the system itself."""

    person_id: int | None = None
    name: str = ""
    email: str = ""
    grants: frozenset[Grant] = field(default_factory=frozenset)
    session_key: str | None = None
    signed_in_at: datetime | None = None  # or confirmed again since; for what asks for a recent sign-in
    is_system: bool = False

    @property
    def is_signed_in(self) -> bool:
        return self.person_id is not None

    @property
    def is_staff(self) -> bool:
        return bool(self.grants)

    def has(self, role: Role, dialogue_id: int | None = None) -> bool:
        """Whether the role is held everywhere, or in this dialogue."""
        return any(g.role == role and g.dialogue_id in (None, dialogue_id) for g in self.grants)

    def dialogues_as(self, role: Role) -> frozenset[int] | None:
        """The dialogues in which the role is held; None where it is held everywhere."""
        held = [g.dialogue_id for g in self.grants if g.role == role]
        return None if None in held else frozenset(d for d in held if d is not None)


GUEST = Actor()
SYSTEM = Actor(is_system=True, name="system")


class Action(StrEnum):
    """Base of each package's `Do`: values are "package:verb"."""


@dataclass(frozen=True)
class Reason:
    """Why not. `sign_in` says that signing in may help."""

    code: str
    sentence: LazyText
    sign_in: bool = False


class Refusal(Exception):
    """An action was refused. Never catch it just to redirect: it becomes a 403 page with its reason."""

    def __init__(self, action: Action, reason: Reason) -> None:
        super().__init__(f"{action}: {reason.code}")
        self.action = action
        self.reason = reason


Check = Callable[[Actor, Any], Reason | None]
Rules = Mapping[Action, tuple[Check, ...]]
_rules: dict[Action, tuple[Check, ...]] = {}


def register(rules: Rules) -> None:
    """Add a package's rules. Raises ValueError where another package has written a rule for the same action."""
    for action, checks in rules.items():
        if _rules.get(action, checks) != checks:
            raise ValueError(f"two rules for {action}")
        _rules[action] = checks


def all_rules() -> Rules:
    return dict(_rules)


def refusal(actor: Actor, action: Action, subject: Any = None) -> Reason | None:
    """The first reason against, or None. Raises KeyError for an action without a rule: default deny, loudly."""
    for check in _rules[action]:
        reason = check(actor, subject)
        if reason is not None:
            return reason
    return None


def can(actor: Actor, action: Action, subject: Any = None) -> bool:
    return refusal(actor, action, subject) is None


def require(actor: Actor, action: Action, subject: Any = None) -> None:
    """First line of every write. Raises Refusal with the reason."""
    reason = refusal(actor, action, subject)
    if reason is not None:
        raise Refusal(action, reason)


def any_of(*checks: Check) -> Check:
    """Passes where one of the checks does; else the last one's reason."""

    def check(actor: Actor, subject: Any) -> Reason | None:
        reason = None
        for one in checks:
            reason = one(actor, subject)
            if reason is None:
                return None
        return reason

    return check


SIGN_IN_FIRST = Reason("signed_in", _l("You need to sign in first."), sign_in=True)


def anyone(_actor: Actor, _subject: Any) -> Reason | None:
    """Open to all, and meant to be: a rule is never left empty."""
    return None


def signed_in(actor: Actor, _subject: Any) -> Reason | None:
    return None if actor.is_signed_in else SIGN_IN_FIRST


def is_system(actor: Actor, _subject: Any) -> Reason | None:
    return None if actor.is_system else Reason("system", _l("This happens by itself when its time comes."))


def has_role(*roles: Role) -> Check:
    """Passes for one of the roles, held everywhere or in the subject's dialogue (`subject.dialogue_id`)."""

    def check(actor: Actor, subject: Any) -> Reason | None:
        dialogue_id = getattr(subject, "dialogue_id", None)
        if any(actor.has(role, dialogue_id) for role in roles):
            return None
        return SIGN_IN_FIRST if not actor.is_signed_in else needs_role(roles)

    return check


def has_role_somewhere(*roles: Role) -> Check:
    """Passes for one of the roles, whether held everywhere or in one dialogue: for lists that show each their own."""

    def check(actor: Actor, _subject: Any) -> Reason | None:
        if any(grant.role in roles for grant in actor.grants):
            return None
        return SIGN_IN_FIRST if not actor.is_signed_in else needs_role(roles)

    return check


def needs_role(roles: Iterable[Role]) -> Reason:
    names = [ROLE_NAMES[role] for role in roles]
    sentence = _l("This is done by: %(roles)s. Your account does not have that role here.", roles=names)
    return Reason("role", sentence)
