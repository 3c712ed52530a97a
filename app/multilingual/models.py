"""Content texts in other languages than Swedish, with the version of the Swedish text that each was made from."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from markupsafe import Markup
from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.richtext import CleanHtml


class Status(StrEnum):
    DRAFT = "draft"
    REVIEWED = "reviewed"
    MACHINE = "machine"


class Translation(Base):
    """One field of one subject in one language. The Swedish text stays with its owner."""

    __tablename__ = "translation"
    __table_args__ = (CheckConstraint("status IN ('draft', 'reviewed', 'machine')", name="status"),)

    subject: Mapped[str] = mapped_column(String(60), primary_key=True)  # "dialogue:12", as in subjects.key
    field: Mapped[str] = mapped_column(String(40), primary_key=True)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[Markup | None] = mapped_column(CleanHtml)  # for rich text only
    status: Mapped[str] = mapped_column(String(10))
    source_version: Mapped[str] = mapped_column(String(16))  # digest of the Swedish text it was made from
    written_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
