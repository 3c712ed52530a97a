"""What an evaluation keeps: questionnaires, who of the staff has answered, improvements, and the plan of the archive.

Nothing here says who of the residents has answered. Their sheets are rows of the question engine with a day and
nothing else: no account, no language, no row that was written for a person in the same transaction.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from app.db import APPEND_ONLY, Base
from app.dialogues.evaluation.standard import PARTY_NAMES, Circle, Duty, Part, Reach, Taken
from app.dialogues.models import AppendOnly

CIRCLES, DUTIES, PARTS, TAKEN = (", ".join(f"'{one}'" for one in some) for some in (Circle, Duty, Part, Taken))
PARTIES = ", ".join(f"'{one}'" for one in PARTY_NAMES)


class Inquiry(Base):
    """One questionnaire put to one circle in one dialogue. Its figures are counted once, when it has closed."""

    __tablename__ = "evaluation_inquiry"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "kind"),
        CheckConstraint(f"kind IN ({CIRCLES})", name="kind"),
        Index("ix_evaluation_inquiry_counted", "kind", "opened_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    kind: Mapped[str] = mapped_column(String(20))  # of standard.Circle
    set_id: Mapped[int] = mapped_column(ForeignKey("question_set.id"), unique=True)
    edition: Mapped[int]
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]  # staff: when the dialogue has been evaluated
    answers: Mapped[int | None]  # sheets, when they have been counted
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # indicator → base and counts; nothing is hidden here
    counted_at: Mapped[datetime | None]


class InquiryForm(Base):
    """A form that has been sent in, so that it is taken once. By chance, tied to nobody; gone when it has closed."""

    __tablename__ = "evaluation_form"

    form_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("evaluation_inquiry.id"), index=True)


class StaffAnswer(Base):
    """What one person who worked with the dialogue thinks of it: once each, in one duty, with their name."""

    __tablename__ = "evaluation_staff_answer"
    __table_args__ = (
        UniqueConstraint("inquiry_id", "person_id"),
        CheckConstraint(f"duty IN ({DUTIES})", name="duty"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("evaluation_inquiry.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    duty: Mapped[str] = mapped_column(String(20))
    sheet_id: Mapped[int] = mapped_column(ForeignKey("answer_sheet.id"), unique=True)
    comment: Mapped[str] = mapped_column(Text, default="")


class Silence(Base):
    """That nobody of a party answered although they were asked, and why. The latest row counts. Append-only."""

    __tablename__ = "evaluation_silence"
    __table_args__ = (
        CheckConstraint(f"party IN ({PARTIES})", name="party"),
        CheckConstraint("reason <> ''", name="reason_given"),
        Index("ix_evaluation_silence_dialogue", "dialogue_id"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    party: Mapped[str] = mapped_column(String(20))  # of standard.PARTY_NAMES
    reason: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]


class Summary(Base):
    """What the dialogue lead makes of the evaluation, for everyone to read; and why there is no improvement, if so."""

    __tablename__ = "evaluation_summary"

    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    no_lessons: Mapped[str] = mapped_column(String(500), default="")
    written_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]


class Lesson(Base):
    """One thing to do better, and the dialogues that it is for: every one, those of a level, or with a method."""

    __tablename__ = "evaluation_lesson"
    __table_args__ = (
        CheckConstraint(f"part IN ({PARTS})", name="part"),
        CheckConstraint(
            f"(reach = '{Reach.EVERY}' AND level IS NULL AND method IS NULL)"
            f" OR (reach = '{Reach.LEVEL}' AND level IS NOT NULL AND method IS NULL)"
            f" OR (reach = '{Reach.METHOD}' AND method IS NOT NULL AND level IS NULL)",
            name="reach",
        ),
        Index("ix_evaluation_lesson_dialogue", "dialogue_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    part: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(String(500))
    reach: Mapped[str] = mapped_column(String(10))
    level: Mapped[str | None] = mapped_column(String(20))
    method: Mapped[str | None] = mapped_column(String(20))
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    noted_at: Mapped[datetime]


class LessonAnswer(Base):
    """What a later dialogue does with an improvement while it is prepared: how it is taken up, or why it is not."""

    __tablename__ = "evaluation_lesson_answer"
    __table_args__ = (
        CheckConstraint(f"taken IN ({TAKEN})", name="taken"),
        CheckConstraint("words <> ''", name="words_given"),
        Index("ix_evaluation_lesson_answer_dialogue", "dialogue_id"),
    )

    lesson_id: Mapped[int] = mapped_column(ForeignKey("evaluation_lesson.id"), primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), primary_key=True)
    taken: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime]


class ArchivePlan(Base):
    """How the material of a dialogue is kept: the class of the retention plan, and when addresses were thinned."""

    __tablename__ = "archive_plan"

    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), primary_key=True)
    retention: Mapped[str] = mapped_column(String(40))  # a key of the municipality's retention classes
    chosen_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    chosen_at: Mapped[datetime]
    thinned_at: Mapped[datetime | None]


class ExperienceYear(Base):
    """How those who were told in a year felt about it, over all dialogues: made of what their pages show, by a job."""

    __tablename__ = "experience_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    dialogues: Mapped[int]  # that asked
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)  # indicator → dialogues, people and how many of them said yes
    made_at: Mapped[datetime]


def _refuse(_mapper: object, _connection: object, row: object) -> None:
    raise AppendOnly(type(row).__name__)


for _kept in (Silence,):
    event.listen(_kept, "before_update", _refuse)
    event.listen(_kept, "before_delete", _refuse)
