"""What happened to accounts and roles. No names and no addresses: the log outlives the account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.events import Event
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.permissions import Role


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
    way: str  # password | link | code | confirmation | reset


@dataclass(frozen=True, kw_only=True)
class SignInConfirmed(Event):
    """Somebody signed in showed once more who they are."""

    sentence: ClassVar[LazyText] = _l("The sign-in was confirmed again (%(way)s).")
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
    role: Role


@dataclass(frozen=True, kw_only=True)
class RoleRevoked(Event):
    """A role was taken back."""

    sentence: ClassVar[LazyText] = _l("Lost the role %(role)s. All sign-ins ended.")
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
