"""Questions in a set, options, answer sheets and answers: what surveys, evaluation and extra questions stand on."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Dialect,
    ForeignKey,
    Index,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.questions.core.numbers import DECIMALS
from app.reviews.models import Reviewable


class ExactNumber(TypeDecorator[Decimal]):
    """A number with four decimals, kept as a whole number of ten-thousandths: exact on both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, _dialect: Dialect) -> int | None:
        return None if value is None else int(Decimal(value).scaleb(DECIMALS))

    def process_result_value(self, value: int | Decimal | None, _dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-DECIMALS)


class QuestionSet(Base):
    """Questions that are answered together, in order."""

    __tablename__ = "question_set"

    id: Mapped[int] = mapped_column(primary_key=True)

    questions: Mapped[list[Question]] = relationship(order_by="Question.position", lazy="raise")


class Question(Base):
    """One question. Limits that its kind does not use are empty."""

    __tablename__ = "question"
    __table_args__ = (
        CheckConstraint("kind IN ('line', 'text', 'number', 'single', 'multiple', 'scale')", name="kind"),
        Index("ix_question_order", "set_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("question_set.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(String(300))
    hint: Mapped[str] = mapped_column(String(500), default="")
    required: Mapped[bool] = mapped_column(default=False)
    new_page: Mapped[bool] = mapped_column(default=True)  # begins a page of its own
    least: Mapped[int | None]  # number and scale: smallest value; multiple: fewest choices
    most: Mapped[int | None]  # number and scale: largest value; multiple: most choices; texts: characters
    low_label: Mapped[str] = mapped_column(String(80), default="")  # scale: what its ends mean
    high_label: Mapped[str] = mapped_column(String(80), default="")
    version: Mapped[int] = mapped_column(default=1)

    options: Mapped[list[Option]] = relationship(order_by="Option.position", lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second is told


class Option(Base):
    """One thing to choose."""

    __tablename__ = "question_option"
    __table_args__ = (Index("ix_question_option_order", "question_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two editors at once: the second is told


class AnswerSheet(Base):
    """One person's answers to one set. Whose it is, if anyone's, is the business of whoever asked."""

    __tablename__ = "answer_sheet"
    __table_args__ = (
        CheckConstraint("channel IN ('web', 'paper', 'phone', 'meeting')", name="channel"),
        Index("ix_answer_sheet_set", "set_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("question_set.id"))
    language: Mapped[str] = mapped_column(String(12))
    channel: Mapped[str] = mapped_column(String(10), default="web")
    received_on: Mapped[date]  # the day, never the moment

    answers: Mapped[list[Answer]] = relationship(lazy="raise")


class Answer(Base):
    """One cell: a text, a number or a chosen option (several rows where several are chosen)."""

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("sheet_id", "question_id", "option_id"),
        Index("ix_answer_question", "question_id", "option_id"),
        CheckConstraint(
            "(text IS NOT NULL AND number IS NULL AND option_id IS NULL)"
            " OR (text IS NULL AND number IS NOT NULL AND option_id IS NULL)"
            " OR (text IS NULL AND number IS NULL AND option_id IS NOT NULL)",
            name="one_value",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("answer_sheet.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    option_id: Mapped[int | None] = mapped_column(ForeignKey("question_option.id"))
    number: Mapped[Decimal | None] = mapped_column(ExactNumber)
    text: Mapped[str | None] = mapped_column(Text)
    review_id: Mapped[int | None] = mapped_column(ForeignKey("reviewable.id"), unique=True)

    review: Mapped[Reviewable | None] = relationship(lazy="raise")

    @property
    def dialogue_id(self) -> int | None:
        """Lets rules ask a reviewed text for its dialogue (its review must be loaded)."""
        return self.review.dialogue_id if self.review else None


class AnswerDraft(Base):
    """Answers on their way, kept for whoever writes them and for nobody else; forgotten after 30 days."""

    __tablename__ = "answer_draft"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("question_set.id", ondelete="CASCADE"))
    content: Mapped[str] = mapped_column(Text)  # JSON: question id → what was typed
    touched_at: Mapped[datetime]
