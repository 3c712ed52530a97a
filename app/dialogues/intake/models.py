"""What is considered before a dialogue: assessments, larger changes, and the topics that residents propose."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.db import APPEND_ONLY, Base
from app.i18n import LANGUAGES, SOURCE, Language
from app.reviews.models import Reviewable, State


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


class TopicStatus(StrEnum):
    """How far a proposed topic has come."""

    RECEIVED = "received"
    TAKEN_UP = "taken_up"  # as an idea for a dialogue
    DECLINED = "declined"
    REFERRED = "referred"  # to whoever answers for it


_STATUSES = tuple(str(one) for one in TopicStatus)
_ANSWERS = tuple(str(one) for one in TopicStatus if one is not TopicStatus.RECEIVED)


class ProposedTopic(Base):
    """Something that a resident wants a dialogue about. Nobody but its author and those who judge see it before it is
    shown.

    `receipt` is the case code: by chance, it lets whoever has it follow this case alone. `email` is for the answer to
    somebody without an account, and is forgotten some time after the answer. `name` is as it is shown, empty for none.
    """

    __tablename__ = "proposed_topic"
    __table_args__ = (
        CheckConstraint(f"status IN {_STATUSES!r}", name="status"),
        CheckConstraint("wants IN ('mail', 'page')", name="wants"),
        CheckConstraint("title <> '' AND text <> ''", name="says_something"),
        Index("ix_proposed_topic_status", "status", "id"),
        Index("ix_proposed_topic_person", "person_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    area: Mapped[str] = mapped_column(String(40), default="")  # a key of `areas`; empty where the sender does not know
    language: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(80), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    review_id: Mapped[int] = mapped_column(ForeignKey("reviewable.id"), unique=True)
    form_hash: Mapped[str] = mapped_column(String(64), unique=True)  # of the form: sent twice is once
    receipt: Mapped[str] = mapped_column(String(20), unique=True)
    wants: Mapped[str] = mapped_column(String(10), default="page")
    email: Mapped[str] = mapped_column(String(254), default="")
    told_in: Mapped[str] = mapped_column(String(12))  # the language in which its sender is written to
    status: Mapped[str] = mapped_column(String(20), default=TopicStatus.RECEIVED)
    written_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    review: Mapped[Reviewable] = relationship(lazy="joined", innerjoin=True)
    person: Mapped[Person | None] = relationship(lazy="raise", viewonly=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two officials at once: the second is told

    @property
    def dialogue_id(self) -> None:
        """It belongs to the site; lets rules ask any subject for its dialogue."""

    @property
    def spoken_in(self) -> Language:
        """The language that it is written in."""
        return LANGUAGES.get(self.language, SOURCE)

    @property
    def is_waiting(self) -> bool:
        return self.review.state == State.WAITING

    @property
    def is_hidden(self) -> bool:
        return self.review.state == State.HIDDEN

    @property
    def is_public(self) -> bool:
        return self.review.is_shown


class TopicAnswer(Base):
    """What a body answers about a topic, with its reason. A new answer is a new row; the latest counts.

    `who` is the proper name, as it was then: of the body that answers, or of whoever the topic is referred to.
    `follows` is the answer before it, 0 for the first: of two that are written at once the second is told.
    """

    __tablename__ = "topic_answer"
    __table_args__ = (
        UniqueConstraint("topic_id", "follows"),
        CheckConstraint(f"status IN {_ANSWERS!r}", name="status"),
        CheckConstraint("(status = 'taken_up') = (dialogue_id IS NOT NULL)", name="taken_up_as_a_dialogue"),
        CheckConstraint("(status = 'referred') = (authority IS NOT NULL)", name="referred_to_somebody"),
        CheckConstraint("reason <> '' AND who <> ''", name="reason_and_who"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("proposed_topic.id"))
    follows: Mapped[int] = mapped_column(default=0)
    status: Mapped[str] = mapped_column(String(20))
    dialogue_id: Mapped[int | None] = mapped_column(ForeignKey("dialogue.id"), index=True)
    authority: Mapped[str | None] = mapped_column(String(40))  # a key of `areas`: whoever else answers for it
    who: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class RowChanged(RuntimeError):
    """Something tried to change or take away what was considered."""


def _refuse(_mapper: object, _connection: object, row: object) -> None:
    raise RowChanged(type(row).__name__)


for _kept in (AssessmentBasis, ChangeConsideration, TopicAnswer):
    event.listen(_kept, "before_update", _refuse)
    event.listen(_kept, "before_delete", _refuse)
