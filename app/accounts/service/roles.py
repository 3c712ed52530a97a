"""Roles given and taken back, and people blocked. The last administrator stays one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, select

from app import clock, db, subjects
from app.accounts import events, queries
from app.accounts.models import Person, RoleGrant
from app.accounts.purposes import Purpose
from app.accounts.rules import ALREADY_HELD, EVERYWHERE_ONLY, LAST_ADMINISTRATOR, NOT_HELD, Do
from app.accounts.service import links, sessions
from app.accounts.service.declined import Declined
from app.accounts.service.signing_in import new_person
from app.events import emit
from app.permissions import Actor, Role, require


@dataclass(frozen=True)
class Added:
    """What `add` did."""

    person_id: int
    created: bool
    granted: bool
    invited: bool  # a mail to begin with the account was planned


def add(actor: Actor, address: str, role: Role, *, dialogue_id: int | None, language: str) -> Added:
    """Give a role to whoever has the address; where nobody does, make the account and invite them by mail.

    Raises Declined for an administrator of a single dialogue.
    """
    require(actor, Do.ADD)
    person = queries.person_at(address)
    created = person is None
    if person is None:
        person = new_person(address, address.partition("@")[0][:60], language)
    held = select(RoleGrant.id).filter_by(person_id=person.id, role=role, dialogue_id=dialogue_id, revoked_at=None)
    granted = db.session().scalars(held).first() is None
    if granted:
        grant(actor, person.id, role, dialogue_id)
    invited = person.confirmed_at is None
    if invited:
        links.plan(person.id, Purpose.CONFIRM)
    return Added(person.id, created, granted, invited)


def grant(actor: Actor, person_id: int, role: Role, dialogue_id: int | None) -> None:
    """Give a role, everywhere (no dialogue) or in one dialogue. Raises Declined where it is held already."""
    require(actor, Do.GRANT)
    if role is Role.ADMINISTRATOR and dialogue_id is not None:
        raise Declined(EVERYWHERE_ONLY, "dialogue")
    db.session().add(
        RoleGrant(
            person_id=person_id,
            role=role,
            dialogue_id=dialogue_id,
            granted_by=actor.person_id,
            granted_at=clock.now(),
        )
    )
    db.flush_or(Declined(ALREADY_HELD, "role"))
    subject = subjects.key("person", person_id)
    emit(events.RoleGranted(subject=subject, actor=actor, dialogue_id=dialogue_id, role=role))


def revoke(actor: Actor, grant_id: int) -> None:
    """Take a role back; all sessions of the person end. Raises Declined for the last administrator."""
    require(actor, Do.REVOKE)
    db.lock_key("administrators")
    held = db.session().get(RoleGrant, grant_id, with_for_update=True, populate_existing=True)
    if held is None or held.revoked_at is not None:
        raise Declined(NOT_HELD)
    if held.role == Role.ADMINISTRATOR:
        _others_remain(held.person_id)
    held.revoked_at, held.revoked_by = clock.now(), actor.person_id
    sessions.end_all_of(held.person_id)
    subject = subjects.key("person", held.person_id)
    emit(events.RoleRevoked(subject=subject, actor=actor, dialogue_id=held.dialogue_id, role=Role(held.role)))


def block(actor: Actor, person_id: int, reason: str) -> None:
    """Keep a person from signing in, and tell them why; all their sessions end."""
    require(actor, Do.BLOCK)
    db.lock_key("administrators")
    _others_remain(person_id)
    person = db.session().get_one(Person, person_id, with_for_update=True, populate_existing=True)
    if person.blocked_at is not None:
        return
    person.blocked_at, person.block_reason = clock.now(), reason
    sessions.end_all_of(person_id)
    links.end_all(person)
    emit(events.PersonBlocked(subject=subjects.key("person", person_id), actor=actor, reason=reason))


def unblock(actor: Actor, person_id: int) -> None:
    """Let a person sign in again."""
    require(actor, Do.UNBLOCK)
    person = db.session().get_one(Person, person_id, with_for_update=True, populate_existing=True)
    if person.blocked_at is None:
        return
    person.blocked_at = None
    emit(events.PersonUnblocked(subject=subjects.key("person", person_id), actor=actor))


def _others_remain(person_id: int) -> None:
    """Raise Declined unless somebody else is an administrator who can sign in, or this person is none."""
    administrators = select(RoleGrant.person_id).filter_by(role=Role.ADMINISTRATOR, revoked_at=None)
    mine = administrators.where(RoleGrant.person_id == person_id)
    able = exists().where(
        Person.id == RoleGrant.person_id, Person.blocked_at.is_(None), Person.confirmed_at.is_not(None)
    )
    others = administrators.where(RoleGrant.person_id != person_id, able)
    if db.session().scalars(mine).first() is not None and db.session().scalars(others).first() is None:
        raise Declined(LAST_ADMINISTRATOR)
