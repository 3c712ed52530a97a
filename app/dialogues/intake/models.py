"""What an assessment holds besides the four criteria, and larger changes with whether a dialogue was considered."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from app.db import APPEND_ONLY, Base


class Competence(StrEnum):
    """Whose the question is. Unclear stops as elsewhere does."""

    OURS = "ours"
    ELSEWHERE = "elsewhere"
    UNCLEAR = "unclear"


class AssessmentBasis(Base):
    """What stands beside the four criteria of one assessment: whether anything is settled, whose it is, what it is for.

    `case_key` is the case's number as it is compared (see `prior`). `answers_for_it` is the proper name, as it was
    then, of the body or of whoever else answers for the area; None where that is unclear.
    """

    __tablename__ = "assessment_basis"
    __table_args__ = (
        CheckConstraint("position IN ('yes', 'no', 'doubtful')", name="position"),
        CheckConstraint("prior IN ('yes', 'no', 'doubtful')", name="prior"),
        CheckConstraint("competence IN ('ours', 'elsewhere', 'unclear')", name="competence"),
        CheckConstraint("position_reason <> '' AND prior_reason <> '' AND area_reason <> ''", name="reasons_given"),
        CheckConstraint("value <> ''", name="value_said"),
        CheckConstraint("(competence = 'unclear') = (answers_for_it IS NULL)", name="somebody_answers_for_it"),
        Index("ix_assessment_basis_case", "case_key"),
        {"info": APPEND_ONLY},
    )

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    position: Mapped[str] = mapped_column(String(10))  # has the body made up its mind?
    position_reason: Mapped[str] = mapped_column(Text)
    prior: Mapped[str] = mapped_column(String(10))  # has it been decided before, in the same case?
    prior_reason: Mapped[str] = mapped_column(Text)
    case_number: Mapped[str] = mapped_column(String(60), default="")
    case_key: Mapped[str] = mapped_column(String(60), default="")
    area: Mapped[str] = mapped_column(String(40), default="")  # a key of `areas`; empty: unclear
    competence: Mapped[str] = mapped_column(String(10))
    area_reason: Mapped[str] = mapped_column(Text)
    answers_for_it: Mapped[str | None] = mapped_column(String(120))
    value: Mapped[str] = mapped_column(Text)  # what residents' views would be worth to the work


class LargerChange(Base):
    """A case that means a larger change for residents: a dialogue must have been considered before it is decided."""

    __tablename__ = "larger_change"
    __table_args__ = (UniqueConstraint("case_key"), Index("ix_larger_change_decision", "decision_on", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(160))
    case_number: Mapped[str] = mapped_column(String(60))
    case_key: Mapped[str] = mapped_column(String(60))  # see `prior`: one case is flagged once
    area: Mapped[str] = mapped_column(String(40))  # a key of `areas`
    body_key: Mapped[str] = mapped_column(String(60))
    decision_on: Mapped[date]  # when the body is to decide
    flagged_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    flagged_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second is told


class ChangeConsideration(Base):
    """That a dialogue was considered for a larger change, by whom, and why. A new one is a new row; the latest counts.

    `follows` is the one before it, 0 for the first: of two that are written at once the second is told.
    """

    __tablename__ = "change_consideration"
    __table_args__ = (
        UniqueConstraint("change_id", "follows"),
        CheckConstraint("(outcome = 'dialogue') = (dialogue_id IS NOT NULL)", name="dialogue_is_named"),
        CheckConstraint("outcome IN ('dialogue', 'none')", name="outcome"),
        CheckConstraint("reason <> '' AND considered_by <> ''", name="reason_and_who"),
        Index("ix_change_consideration_at", "outcome", "at", "id"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("larger_change.id"))
    follows: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[str] = mapped_column(String(10))
    dialogue_id: Mapped[int | None] = mapped_column(ForeignKey("dialogue.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    considered_by: Mapped[str] = mapped_column(String(120))  # the body, committee or office, by its Swedish name
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # who wrote it down
    at: Mapped[datetime]

    @property
    def holds(self) -> bool:
        """Whether a dialogue is held."""
        return self.outcome == "dialogue"


class RowChanged(RuntimeError):
    """Something tried to change or take away what was considered."""


def _refuse(_mapper: object, _connection: object, row: object) -> None:
    raise RowChanged(type(row).__name__)


for _kept in (AssessmentBasis, ChangeConsideration):
    event.listen(_kept, "before_update", _refuse)
    event.listen(_kept, "before_delete", _refuse)
