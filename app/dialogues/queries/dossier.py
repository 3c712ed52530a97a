"""Everything that guards and pages ask about one dialogue, each part read once and only when asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, func, select

from app import clock, db
from app.dialogues import slots
from app.dialogues.models import (
    AssessedUnder,
    Assessment,
    Card,
    CriterionAnswer,
    DecisionRecord,
    Dialogue,
    Matter,
    Move,
    Outcome,
    ScopeItem,
)
from app.dialogues.queries.belongings import Row, belongings, belongs
from app.dialogues.stages import Stage
from app.ladder import Missing
from app.policy import queries as policy
from app.policy.models import Guideline
from app.reviews.models import Reviewable, State

Told = TypeVar("Told")


def _of_the_latest(dialogue_id: int) -> ColumnElement[bool]:
    """The answers of the latest assessment."""
    latest = select(func.max(Assessment.id)).where(Assessment.dialogue_id == dialogue_id).scalar_subquery()
    return CriterionAnswer.assessment_id == latest


belongs(CriterionAnswer, order=("criterion",), where=_of_the_latest)
belongs(ScopeItem, order=("position", "id"))
belongs(DecisionRecord)
belongs(Card, order=("position", "subject"))
belongs(Move)
belongs(Outcome, order=("dialogue_id",))


def guideline_of(dialogue_id: int) -> Guideline | None:
    """The guideline that binds a dialogue: the one it was first assessed under; until then the one in force.

    None where there was none then: the usual criteria apply.
    """
    bound = select(AssessedUnder.dialogue_id, Guideline).outerjoin(
        Guideline, Guideline.id == AssessedUnder.guideline_id
    )
    row = db.session().execute(bound.where(AssessedUnder.dialogue_id == dialogue_id)).one_or_none()
    return policy.in_force(clock.today()) if row is None else row[1]


def guidelines_of(dialogue_ids: Sequence[int]) -> dict[int, Guideline | None]:
    """As guideline_of, of many dialogues that have been assessed, in one statement."""
    bound = select(AssessedUnder.dialogue_id, Guideline).join(Guideline, Guideline.id == AssessedUnder.guideline_id)
    found = {
        number: one for number, one in db.session().execute(bound.where(AssessedUnder.dialogue_id.in_(dialogue_ids)))
    }
    return {number: found.get(number) for number in dialogue_ids}


class Dossier:
    """One dialogue with what belongs to it. What belongs to it is read together, once, when the first is asked for."""

    def __init__(self, dialogue: Dialogue) -> None:
        self.dialogue = dialogue
        self._read: dict[Callable[[int], Any], Any] = {}

    @property
    def dialogue_id(self) -> int:
        return self.dialogue.id

    def once(self, read: Callable[[int], Told]) -> Told:
        """What `read` says about this dialogue (by its id), asked once: so each part brings what its guards look at."""
        if read not in self._read:
            self._read[read] = read(self.dialogue_id)
        told: Told = self._read[read]
        return told

    @cached_property
    def _belongings(self) -> Mapping[type[db.Base], list[Any]]:
        return belongings(self.dialogue_id)

    def rows(self, model: type[Row]) -> list[Row]:
        """The rows of a table that belong to this dialogue (see `belongs`), in its order; one statement for all."""
        return self._belongings[model]

    @property
    def answers(self) -> dict[str, CriterionAnswer]:
        """The latest assessment: criterion key → answer; empty before the first."""
        return {row.criterion: row for row in self.rows(CriterionAnswer)}

    @property
    def scope(self) -> list[ScopeItem]:
        """What is open and what is fixed, in their order."""
        return self.rows(ScopeItem)

    @property
    def records(self) -> list[DecisionRecord]:
        """Every record of a decision, the oldest first, mended ones among them."""
        return self.rows(DecisionRecord)

    def record(self, matter: Matter) -> DecisionRecord | None:
        """The record that counts in this matter: the latest that no other one supersedes."""
        mended = {row.supersedes_id for row in self.records}
        held = [row for row in self.records if row.matter == matter and row.id not in mended]
        return held[-1] if held else None

    def stands(self, record: DecisionRecord) -> bool:
        """Whether no other record has taken the place of this one."""
        return all(row.supersedes_id != record.id for row in self.records)

    @property
    def cards(self) -> list[Card]:
        """What the methods offer, in its order."""
        return self.rows(Card)

    @cached_property
    def methods_lack(self) -> tuple[Missing, ...]:
        """What its methods say is missing before it may be announced; asked once, for each method reads for it."""
        return slots.ask("methods_ready", self.dialogue_id)

    @cached_property
    def methods_unsettled(self) -> tuple[Missing, ...]:
        """What its methods say must be done before its result is published; asked once, as above."""
        return slots.ask("methods_settled", self.dialogue_id)

    @property
    def outcome(self) -> Outcome | None:
        """What became of it, published or not; None before anything is written."""
        return next(iter(self.rows(Outcome)), None)

    @property
    def moves(self) -> list[Move]:
        """Every step it has taken, the first one first."""
        return self.rows(Move)

    @cached_property
    def waiting(self) -> int:
        """How many texts in this dialogue wait for a moderator."""
        held = select(func.count()).select_from(Reviewable)
        held = held.where(Reviewable.dialogue_id == self.dialogue_id, Reviewable.state == State.WAITING)
        return db.session().execute(held).scalar_one()


def paused_at(dialogue_id: int) -> datetime | None:
    """When the latest pause of a dialogue began; None where it has never been paused."""
    last = select(func.max(Move.at)).where(Move.dialogue_id == dialogue_id, Move.to_stage == Stage.PAUSED)
    return db.session().scalars(last).one()


def scope_of(dialogue_id: int) -> list[ScopeItem]:
    """What is open and what is fixed in a dialogue, in their order."""
    found = select(ScopeItem).filter_by(dialogue_id=dialogue_id).order_by(ScopeItem.position, ScopeItem.id)
    return list(db.session().scalars(found))


def cards_of(dialogue_id: int) -> list[Card]:
    """The cards of every method in a dialogue, in one statement."""
    found = select(Card).filter_by(dialogue_id=dialogue_id).order_by(Card.position, Card.subject)
    return list(db.session().scalars(found))


def outcome_of(dialogue_id: int) -> Outcome | None:
    """What became of it, published or not; None before anything is written."""
    return db.session().get(Outcome, dialogue_id)
