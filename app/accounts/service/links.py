"""One-time mails: asked for, made at the moment of sending, used once.

Whether an address has an account shows nowhere: the same statements run, the same mail limits count, and the same
job is planned (for nobody, where there is none).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from app import clock, db, jobs, limits
from app.accounts import queries
from app.accounts.core import passwords, secrets_by_mail
from app.accounts.core.addresses import key_of
from app.accounts.models import OneTimeLink, Person
from app.accounts.purposes import AT_THE_DOOR, HOLDS, Purpose, replaced_by
from app.accounts.rules import LINK_ENDED, WRONG_CODE, Do
from app.accounts.service.declined import Declined
from app.permissions import GUEST, require

MAILS_TO_ADDRESS = limits.Limit("accounts.mails_to_address", 3, timedelta(hours=1))
MAILS_FROM_CLIENT = limits.Limit("accounts.mails_from_client", 20, timedelta(hours=1))
WRONG_CODES = limits.Limit("accounts.wrong_codes", 10, timedelta(minutes=15))
CODES_FROM_CLIENT = limits.Limit("accounts.codes_from_client", 30, timedelta(minutes=15))
JOB = "accounts.send_link"


def spend_mail(address: str, client: str) -> None:
    """Count one mail that this client asks for. Raises TooMany, alike for known and unknown addresses."""
    limits.spend(MAILS_FROM_CLIENT, client)
    limits.spend(MAILS_TO_ADDRESS, key_of(address))


def spend_code(address: str) -> None:
    """Count one typed code for this account. Raises TooMany; the link of the mail holds all the same."""
    limits.spend(WRONG_CODES, key_of(address))


def plan(person_id: int | None, purpose: Purpose) -> None:
    """Plan the mail in the open unit; the secret is made when it is sent."""
    jobs.enqueue(JOB, {"person_id": person_id, "purpose": purpose.value})


def ask(address: str, purpose: Purpose, *, client: str) -> None:
    """Ask for a mail to sign in or to choose a new password with. The answer never tells whether there is an account.

    Raises TooMany.
    """
    require(GUEST, Do.ASK_LINK)
    spend_mail(address, client)
    person = queries.person_at(address)
    plan(person.id if person else None, purpose)


@dataclass(frozen=True)
class Made:
    """What the mail needs. The secrets live in memory until the mail is sent, and nowhere else."""

    id: int
    template: str
    to: str
    language: str
    token: str
    code: str


def make(person_id: int, purpose: Purpose) -> Made | None:
    """Make the secrets of one mail, in the open unit; older ones end. None where nothing is to be sent."""
    person = queries.person(person_id)
    if person is None or (purpose is Purpose.NEW_EMAIL and person.new_email is None):
        return None
    purpose, template = _fitting(person, purpose)
    to = person.new_email if purpose is Purpose.NEW_EMAIL and person.new_email else person.email
    token, code = secrets_by_mail.new_token(), secrets_by_mail.new_code()
    end(person.id, *replaced_by(purpose))
    if template == "accounts_address_taken":
        return Made(0, template, to, person.language, "", "")
    link = OneTimeLink(
        person_id=person.id,
        purpose=purpose,
        sent_to=key_of(to),
        token_hash=queries.hash_of(token),
        code_hash=passwords.hashed(code),
        expires_at=clock.now() + HOLDS[purpose],
    )
    db.session().add(link)
    db.session().flush()
    return Made(link.id, template, to, person.language, token, secrets_by_mail.spaced(code))


def _fitting(person: Person, purpose: Purpose) -> tuple[Purpose, str]:
    """What this person needs, whatever was asked for: an account begins with its confirmation, and only once."""
    if person.confirmed_at is None:
        return Purpose.CONFIRM, "accounts_invited" if person.grants else "accounts_confirm"
    if purpose is Purpose.CONFIRM:
        return Purpose.SIGN_IN, "accounts_exists"
    if purpose is Purpose.NEW_EMAIL and person.new_email and queries.person_at(person.new_email) is not None:
        return purpose, "accounts_address_taken"
    return purpose, f"accounts_{purpose}"


def end(person_id: int, *purposes: Purpose) -> None:
    """End the unused mails of a person for these purposes."""
    unused = update(OneTimeLink).filter_by(person_id=person_id, used_at=None)
    db.session().execute(unused.where(OneTimeLink.purpose.in_(purposes)).values(used_at=clock.now()))


def end_all(person: Person) -> None:
    """End every mail of a person, and forget an address that waits: none of it outlives the password."""
    person.new_email = None
    end(person.id, *Purpose)


def use(token: str, purpose: Purpose) -> Person:
    """Use the link, in the open unit: of several who try at once, one succeeds.

    Raises Declined for all others, and for a link that has ended.
    """
    found = queries.live_link(token)
    if found is None or found[0].purpose != purpose:
        raise Declined(LINK_ENDED)
    link, person = found
    unused = update(OneTimeLink).where(
        OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > clock.fresh()
    )
    if _count(db.session().execute(unused.values(used_at=clock.now()))) != 1:
        raise Declined(LINK_ENDED)
    return person


def trade(address: str, code: str, *, client: str) -> tuple[Purpose, str]:
    """Take a typed code for its link: the code ends, and the link gets a new token, which is returned.

    Raises Declined where the code is wrong, after as much work as for a right one; TooMany.
    """
    limits.spend(CODES_FROM_CLIENT, client)
    spend_code(address)
    with db.reading():
        person = queries.person_at(address)
        person_id = person.id if person else None
    return swap(person_id, code, AT_THE_DOOR)


def swap(person_id: int | None, code: str, purposes: frozenset[Purpose]) -> tuple[Purpose, str]:
    """As trade(), for a person who is known and whose tries are counted by the caller."""
    with db.reading():
        link = queries.newest_live_link(person_id or 0, purposes)
    right = passwords.matches(link.code_hash if link else None, secrets_by_mail.tidy_code(code))
    if link is None or not right:
        raise Declined(WRONG_CODE, "code")
    token = secrets_by_mail.new_token()
    mine = update(OneTimeLink).where(
        OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None), OneTimeLink.code_hash == link.code_hash
    )
    if _count(db.session().execute(mine.values(token_hash=queries.hash_of(token), code_hash=""))) != 1:
        raise Declined(WRONG_CODE, "code")
    return Purpose(link.purpose), token


def _count(result: Any) -> int:
    return int(result.rowcount)
