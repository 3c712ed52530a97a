"""Sessions of signed-in browsers: opened with a new key, kept alive, ended."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.exc import OperationalError

from app import clock, db, subjects
from app.accounts import events
from app.accounts.models import Person, SignInSession
from app.accounts.queries import Held, hash_of
from app.accounts.rules import Do
from app.events import emit
from app.logs import log
from app.permissions import Actor, Refusal, refusal, require

KEY_BYTES = 32
TOUCHED_EVERY = timedelta(minutes=5)


def open_session(person: Person, *, way: str, browser: str) -> str:
    """Sign a browser in, in the open unit. Returns the key for its cookie, new each time.

    Raises Refusal where the person is blocked or not confirmed.
    """
    actor = Actor(person.id)
    reason = refusal(actor, Do.SIGN_IN, person)
    if reason is not None:
        raise Refusal(Do.SIGN_IN, reason)
    key, now = secrets.token_urlsafe(KEY_BYTES), clock.now()
    db.session().add(
        SignInSession(key_hash=hash_of(key), person_id=person.id, started_at=now, last_seen_at=now, browser=browser)
    )
    emit(events.SignedIn(subject=subjects.key("person", person.id), actor=actor, way=way))
    return key


def touch(held: Held) -> None:
    """Note, in a trace and not too often, that the session is used. A busy database is no reason to fail a page."""
    now = clock.now()
    key = held.actor.session_key
    if key is None or now - held.last_seen_at < TOUCHED_EVERY:
        return
    try:
        with db.trace() as session:
            session.execute(update(SignInSession).filter_by(key_hash=hash_of(key)).values(last_seen_at=now))
    except OperationalError:
        log().warning("session_not_touched")


def mark_confirmed(actor: Actor, way: str) -> None:
    """Note that whoever is signed in has shown again who they are."""
    now = clock.now()
    mine = update(SignInSession).filter_by(key_hash=hash_of(actor.session_key or ""), person_id=actor.person_id)
    db.session().execute(mine.values(confirmed_at=now))
    emit(events.SignInConfirmed(subject=subjects.key("person", actor.person_id or 0), actor=actor, way=way))


def sign_out(actor: Actor) -> None:
    """End the session that asks. Somebody who is signed out already is not refused."""
    if actor.session_key is not None:
        end_one(actor, hash_of(actor.session_key))


def end_one(actor: Actor, key_hash: str) -> None:
    """End one of one's own sessions."""
    require(actor, Do.END_OWN_SESSIONS)
    _end(actor, delete(SignInSession).filter_by(person_id=actor.person_id, key_hash=key_hash))


def end_others(actor: Actor) -> None:
    """End all of one's own sessions but the one that asks."""
    require(actor, Do.END_OWN_SESSIONS)
    _end(actor, _others(actor.person_id or 0, actor.session_key))


def end_everywhere(actor: Actor) -> None:
    """Sign out everywhere, here too."""
    require(actor, Do.END_OWN_SESSIONS)
    _end(actor, _others(actor.person_id or 0, None))


def end_all_of(person_id: int, *, but: str | None = None) -> None:
    """End all sessions of a person in the open unit, but the one with this key; part of a larger change."""
    db.session().execute(_others(person_id, but))


def _others(person_id: int, key: str | None) -> Any:
    theirs = delete(SignInSession).where(SignInSession.person_id == person_id)
    return theirs if key is None else theirs.where(SignInSession.key_hash != hash_of(key))


def _end(actor: Actor, sessions: Any) -> None:
    ended: Any = db.session().execute(sessions)
    if ended.rowcount:
        subject = subjects.key("person", actor.person_id or 0)
        emit(events.SessionsEnded(subject=subject, actor=actor, count=ended.rowcount))
