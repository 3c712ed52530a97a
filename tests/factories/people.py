"""People and roles."""

from __future__ import annotations

from itertools import count

from app import clock, db
from app.accounts.models import Person, RoleGrant
from app.permissions import Actor, Grant, Role

_numbers = count(1)


def make_person(*roles: Role, dialogue_id: int | None = None, name: str = "Kim Lund", language: str = "sv") -> Person:
    """A confirmed person with these roles, everywhere or in one dialogue."""
    address = f"person{next(_numbers)}@example.se"
    now = clock.now()
    person = Person(
        email=address, email_key=address, name=name, language=language, created_at=now, confirmed_at=now
    )  # fmt: skip
    db.session().add(person)
    db.session().flush()
    for role in roles:
        db.session().add(RoleGrant(person_id=person.id, role=role, dialogue_id=dialogue_id, granted_at=now))
    db.session().flush()
    return person


def actor_of(person: Person, *roles: Role, dialogue_id: int | None = None) -> Actor:
    """The actor that this person is when they have just signed in."""
    return Actor(
        person.id,
        person.name,
        person.email,
        frozenset(Grant(role, dialogue_id) for role in roles),
        signed_in_at=clock.now(),
    )


def make_actor(*roles: Role, dialogue_id: int | None = None) -> Actor:
    """A person and the actor for them, in one go."""
    return actor_of(make_person(*roles, dialogue_id=dialogue_id), *roles, dialogue_id=dialogue_id)
