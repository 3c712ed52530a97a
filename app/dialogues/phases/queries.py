"""Reads of phases and of the times of things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app import clock, db
from app.dialogues.models import Card
from app.dialogues.phases.models import Phase, ThingTime
from app.dialogues.queries import Dossier
from app.dialogues.queries.belongings import belongs
from app.dialogues.times import ALWAYS, Window

belongs(Phase, order=("opens_at", "id"))
belongs(ThingTime, order=("subject",))


@dataclass(frozen=True)
class Plan:
    """The phases of a dialogue in their order, and the times of its things by their keys."""

    phases: Sequence[Phase]
    things: dict[str, ThingTime]

    def phase(self, phase_id: int | None) -> Phase | None:
        return next((one for one in self.phases if one.id == phase_id), None)

    def in_phase(self, phase: Phase | None, cards: Sequence[Card]) -> list[Card]:
        """The cards that belong to a phase; to none of them (None)."""
        wanted = None if phase is None else phase.id
        return [card for card in cards if self.phase_of(card.subject) == wanted]

    def phase_of(self, key: str) -> int | None:
        return self.things[key].phase_id if key in self.things else None

    def window(self, key: str) -> Window:
        """When a thing takes something in: its own times within those of its phase. The dialogue's are not in it."""
        thing = self.things.get(key)
        if thing is None:
            return ALWAYS
        phase = self.phase(thing.phase_id)
        own = Window(thing.opens_at, thing.closes_at)
        return own if phase is None else own.within(Window(phase.opens_at, phase.closes_at))


def plan_in(dossier: Dossier) -> Plan:
    """The phases and times of a dialogue whose dossier is at hand; no statement of their own."""
    return Plan(dossier.rows(Phase), {one.subject: one for one in dossier.rows(ThingTime)})


def plan_of(dialogue_id: int) -> Plan:
    """The phases and times of a dialogue; two statements."""
    mine = select(Phase).where(Phase.dialogue_id == dialogue_id).order_by(Phase.opens_at, Phase.id)
    times = select(ThingTime).where(ThingTime.dialogue_id == dialogue_id)
    phases = list(db.session().scalars(mine))
    return Plan(phases, {one.subject: one for one in db.session().scalars(times)})


def phase_in(dialogue_id: int, phase_id: int) -> Phase | None:
    mine = select(Phase).where(Phase.dialogue_id == dialogue_id, Phase.id == phase_id)
    return db.session().scalars(mine).first()


def phase(phase_id: int) -> Phase | None:
    return db.session().get(Phase, phase_id)


def is_told(row: Phase) -> bool:
    """Whether everyone can read its feedback: it says something, and the phase has ended."""
    return bool(row.interim) and (row.published_at is not None or row.closes_at <= clock.now())


def just_ended(now: datetime) -> list[int]:
    """The dialogues with a phase or a thing whose time has passed without the clock having seen it, by id."""
    ended = select(Phase.dialogue_id).where(Phase.ended_at.is_(None), Phase.closes_at <= now)
    things = select(ThingTime.dialogue_id).join(Phase, Phase.id == ThingTime.phase_id, isouter=True)
    closed = (ThingTime.closes_at <= now) | (Phase.closes_at <= now)
    things = things.where(ThingTime.ended_at.is_(None), closed)
    return sorted({*db.session().scalars(ended), *db.session().scalars(things)})
