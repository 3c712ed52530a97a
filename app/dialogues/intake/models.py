"""What an assessment holds besides the four criteria."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, event
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


class RowChanged(RuntimeError):
    """Something tried to change or take away what was considered."""


def _refuse(_mapper: object, _connection: object, row: object) -> None:
    raise RowChanged(type(row).__name__)


for _kept in (AssessmentBasis,):
    event.listen(_kept, "before_update", _refuse)
    event.listen(_kept, "before_delete", _refuse)
