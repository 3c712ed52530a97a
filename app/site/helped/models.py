"""What readers say of a page: whether it helped them, and what was missing. Nobody is named, and no hour is kept."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class PageAnswer(Base):
    """One answer. Without who, from where or at what time: only the day, so that no log can be laid beside it."""

    __tablename__ = "page_answer"
    __table_args__ = (Index("ix_page_answer_day", "answered_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(String(300))  # without codes and receipts; empty: no page of ours
    language: Mapped[str] = mapped_column(String(12))
    helped: Mapped[bool]
    text: Mapped[str] = mapped_column(Text, default="")
    answered_on: Mapped[date]
