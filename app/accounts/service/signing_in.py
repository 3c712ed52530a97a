"""Coming in: a new account, a password, a mail."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from app import clock, db, limits, subjects
from app.accounts import events, queries
from app.accounts.core import passwords
from app.accounts.core.addresses import key_of
from app.accounts.models import Person
from app.accounts.purposes import Purpose
from app.accounts.rules import LINK_ENDED, WRONG, WRONG_PASSWORD, Do, against_name, against_password
from app.accounts.service import links, sessions
from app.accounts.service.declined import Declined
from app.events import emit
from app.permissions import GUEST, Actor, Reason, refusal, require

WRONG_FOR_ACCOUNT = limits.Limit("accounts.wrong_passwords", 10, timedelta(minutes=15))
WRONG_FROM_CLIENT = limits.Limit("accounts.wrong_from_client", 10, timedelta(minutes=15))


def sign_up(address: str, name: str, language: str, *, client: str) -> None:
    """Ask for an account: a mail goes to the address, whoever has it.

    The password is chosen after the address is confirmed, so that nobody can prepare an account with somebody
    else's address and wait. Raises Declined for the name; TooMany.
    """
    require(GUEST, Do.SIGN_UP)
    _accept(against_name(name, staff=False), "name")
    links.spend_mail(address, client)
    db.lock_key(f"person:{key_of(address)}")
    person = queries.person_at(address)
    person_id = _begun(address, name, language) if person is None else _as_long_as_if_begun(person.id, name, language)
    links.plan(person_id, Purpose.CONFIRM)


def _begun(address: str, name: str, language: str) -> int:
    person = new_person(address, name, language)
    emit(events.SignedUp(subject=subjects.key("person", person.id)))
    db.session().flush()
    return person.id


def _as_long_as_if_begun(person_id: int, name: str, language: str) -> int:
    """Do for an account that exists what a new one takes, and undo it: how long it took tells nobody which it was."""
    with db.session().begin_nested() as undone:
        _begun(secrets.token_hex(16), name, language)
        undone.rollback()
    return person_id


def new_person(address: str, name: str, language: str) -> Person:
    """An account that nobody has confirmed, in the open unit."""
    person = Person(email=address, email_key=key_of(address), name=name, language=language, created_at=clock.now())
    db.session().add(person)
    db.session().flush()
    return person


@dataclass(frozen=True)
class Newcomer:
    """What someone says when they begin to use an account. Without a password they sign in by mail."""

    name: str
    password: str | None


def confirm(token: str, newcomer: Newcomer, *, browser: str) -> str:
    """Begin to use an account; returns the session key. Raises Declined for the name, the password or the link."""
    person = _sent_to(token, Purpose.CONFIRM)
    _accept(against_name(newcomer.name, staff=bool(person.staff)), "name")
    password_hash = _hashed(newcomer.password, person.email) if newcomer.password else None
    used = links.use(token, Purpose.CONFIRM)
    used.name, used.password_hash, used.confirmed_at = newcomer.name, password_hash, clock.now()
    sessions.end_all_of(used.id)  # none, unless two mails that began an account crossed
    emit(events.AccountConfirmed(subject=subjects.key("person", used.id), actor=Actor(used.id)))
    return sessions.open_session(used, way="confirmation", browser=browser)


def by_password(address: str, password: str, *, client: str, browser: str) -> str:
    """Sign in; returns the session key. Raises Declined, alike for an unknown address and a wrong password; TooMany.

    The password is verified before the unit begins, so that its work holds up no other writer.
    """
    account = key_of(address)
    limits.spend(WRONG_FROM_CLIENT, client)
    limits.spend(WRONG_FOR_ACCOUNT, account)
    with db.reading():
        person = queries.person_at(address)
    kept = person.password_hash if person else None
    if not passwords.matches(kept, password) or person is None or kept is None:
        raise Declined(WRONG, "password")
    limits.give_back(WRONG_FROM_CLIENT, client)
    limits.forgive(WRONG_FOR_ACCOUNT, account)
    _accept(refusal(Actor(person.id), Do.SIGN_IN, person), "password")
    anew = passwords.hashed(password) if passwords.is_outdated(kept) else None
    return _let_in(person.id, kept, anew, browser)


def _let_in(person_id: int, kept: str, anew: str | None, browser: str) -> str:
    """Open the session, unless the password has been changed while it was being verified."""
    person = db.session().get(Person, person_id, with_for_update=True)
    if person is None or person.password_hash != kept:
        raise Declined(WRONG, "password")
    if anew is not None:
        person.password_hash = anew
    return sessions.open_session(person, way="password", browser=browser)


def by_link(token: str, *, browser: str, way: str = "link") -> str:
    """Sign in with a mail; returns the session key. Raises Declined; Refusal for a blocked person."""
    return sessions.open_session(links.use(token, Purpose.SIGN_IN), way=way, browser=browser)


def reset(token: str, password: str, *, browser: str) -> str:
    """Choose a new password with a mail: all sessions end, and a new one begins. Raises Declined."""
    sent_to = _sent_to(token, Purpose.RESET)
    password_hash = _hashed(password, sent_to.email)
    person = links.use(token, Purpose.RESET)
    person.password_hash = password_hash
    links.end_all(person)
    sessions.end_all_of(person.id)
    emit(events.PasswordChanged(subject=subjects.key("person", person.id), actor=Actor(person.id)))
    return sessions.open_session(person, way="reset", browser=browser)


def confirm_again(actor: Actor, password: str) -> None:
    """Show once more who one is, by password. Raises Declined; TooMany."""
    require(actor, Do.CONFIRM_AGAIN)
    limits.spend(WRONG_FOR_ACCOUNT, key_of(actor.email))
    with db.reading():
        person = queries.person(actor.person_id or 0)
    if not passwords.matches(person.password_hash if person else None, password):
        raise Declined(WRONG_PASSWORD, "password")
    limits.forgive(WRONG_FOR_ACCOUNT, key_of(actor.email))
    sessions.mark_confirmed(actor, "password")


def ask_code(actor: Actor, *, client: str) -> None:
    """Ask for a code by mail, to show once more who one is. Raises TooMany."""
    require(actor, Do.CONFIRM_AGAIN)
    links.spend_mail(actor.email, client)
    links.plan(actor.person_id, Purpose.FRESH)


def confirm_again_by_code(actor: Actor, code: str) -> None:
    """Show once more who one is, by the code of a mail. Raises Declined; TooMany."""
    require(actor, Do.CONFIRM_AGAIN)
    links.spend_code(actor.email)
    purpose, token = links.swap(actor.person_id, code, frozenset({Purpose.FRESH}))
    links.use(token, purpose)
    sessions.mark_confirmed(actor, "code")


@dataclass(frozen=True)
class _SentTo:
    email: str
    staff: bool


def _sent_to(token: str, purpose: Purpose) -> _SentTo:
    """Whom an unused link was sent to, read before the unit begins. Raises Declined."""
    with db.reading():
        found = queries.live_link(token)
        if found is None or found[0].purpose != purpose:
            raise Declined(LINK_ENDED)
        return _SentTo(found[1].email, bool(found[1].grants))


def _hashed(password: str, address: str) -> str:
    _accept(against_password(password, address), "password")
    return passwords.hashed(password)


def _accept(reason: Reason | None, field: str) -> None:
    if reason is not None:
        raise Declined(reason, field)
