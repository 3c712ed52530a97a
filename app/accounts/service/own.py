"""One's own account: name, language, password, address."""

from __future__ import annotations

from app import db, mail, subjects
from app.accounts import events, queries
from app.accounts.core import passwords
from app.accounts.core.addresses import key_of
from app.accounts.models import Person
from app.accounts.purposes import Purpose
from app.accounts.rules import SAME_ADDRESS, TAKEN, Do, against_name, against_password
from app.accounts.service import links, sessions
from app.accounts.service.declined import Declined
from app.events import emit
from app.i18n import named
from app.permissions import Actor, require


def change_profile(actor: Actor, *, name: str, language: str) -> None:
    """Change the name that others see and the language of mails. Raises Declined for the name."""
    require(actor, Do.EDIT_OWN)
    reason = against_name(name, staff=actor.is_staff)
    if reason is not None:
        raise Declined(reason, "name")
    person = _self(actor)
    person.name, person.language = name, named(language).code
    emit(events.ProfileChanged(subject=subjects.key("person", person.id), actor=actor))


def change_password(actor: Actor, password: str) -> None:
    """Choose a new password; all other sessions end. Raises Declined for a password that is easy to guess."""
    require(actor, Do.SECURE_OWN)
    reason = against_password(password, actor.email)
    if reason is not None:
        raise Declined(reason, "password")
    password_hash = passwords.hashed(password)  # before the first row: this takes its time
    person = _self(actor)
    person.password_hash = password_hash
    links.end_all(person)
    sessions.end_all_of(person.id, but=actor.session_key)
    emit(events.PasswordChanged(subject=subjects.key("person", person.id), actor=actor))


def ask_new_address(actor: Actor, address: str, *, client: str) -> None:
    """Ask to use another address: a mail goes there. That it may belong to another account shows only in that mail.

    Raises Declined for the address one has; TooMany.
    """
    require(actor, Do.SECURE_OWN)
    if key_of(address) == key_of(actor.email):
        raise Declined(SAME_ADDRESS, "email")
    links.spend_mail(address, client)
    person = _self(actor)
    person.new_email = address
    links.end(person.id, Purpose.NEW_EMAIL)
    links.plan(person.id, Purpose.NEW_EMAIL)
    emit(events.NewAddressAsked(subject=subjects.key("person", person.id), actor=actor))


def take_new_address(token: str, *, but: str | None) -> None:
    """Begin to use the new address; the old one is told, and all sessions but the one with key `but` end.

    Raises Declined where the link has ended or the address has been taken since.
    """
    person = links.use(token, Purpose.NEW_EMAIL)
    old, new = person.email, person.new_email or ""
    links.end_all(person)
    person.email, person.email_key = new, key_of(new)
    db.flush_or(Declined(TAKEN))
    sessions.end_all_of(person.id, but=but)
    mail.post("accounts_address_left", old, named(person.language))
    emit(events.AddressChanged(subject=subjects.key("person", person.id), actor=Actor(person.id)))


def new_address_by_code(actor: Actor, code: str) -> str:
    """Take the code of the mail to the new address for its token. Raises Declined; TooMany."""
    require(actor, Do.EDIT_OWN)
    links.spend_code(actor.email)
    return links.swap(actor.person_id, code, frozenset({Purpose.NEW_EMAIL}))[1]


def _self(actor: Actor) -> Person:
    person = queries.person(actor.person_id or 0)
    if person is None:
        raise LookupError(f"person {actor.person_id}")
    return person
