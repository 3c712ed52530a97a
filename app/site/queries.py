"""Reads of the site's own pages. Each list is one statement, however long it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import aliased

from app import db
from app.dialogues.models import Card, DecisionRecord, Dialogue, Outcome
from app.dialogues.stages import Kind
from app.dialogues.wording import TOLD_STAGES

PAGE = 20
OPEN_NOW = 12  # as many as the front page shows; the rest are one link away
COMING = 4
LATEST = 3
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WRITTEN = re.compile(r"(-?)([0-9]{1,16})\.([0-9]{1,9})")


@dataclass(frozen=True)
class Answered:
    """A dialogue, what became of it, and the decision in the matter (where one is recorded)."""

    dialogue: Dialogue
    outcome: Outcome
    decision: DecisionRecord | None


@dataclass(frozen=True)
class Place:
    """Where in the list of answers a page begins: after this one, or, going back, before it."""

    published_at: datetime
    dialogue_id: int
    back: bool = False

    def __str__(self) -> str:
        """As it stands in an address: microseconds since 1970 and the id; a minus before it goes back."""
        micro = (self.published_at - EPOCH) // timedelta(microseconds=1)
        return f"{'-' if self.back else ''}{micro}.{self.dialogue_id}"

    @classmethod
    def parse(cls, written: str) -> Place | None:
        """The place that an address names; None where it names none."""
        found = WRITTEN.fullmatch(written)
        if found is None:
            return None
        back, micro, dialogue_id = found.groups()
        return cls(EPOCH + timedelta(microseconds=int(micro)), int(dialogue_id), bool(back))


@dataclass(frozen=True)
class Answers:
    """One page of answers, the latest first, and where its neighbours begin."""

    rows: Sequence[Answered]
    older: Place | None
    newer: Place | None


def minutes_for(dialogues: Sequence[Dialogue]) -> dict[int, int]:
    """About how long it takes to do everything in each dialogue, in minutes; left out where nobody has estimated it."""
    if not dialogues:
        return {}
    ids = [dialogue.id for dialogue in dialogues]
    wanted = select(Card.dialogue_id, func.sum(Card.minutes)).where(Card.dialogue_id.in_(ids), Card.is_input)
    found = db.session().execute(wanted.group_by(Card.dialogue_id)).all()
    return {dialogue_id: int(minutes) for dialogue_id, minutes in found if minutes}


def answers(at: Place | None = None, most: int = PAGE) -> Answers:
    """One page of published answers, in one statement."""
    wanted = _published()
    back = at is not None and at.back
    key = tuple_(Outcome.published_at, Outcome.dialogue_id)
    if at is not None:
        here = tuple_(at.published_at, at.dialogue_id)
        wanted = wanted.where(key > here if back else key < here)
    order = (Outcome.published_at, Outcome.dialogue_id) if back else (
        Outcome.published_at.desc(), Outcome.dialogue_id.desc()
    )  # fmt: skip
    found = db.session().execute(wanted.order_by(*order).limit(most + 1)).all()
    rows = [Answered(dialogue, outcome, decision) for dialogue, outcome, decision in found[:most]]
    more = len(found) > most
    if back:
        rows.reverse()
    older, newer = (bool(rows), more) if back else (more, at is not None)
    return Answers(rows, _place(rows[-1:]) if older else None, _place(rows[:1], back=True) if newer else None)


def _published() -> Select[Dialogue, Outcome, DecisionRecord]:
    """Published answers, each with the latest record in the matter that nothing supersedes."""
    mending = aliased(DecisionRecord)
    superseded = select(mending.id).where(mending.supersedes_id == DecisionRecord.id).exists()
    final = select(func.max(DecisionRecord.id)).where(
        DecisionRecord.dialogue_id == Outcome.dialogue_id, DecisionRecord.matter != "hold", ~superseded
    )
    record = aliased(DecisionRecord)
    wanted = select(Dialogue, Outcome, record).join(Outcome, Outcome.dialogue_id == Dialogue.id)
    wanted = wanted.outerjoin(record, record.id == final.correlate(Outcome).scalar_subquery())
    told = Outcome.published_at.is_not(None), Dialogue.stage.in_(sorted(TOLD_STAGES))
    return wanted.where(*told, Dialogue.kind == Kind.CITIZEN_DIALOGUE)  # what politicians answer, not what a unit does


def _place(rows: Sequence[Answered], *, back: bool = False) -> Place | None:
    for row in rows:
        if row.outcome.published_at is not None:
            return Place(row.outcome.published_at, row.outcome.dialogue_id, back)
    return None
