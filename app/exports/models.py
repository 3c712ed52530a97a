"""Runs of the export: made by a job, fetched by their owner, gone after a day. And what the archive keeps."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, event
from sqlalchemy.orm import Mapped, mapped_column

from app.db import APPEND_ONLY, Base
from app.dialogues.models import AppendOnly

ARCHIVE = "archive"


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
    purpose: Mapped[str | None] = mapped_column(String(10))  # ARCHIVE: a copy of the file is kept; else empty
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    rows_total: Mapped[int | None]
    rows_done: Mapped[int] = mapped_column(default=0)
    ready_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    suffix: Mapped[str | None] = mapped_column(String(10))  # of the file: ".csv", or ".zip" for several tables as CSV
    size: Mapped[int | None]  # bytes


class ArchiveCopy(Base):
    """An export that is kept for the archive: which file, and its checksum. The latest one counts. Append-only."""

    __tablename__ = "archive_copy"
    __table_args__ = (Index("ix_archive_copy_dialogue", "dialogue_id", "id"), {"info": APPEND_ONLY})

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    key: Mapped[str] = mapped_column(String(40), unique=True)  # of the run that it was made by, and its name on disk
    hash: Mapped[str] = mapped_column(String(64))  # SHA-256 of the file, in hex
    size: Mapped[int]  # bytes
    rows: Mapped[int]
    personal_data: Mapped[bool]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]


def _refuse(_mapper: object, _connection: object, row: object) -> None:
    raise AppendOnly(type(row).__name__)


event.listen(ArchiveCopy, "before_update", _refuse)
event.listen(ArchiveCopy, "before_delete", _refuse)
