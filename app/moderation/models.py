"""Reports by anyone, and what moderators decided: append-only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Report(Base):
    """Somebody thinks that something breaks the rules."""

    __tablename__ = "report"
    __table_args__ = (Index("ix_report_reviewable", "reviewable_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reviewable_id: Mapped[int] = mapped_column(ForeignKey("reviewable.id"))
    ground: Mapped[str] = mapped_column(String(30))
    note: Mapped[str] = mapped_column(Text, default="")
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    handled_at: Mapped[datetime | None]


class Ruling(Base):
    """A moderator's decision and its ground."""

    __tablename__ = "ruling"
    __table_args__ = (
        CheckConstraint("outcome IN ('shown', 'hidden')", name="outcome"),
        Index("ix_ruling_reviewable", "reviewable_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reviewable_id: Mapped[int] = mapped_column(ForeignKey("reviewable.id"))
    outcome: Mapped[str] = mapped_column(String(10))
    ground: Mapped[str | None] = mapped_column(String(30))  # a key of moderation.grounds; empty when shown
    note: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
