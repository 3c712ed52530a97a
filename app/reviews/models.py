"""The row that whatever can be judged points at by a typed foreign key."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class State(StrEnum):
    """What the public sees: only `shown`."""

    WAITING = "waiting"
    SHOWN = "shown"
    HIDDEN = "hidden"


class Reviewable(Base):
    """One thing that can be judged. `subject_kind` says which registered kind owns it.

    `reports` counts those that no moderator has looked at yet; it moves without a new version, so that a report that
    comes in while a moderator reads does not look like a colleague's decision.
    """

    __tablename__ = "reviewable"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'shown', 'hidden')", name="state"),
        Index("ix_reviewable_queue", "state", "id"),
        Index("ix_reviewable_dialogue", "dialogue_id", "state"),
        Index(
            "ix_reviewable_reported",
            "id",
            sqlite_where=text("reports > 0"),
            postgresql_where=text("reports > 0"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(40))
    dialogue_id: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(20))
    reports: Mapped[int] = mapped_column(default=0)
    language: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two moderators at once: the second is told

    @property
    def is_shown(self) -> bool:
        return self.state == State.SHOWN
