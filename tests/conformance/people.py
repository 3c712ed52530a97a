"""Who may come: a guest, residents, those who wrote, and every role, everywhere or in one dialogue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import select

from app import clock, db
from app.accounts.models import Person, RoleGrant
from app.permissions import GUEST, Actor, Grant, Role
from app.subjects import Subject

WITHOUT_ROLE = ("a guest", "a resident", "the one who wrote it")


@dataclass(frozen=True)
class Who:
    """Someone who acts, in words for a complaint."""

    words: str
    actor: Actor


def actor_of(person_id: int, *grants: Grant) -> Actor:
    person = db.session().get_one(Person, person_id)
    return Actor(person.id, person.name, person.email, frozenset(grants), signed_in_at=clock.now())


def holders() -> dict[Role, int]:
    """The person of the demo municipality who holds each role everywhere."""
    rows = db.session().execute(select(RoleGrant.role, RoleGrant.person_id).where(RoleGrant.dialogue_id.is_(None)))
    return {Role(role): person_id for role, person_id in rows}


def residents() -> list[int]:
    """People without any role, by id."""
    trusted = select(RoleGrant.person_id)
    return list(db.session().scalars(select(Person.id).where(Person.id.not_in(trusted)).order_by(Person.id)))


def everyone(dialogue_ids: Iterable[int], owners: Iterable[int] = ()) -> list[Who]:
    """A guest, a resident, the owners of rows, and each role: everywhere, and in each of these dialogues alone."""
    places = list(dialogue_ids)
    found = [Who(WITHOUT_ROLE[0], GUEST), Who(WITHOUT_ROLE[1], actor_of(residents()[0]))]
    found += [Who(WITHOUT_ROLE[2], actor_of(person_id)) for person_id in owners]
    for role, person_id in holders().items():
        found.append(Who(f"{role} everywhere", actor_of(person_id, Grant(role))))
        found += [Who(f"{role} in dialogue {one}", actor_of(person_id, Grant(role, one))) for one in places]
    return found


def owners_of(subject: Subject, rows: Iterable[Any], most: int = 2) -> list[int]:
    """Some of those whose rows these are: named by the subject, or by a column of the row that leads to a person."""
    found: dict[int, None] = {}
    for row in rows:
        author = subject.author(row)
        if author is not None and author[2] is not None:
            found[author[2]] = None
        table = getattr(type(row), "__table__", None)
        for column in () if table is None else table.columns:
            leads = any(key.column.table.name == "person" for key in column.foreign_keys)
            value = getattr(row, column.key, None) if leads else None
            if value is not None:
                found[value] = None
    return list(islice(found, most))
