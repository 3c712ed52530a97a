"""Reads of people and their sessions."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import NamedTuple, cast

from sqlalchemy import select

from app import db
from app.accounts.models import Person, RoleGrant, SignInSession
from app.permissions import Actor, Grant, Role


class Held(NamedTuple):
    """Who a session key belongs to, and when the session began and was last seen."""

    actor: Actor
    started_at: datetime
    last_seen_at: datetime


def hash_of(secret: str) -> str:
    """How keys and tokens rest in the database: SHA-256, in hex (they are 256 bits of chance, so no salt)."""
    return hashlib.sha256(secret.encode()).hexdigest()


def holder(session_key: str) -> Held | None:
    """Whose session this is, with roles, in one statement; None for an unknown key or a blocked person."""
    held = select(SignInSession, Person, RoleGrant).join(Person, Person.id == SignInSession.person_id)
    held = held.outerjoin(RoleGrant, (RoleGrant.person_id == Person.id) & RoleGrant.revoked_at.is_(None))
    found = db.session().execute(held.where(SignInSession.key_hash == hash_of(session_key))).all()
    rows = cast("list[tuple[SignInSession, Person, RoleGrant | None]]", [tuple(row) for row in found])
    if not rows or rows[0][1].blocked_at is not None:
        return None
    session, person, _ = rows[0]
    grants = frozenset(Grant(Role(grant.role), grant.dialogue_id) for _, _, grant in rows if grant is not None)
    actor = Actor(person.id, person.name, person.email, grants, session_key)
    return Held(actor, session.started_at, session.last_seen_at)
