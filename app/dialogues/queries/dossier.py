"""Everything that guards and pages ask about one dialogue, each part read once and only when asked for."""

from __future__ import annotations

from functools import cached_property

from sqlalchemy import func, select

from app import db
from app.dialogues import slots
from app.dialogues.models import (
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
from app.ladder import Missing
from app.reviews.models import Reviewable, State


class Dossier:
    """One dialogue with what belongs to it."""

    def __init__(self, dialogue: Dialogue) -> None:
        self.dialogue = dialogue

    @property
    def dialogue_id(self) -> int:
        return self.dialogue.id

    @cached_property
    def answers(self) -> dict[str, CriterionAnswer]:
        """The latest assessment: criterion key → answer; empty before the first."""
        latest = select(func.max(Assessment.id)).where(Assessment.dialogue_id == self.dialogue_id).scalar_subquery()
        rows = db.session().scalars(select(CriterionAnswer).where(CriterionAnswer.assessment_id == latest))
        return {row.criterion: row for row in rows}

    @cached_property
    def scope(self) -> list[ScopeItem]:
        """What is open and what is fixed, in their order."""
        return scope_of(self.dialogue_id)

    @cached_property
    def records(self) -> list[DecisionRecord]:
        """Every record of a decision, the oldest first, mended ones among them."""
        found = select(DecisionRecord).filter_by(dialogue_id=self.dialogue_id).order_by(DecisionRecord.id)
        return list(db.session().scalars(found))

    def record(self, matter: Matter) -> DecisionRecord | None:
        """The record that counts in this matter: the latest that no other one supersedes."""
        mended = {row.supersedes_id for row in self.records}
        held = [row for row in self.records if row.matter == matter and row.id not in mended]
        return held[-1] if held else None

    @cached_property
    def cards(self) -> list[Card]:
        return cards_of(self.dialogue_id)

    @cached_property
    def methods_lack(self) -> tuple[Missing, ...]:
        """What its methods say is missing before it may be announced; asked once, for each method reads for it."""
        return slots.ask("methods_ready", self.dialogue_id)

    @cached_property
    def methods_unsettled(self) -> tuple[Missing, ...]:
        """What its methods say must be done before its result is published; asked once, as above."""
        return slots.ask("methods_settled", self.dialogue_id)

    @cached_property
    def outcome(self) -> Outcome | None:
        return outcome_of(self.dialogue_id)

    @cached_property
    def moves(self) -> list[Move]:
        """Every step it has taken, the first one first."""
        found = select(Move).filter_by(dialogue_id=self.dialogue_id).order_by(Move.id)
        return list(db.session().scalars(found))

    @cached_property
    def waiting(self) -> int:
        """How many texts in this dialogue wait for a moderator."""
        held = select(func.count()).select_from(Reviewable)
        held = held.where(Reviewable.dialogue_id == self.dialogue_id, Reviewable.state == State.WAITING)
        return db.session().execute(held).scalar_one()


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
