"""Who hears of what happens to accounts: the person it concerns."""

from __future__ import annotations

from collections.abc import Iterable

from app import subjects
from app.accounts import events, queries
from app.events import Event
from app.ladder import Notice, Recipient, nobody


def concerned(event: Event) -> Iterable[Recipient]:
    """The person whom the event is about, at the address they have now."""
    person = queries.person(subjects.number(event.subject))
    return () if person is None else (Recipient(person.email, person.language, person.id),)


def confirmed_only(event: Event) -> Iterable[Recipient]:
    """As concerned(), but not somebody who has not begun to use the account: the invitation says it all."""
    person = queries.person(subjects.number(event.subject))
    return concerned(event) if person is not None and person.confirmed_at is not None else ()


NOTICES = (
    Notice(events.SignedUp, None, nobody),
    Notice(events.AccountConfirmed, None, nobody),
    Notice(events.SignedIn, None, nobody),
    Notice(events.SignInConfirmed, None, nobody),
    Notice(events.SessionsEnded, None, nobody),
    Notice(events.ProfileChanged, None, nobody),
    Notice(events.PasswordChanged, "accounts_password_changed", concerned),
    Notice(events.NewAddressAsked, None, nobody),
    Notice(events.AddressChanged, "accounts_address_changed", concerned),
    Notice(events.RoleGranted, "accounts_role_granted", confirmed_only, lambda event: {"role": event.role.value}),
    Notice(events.RoleRevoked, "accounts_role_revoked", confirmed_only, lambda event: {"role": event.role.value}),
    Notice(events.PersonBlocked, "accounts_blocked", concerned, lambda event: {"reason": event.reason}),
    Notice(events.PersonUnblocked, "accounts_unblocked", concerned),
)
