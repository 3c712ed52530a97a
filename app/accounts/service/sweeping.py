"""What the clock clears away: ended sessions, old one-time mails, accounts that nobody confirmed."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, exists

from app import clock, db
from app.accounts.models import OneTimeLink, Person, RoleGrant, SignInSession
from app.accounts.queries import RESIDENT_IDLE, RESIDENT_MOST
from app.accounts.rules import Do
from app.permissions import SYSTEM, require

KEPT_UNCONFIRMED = timedelta(days=7)


def sweep() -> None:
    """Delete, in the open unit, what can no longer be used. Called by the clock; safe to call again."""
    require(SYSTEM, Do.SWEEP)
    session, now = db.session(), clock.now()
    session.execute(delete(OneTimeLink).where(OneTimeLink.expires_at <= now))
    ended = (SignInSession.started_at <= now - RESIDENT_MOST) | (SignInSession.last_seen_at <= now - RESIDENT_IDLE)
    session.execute(delete(SignInSession).where(ended))
    trusted = exists().where(RoleGrant.person_id == Person.id)
    never = delete(Person).where(Person.confirmed_at.is_(None), Person.created_at <= now - KEPT_UNCONFIRMED, ~trusted)
    session.execute(never, execution_options={"synchronize_session": False})
