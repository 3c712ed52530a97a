"""A person as something one can point at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app import subjects
from app.accounts import queries
from app.accounts.models import Person
from app.accounts.rules import Do
from app.i18n import lazy as _l


def _address(person: Person) -> subjects.Address:
    return "admin.person", {"person_id": person.id}


def _personal_data(person_id: int) -> list[Mapping[str, Any]]:
    person = queries.person(person_id)
    if person is None:
        return []
    return [{"name": person.name, "email": person.email, "language": person.language, "created_at": person.created_at}]


PERSON = subjects.Subject(
    kind="person",
    name=_l("Account"),
    read=Do.READ,
    load=queries.person,
    title=lambda person: person.name,
    address=_address,
    visible_to=queries.visible_to,
    personal_data=_personal_data,
)
