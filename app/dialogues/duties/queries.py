"""Who has which duty, and who could have it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from app import db
from app.accounts.models import Person, RoleGrant
from app.dialogues.duties.duties import DUTIES, Duty
from app.dialogues.duties.models import DutyHolder
from app.dialogues.queries import belongs


@dataclass(frozen=True)
class Pair:
    """The holder of a duty and the substitute; each may be somebody who no longer holds the role."""

    holder: Person
    substitute: Person


belongs(DutyHolder, order=("duty",))


def pairs(dialogue_id: int) -> dict[str, Pair]:
    """Duty key → who has it, in one statement."""
    holder, substitute = aliased(Person), aliased(Person)
    wanted = (
        select(DutyHolder.duty, holder, substitute)
        .join(holder, holder.id == DutyHolder.holder_id)
        .join(substitute, substitute.id == DutyHolder.substitute_id)
        .where(DutyHolder.dialogue_id == dialogue_id)
    )
    return {duty: Pair(first, second) for duty, first, second in db.session().execute(wanted)}


def able(dialogue_id: int) -> dict[str, list[Person]]:
    """Duty key → everyone who may have it: a holder of one of its roles, by name, in one statement."""
    here = or_(RoleGrant.dialogue_id.is_(None), RoleGrant.dialogue_id == dialogue_id)
    wanted = (
        select(RoleGrant.role, Person)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.revoked_at.is_(None), here, Person.confirmed_at.is_not(None), Person.blocked_at.is_(None))
        .order_by(Person.name, Person.id)
    )
    rows = [(role, person) for role, person in db.session().execute(wanted)]
    return {duty.key: _once(person for role, person in rows if role in duty.roles) for duty in DUTIES}


def _once(people: Iterable[Person]) -> list[Person]:
    return list({person.id: person for person in people}.values())


def whom_to_tell(dialogue_id: int, duty: Duty) -> Sequence[Person]:
    """The holder and the substitute of a duty; everyone who could have it where nobody has it yet."""
    may = {person.id: person for person in able(dialogue_id)[duty.key]}
    pair = pairs(dialogue_id).get(duty.key)
    named = [one for one in (pair.holder, pair.substitute) if one.id in may] if pair else []
    return named or list(may.values())


def vacant(rows: Iterable[DutyHolder], may: Mapping[str, list[Person]]) -> list[Duty]:
    """The duties that lack a holder or a substitute who may have them today."""
    held = {row.duty: {row.holder_id, row.substitute_id} for row in rows}
    able_ids = {key: {person.id for person in people} for key, people in may.items()}
    return [duty for duty in DUTIES if not held.get(duty.key) or not held[duty.key] <= able_ids[duty.key]]
