"""Reports by anyone, and what moderators decided: append-only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from app.db import APPEND_ONLY, Base


class Report(Base):
    """Somebody thinks that something breaks the rules. With an account, once for each text."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("reviewable_id", "reporter_id"),
        Index("ix_report_reviewable", "reviewable_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reviewable_id: Mapped[int] = mapped_column(ForeignKey("reviewable.id"))
    ground: Mapped[str] = mapped_column(String(30))
    note: Mapped[str] = mapped_column(Text, default="")
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    handled_at: Mapped[datetime | None]


class Ruling(Base):
    """A moderator's decision and its ground. Append-only: a new decision is a new row."""

    __tablename__ = "ruling"
    __table_args__ = (
        CheckConstraint("outcome IN ('shown', 'hidden')", name="outcome"),
        Index("ix_ruling_reviewable", "reviewable_id", "id"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reviewable_id: Mapped[int] = mapped_column(ForeignKey("reviewable.id"))
    outcome: Mapped[str] = mapped_column(String(10))
    ground: Mapped[str | None] = mapped_column(String(30))  # a key of moderation.grounds; empty when shown
    note: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class RulingChanged(RuntimeError):
    """Something tried to change or remove a decision that was made."""


@event.listens_for(Ruling, "before_update")
@event.listens_for(Ruling, "before_delete")
def _append_only(_mapper: object, _connection: object, ruling: Ruling) -> None:
    raise RulingChanged(f"ruling {ruling.id}")
