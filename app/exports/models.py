"""Runs of the export: made by a job, fetched once or more by their owner, gone after a day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class ExportRun(Base):
    """One export of one dialogue, on its way or done. The row stays; its file goes when it expires."""

    __tablename__ = "export_run"
    __table_args__ = (
        CheckConstraint("format IN ('csv', 'csv-sv', 'xlsx', 'json')", name="format"),
        Index("ix_export_run_owner", "owner_id", "dialogue_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)  # its name on disk
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    format: Mapped[str] = mapped_column(String(10))
    table: Mapped[str | None] = mapped_column(String(60))  # key of the only table asked for; empty: everything
    language: Mapped[str] = mapped_column(String(12))
    personal_data: Mapped[bool]
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    rows_total: Mapped[int | None]
    rows_done: Mapped[int] = mapped_column(default=0)
    ready_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    suffix: Mapped[str | None] = mapped_column(String(10))  # of the file: ".csv", or ".zip" for several tables as CSV
    size: Mapped[int | None]  # bytes
