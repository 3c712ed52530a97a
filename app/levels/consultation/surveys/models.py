"""A survey in a dialogue, and who has answered it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.questions.models import AnswerSheet, QuestionSet

PAPER_GRACE = timedelta(days=5)  # after the closing: the last post is opened after a weekend


class Survey(Base):
    """Questions that a dialogue asks. `audience`: one answer for each account, or one for each form that is opened."""

    __tablename__ = "survey"
    __table_args__ = (CheckConstraint("audience IN ('account', 'anyone')", name="audience"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("question_set.id"), unique=True)
    title: Mapped[str] = mapped_column(String(160))
    intro: Mapped[str] = mapped_column(Text, default="")
    audience: Mapped[str] = mapped_column(String(10))
    minutes: Mapped[int] = mapped_column(default=5)  # how long it takes to answer, about
    created_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    question_set: Mapped[QuestionSet] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second is told


class SurveyResponse(Base):
    """One submitted answer sheet. With an account, one for each person; without, one for each form token."""

    __tablename__ = "survey_response"
    __table_args__ = (
        UniqueConstraint("survey_id", "person_id"),
        UniqueConstraint("survey_id", "form_hash"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    sheet_id: Mapped[int] = mapped_column(ForeignKey("answer_sheet.id"), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    form_hash: Mapped[str] = mapped_column(String(64))
    receipt: Mapped[str] = mapped_column(String(20), unique=True)
    submitted_at: Mapped[datetime]

    sheet: Mapped[AnswerSheet] = relationship(lazy="raise")


class SurveyRegistration(Base):
    """A response that staff wrote down for somebody who rang or wrote: who did, apart from the answer itself."""

    __tablename__ = "survey_registration"

    response_id: Mapped[int] = mapped_column(ForeignKey("survey_response.id"), primary_key=True)
    registered_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class SurveyFigures(Base):
    """The latest snapshot of a survey's figures, made by a job: what pages show instead of counting at each view."""

    __tablename__ = "survey_figures"

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"), primary_key=True)
    responses: Mapped[int]
    content: Mapped[dict[str, object]] = mapped_column(JSON)  # question id → counts
    made_at: Mapped[datetime]
