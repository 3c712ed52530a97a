"""What happened to accounts and roles. No names and no addresses: the log outlives the account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.events import Event, Say, by_name
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l
from app.permissions import ROLE_NAMES, Role

WAYS = {
    "password": lazy_p("signed in", "with a password"),
    "link": lazy_p("signed in", "with a link by e-mail"),
    "code": lazy_p("signed in", "with a code by e-mail"),
    "confirmation": lazy_p("signed in", "by confirming the address"),
    "reset": lazy_p("signed in", "by choosing a new password"),
}


@dataclass(frozen=True, kw_only=True)
class SignedUp(Event):
    """Somebody asked for an account."""

    sentence: ClassVar[LazyText] = _l("An account was asked for.")


@dataclass(frozen=True, kw_only=True)
class AccountConfirmed(Event):
    """The address was shown to be the person's."""

    sentence: ClassVar[LazyText] = _l("The e-mail address of a new account was confirmed.")


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    """A browser was signed in."""

    sentence: ClassVar[LazyText] = _l("Signed in (%(way)s).")
    said: ClassVar[Mapping[str, Say]] = {"way": by_name(WAYS)}
    way: str  # password | link | code | confirmation | reset


@dataclass(frozen=True, kw_only=True)
class SignInConfirmed(Event):
    """Somebody signed in showed once more who they are."""

    sentence: ClassVar[LazyText] = _l("The sign-in was confirmed again (%(way)s).")
    said: ClassVar[Mapping[str, Say]] = {"way": by_name(WAYS)}
    way: str  # password | code


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(Event):
    """Browsers were signed out."""

    sentence: ClassVar[LazyText] = _l("Sign-ins ended: %(count)s.")
    count: int


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Event):
    """The display name or the language of mails."""

    sentence: ClassVar[LazyText] = _l("The profile was changed.")


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    """A password was set, changed or reset."""

    sentence: ClassVar[LazyText] = _l("The password was changed. All other sign-ins ended.")


@dataclass(frozen=True, kw_only=True)
class NewAddressAsked(Event):
    """A new address waits for its confirmation."""

    sentence: ClassVar[LazyText] = _l("A new e-mail address was given. It has not been confirmed yet.")


@dataclass(frozen=True, kw_only=True)
class AddressChanged(Event):
    """The new address was confirmed."""

    sentence: ClassVar[LazyText] = _l("The e-mail address was changed. All other sign-ins ended.")


@dataclass(frozen=True, kw_only=True)
class RoleGranted(Event):
    """A role was given, everywhere (no dialogue) or in one dialogue."""

    sentence: ClassVar[LazyText] = _l("Got the role %(role)s.")
    said: ClassVar[Mapping[str, Say]] = {"role": by_name(ROLE_NAMES)}
    role: Role


@dataclass(frozen=True, kw_only=True)
class RoleRevoked(Event):
    """A role was taken back."""

    sentence: ClassVar[LazyText] = _l("Lost the role %(role)s. All sign-ins ended.")
    said: ClassVar[Mapping[str, Say]] = {"role": by_name(ROLE_NAMES)}
    role: Role


@dataclass(frozen=True, kw_only=True)
class PersonBlocked(Event):
    """A person can no longer sign in."""

    sentence: ClassVar[LazyText] = _l("The account was blocked. The reason: %(reason)s")
    reason: str


@dataclass(frozen=True, kw_only=True)
class PersonUnblocked(Event):
    """A person can sign in again."""

    sentence: ClassVar[LazyText] = _l("The account was unblocked.")


EVENTS = (
    SignedUp,
    AccountConfirmed,
    SignedIn,
    SignInConfirmed,
    SessionsEnded,
    ProfileChanged,
    PasswordChanged,
    NewAddressAsked,
    AddressChanged,
    RoleGranted,
    RoleRevoked,
    PersonBlocked,
    PersonUnblocked,
)
