"""Who supports what, once each, and the latest count."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.contributions.models import Contribution
from app.db import Base


class Support(Base):
    """One person's, or without an account one browser's, support of one contribution."""

    __tablename__ = "support"
    __table_args__ = (
        UniqueConstraint("contribution_id", "person_id"),
        UniqueConstraint("contribution_id", "form_hash"),
        CheckConstraint("(person_id IS NULL) <> (form_hash IS NULL)", name="by_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey(Contribution.id))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    form_hash: Mapped[str | None] = mapped_column(String(64))
    given_at: Mapped[datetime]


class SupportCount(Base):
    """How many support a contribution, counted by a job: what lists show and sort by."""

    __tablename__ = "support_count"
    __table_args__ = (Index("ix_support_count_number", "number", "contribution_id"),)

    contribution_id: Mapped[int] = mapped_column(ForeignKey(Contribution.id), primary_key=True)
    number: Mapped[int]
    made_at: Mapped[datetime]
