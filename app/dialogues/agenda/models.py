"""When the elected bodies meet: what a time plan is made against, and where a result is handed over."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class BodyMeeting(Base):
    """One meeting of a body, and the last day on which papers for it are taken in."""

    __tablename__ = "body_meeting"
    __table_args__ = (
        UniqueConstraint("body_key", "held_on"),
        CheckConstraint("papers_by < held_on", name="papers_before_meeting"),
        Index("ix_body_meeting_held_on", "held_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_key: Mapped[str] = mapped_column(String(60))
    held_on: Mapped[date]
    papers_by: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two secretaries at once: the second is told
