"""Reads of people, their sessions, their one-time mails and their roles."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, cast

from sqlalchemy import Select, false, or_, select, true
from sqlalchemy.orm import aliased

from app import clock, db
from app.accounts.core.addresses import key_of
from app.accounts.core.names import search_key
from app.accounts.models import OneTimeLink, Person, RoleGrant, SignInSession
from app.accounts.purposes import Purpose
from app.permissions import Actor, Grant, Role

# For how long a session holds without being used, and at most.
RESIDENT_IDLE, RESIDENT_MOST = timedelta(hours=24), timedelta(days=30)
STAFF_IDLE, STAFF_MOST = timedelta(hours=2), timedelta(hours=10)


class Held(NamedTuple):
    """Who a session key belongs to, and when the session began and was last seen."""

    actor: Actor
    started_at: datetime
    last_seen_at: datetime


def hash_of(secret: str) -> str:
    """How keys and tokens rest in the database: SHA-256, in hex (they are 256 bits of chance, so no salt)."""
    return hashlib.sha256(secret.encode()).hexdigest()


def holder(session_key: str) -> Held | None:
    """Whose session this is, with roles, in one statement; None where it has ended or the person is blocked."""
    held = select(SignInSession, Person, RoleGrant).join(Person, Person.id == SignInSession.person_id)
    held = held.outerjoin(RoleGrant, (RoleGrant.person_id == Person.id) & RoleGrant.revoked_at.is_(None))
    found = db.session().execute(held.where(SignInSession.key_hash == hash_of(session_key))).all()
    rows = cast("list[tuple[SignInSession, Person, RoleGrant | None]]", [tuple(row) for row in found])
    if not rows or rows[0][1].blocked_at is not None:
        return None
    session, person, _ = rows[0]
    grants = frozenset(Grant(Role(grant.role), grant.dialogue_id) for _, _, grant in rows if grant is not None)
    if not _still_holds(session, staff=bool(grants)):
        return None
    fresh = session.confirmed_at or session.started_at
    actor = Actor(person.id, person.name, person.email, grants, session_key, signed_in_at=fresh)
    return Held(actor, session.started_at, session.last_seen_at)


def _still_holds(session: SignInSession, *, staff: bool) -> bool:
    idle, most = (STAFF_IDLE, STAFF_MOST) if staff else (RESIDENT_IDLE, RESIDENT_MOST)
    now = clock.now()
    return now - session.last_seen_at < idle and now - session.started_at < most


def sessions_of(actor: Actor) -> Sequence[SignInSession]:
    """One's signed-in browsers that still hold, the latest used first."""
    rows = select(SignInSession).filter_by(person_id=actor.person_id).order_by(SignInSession.last_seen_at.desc())
    return [row for row in db.session().scalars(rows) if _still_holds(row, staff=actor.is_staff)]


def person(person_id: int) -> Person | None:
    return db.session().get(Person, person_id)


def person_at(address: str) -> Person | None:
    """Whose account has this address."""
    return db.session().scalars(select(Person).filter_by(email_key=key_of(address))).first()


def has_password(actor: Actor) -> bool:
    """Whether this account can be signed in to with a password."""
    rows = select(Person.password_hash.is_not(None)).where(Person.id == actor.person_id)
    return bool(db.session().scalar(rows))


def live_link(token: str) -> tuple[OneTimeLink, Person] | None:
    """The unused link with this token and whom it was sent to; None where it has ended in any way."""
    rows = _live_links().where(OneTimeLink.token_hash == hash_of(token))
    found = db.session().execute(rows).first()
    return (found[0], found[1]) if found else None


def newest_live_link(person_id: int, purposes: Iterable[Purpose]) -> OneTimeLink | None:
    rows = _live_links().where(OneTimeLink.person_id == person_id, OneTimeLink.purpose.in_(sorted(purposes)))
    found = db.session().execute(rows.order_by(OneTimeLink.id.desc()).limit(1)).first()
    return found[0] if found else None


def _live_links() -> Select[OneTimeLink, Person]:
    rows = select(OneTimeLink, Person).join(Person, Person.id == OneTimeLink.person_id)
    proven = or_(OneTimeLink.sent_to == Person.email_key, OneTimeLink.purpose == Purpose.NEW_EMAIL)
    return rows.where(OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > clock.now(), proven)


def visible_to(actor: Actor) -> Select[Person]:
    """The accounts that an actor may read: administrators all, others their own."""
    if actor.has(Role.ADMINISTRATOR):
        return select(Person).where(true())
    return select(Person).where(Person.id == actor.person_id if actor.is_signed_in else false())


def people(actor: Actor, *, search: str = "", before: int | None = None, most: int = 50) -> Sequence[Person]:
    """A page of accounts, the newest first, whose name or address holds `search`; `before` is the last id seen."""
    rows = visible_to(actor).order_by(Person.id.desc()).limit(most)
    if search:
        wanted = search_key(search)
        rows = rows.where(
            or_(Person.name_key.contains(wanted, autoescape=True), Person.email_key.contains(wanted, autoescape=True))
        )
    return db.session().scalars(rows if before is None else rows.where(Person.id < before)).all()


def grants_of(people_ids: Iterable[int]) -> dict[int, list[RoleGrant]]:
    """The roles that each of these people holds now."""
    held: dict[int, list[RoleGrant]] = {}
    rows = select(RoleGrant).where(RoleGrant.person_id.in_(list(people_ids)), RoleGrant.revoked_at.is_(None))
    for grant in db.session().scalars(rows.order_by(RoleGrant.id)):
        held.setdefault(grant.person_id, []).append(grant)
    return held


class GrantLine(NamedTuple):
    """A role that was given, by whom, and by whom it was taken back. No name: the command line."""

    grant: RoleGrant
    granted_by: str | None
    revoked_by: str | None


def grant_history(person_id: int) -> Sequence[GrantLine]:
    """Every role that the person has had, the latest first."""
    giver, taker = aliased(Person), aliased(Person)
    rows = select(RoleGrant, giver.name, taker.name).outerjoin(giver, giver.id == RoleGrant.granted_by)
    rows = rows.outerjoin(taker, taker.id == RoleGrant.revoked_by).where(RoleGrant.person_id == person_id)
    found = db.session().execute(rows.order_by(RoleGrant.id.desc()))
    return [GrantLine(grant, given, taken) for grant, given, taken in found]


def names(people_ids: Iterable[int]) -> dict[int, str]:
    """Display names by id, for lists; whoever is gone is left out."""
    rows = select(Person.id, Person.name).where(Person.id.in_(list(people_ids)))
    return {row.id: row.name for row in db.session().execute(rows)}


def holders(role: Role, dialogue_id: int) -> Sequence[Person]:
    """Everyone who can be written to and holds the role, everywhere or in this dialogue."""
    here = or_(RoleGrant.dialogue_id.is_(None), RoleGrant.dialogue_id == dialogue_id)
    held = select(RoleGrant.person_id).where(RoleGrant.role == role, RoleGrant.revoked_at.is_(None), here)
    rows = select(Person).where(Person.id.in_(held), Person.confirmed_at.is_not(None), Person.blocked_at.is_(None))
    return db.session().scalars(rows.order_by(Person.id)).all()


def names_with_role() -> Sequence[str]:
    """The names of everyone who holds a role now, everywhere or in one dialogue."""
    held = select(RoleGrant.person_id).where(RoleGrant.revoked_at.is_(None))
    return db.session().scalars(select(Person.name).where(Person.id.in_(held)).order_by(Person.id)).all()
