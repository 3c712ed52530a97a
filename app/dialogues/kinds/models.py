"""What the kinds have besides a dialogue's own columns: why it is this kind, and what each of them alone must say."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from app.db import APPEND_ONLY, Base
from app.dialogues.models import KINDS, _refuse


class KindChoice(Base):
    """The answers to the first questions, the kind that they propose, and the one that was chosen. Append-only."""

    __tablename__ = "kind_choice"
    __table_args__ = (
        CheckConstraint(f"proposed IN ({KINDS})", name="proposed"),
        CheckConstraint(f"chosen IN ({KINDS})", name="chosen"),
        CheckConstraint("chosen = proposed OR reason <> ''", name="another_says_why"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), unique=True)
    one_group: Mapped[bool]
    experience: Mapped[bool]
    decided: Mapped[bool]
    statutory: Mapped[bool]
    proposed: Mapped[str] = mapped_column(String(30))
    chosen: Mapped[str] = mapped_column(String(30))
    reason: Mapped[str] = mapped_column(Text, default="")
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]


class Redirection(Base):
    """Where a question that was no citizen dialogue went, and why. Append-only."""

    __tablename__ = "redirection"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason_given"),
        CheckConstraint("from_id <> to_id", name="elsewhere"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), unique=True)  # a dialogue goes to one place
    to_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]


class UserService(Base):
    """Whose users a user dialogue is with: a unit or a service of the municipality, which also owns it. No person."""

    __tablename__ = "user_service"

    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(String(120))  # a proper name, in Swedish in every language


class KnownDecision(Base):
    """The decision that information tells of. A correction is a new row; the latest one counts. Append-only."""

    __tablename__ = "known_decision"
    __table_args__ = (
        CheckConstraint(
            "url = '' OR lower(substr(url, 1, 7)) = 'http://' OR lower(substr(url, 1, 8)) = 'https://'",
            name="on_the_web",
        ),
        Index("ix_known_decision_dialogue", "dialogue_id", "id"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    body_key: Mapped[str] = mapped_column(String(60))
    body_name: Mapped[str] = mapped_column(String(120))  # as it was called then
    decided_on: Mapped[date]
    section_no: Mapped[str] = mapped_column(String(20))  # § in the minutes
    url: Mapped[str] = mapped_column(String(500), default="")  # the minutes, where anyone can read them
    reason: Mapped[str] = mapped_column(Text, default="")  # what was wrong in the row before, where it was public
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]


class OwnProcess(Base):
    """Where a statutory consultation is held, and which law demands it."""

    __tablename__ = "own_process"
    __table_args__ = (
        CheckConstraint(
            "lower(substr(url, 1, 7)) = 'http://' OR lower(substr(url, 1, 8)) = 'https://'", name="on_the_web"
        ),
        CheckConstraint("law IN ('planning', 'environment', 'minorities', 'other')", name="law"),
    )

    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), primary_key=True)
    law: Mapped[str] = mapped_column(String(20))
    url: Mapped[str] = mapped_column(String(500))


for _kept in (KindChoice, Redirection, KnownDecision):
    event.listen(_kept, "before_update", _refuse)
    event.listen(_kept, "before_delete", _refuse)
