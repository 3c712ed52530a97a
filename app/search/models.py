"""The words that are searched."""

from __future__ import annotations

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.search.core.words import LONGEST

# Compared by code point on both databases, so that a beginning of a word is one stretch of the index.
BY_CODE_POINT = String(LONGEST).with_variant(String(LONGEST, collation="C"), "postgresql")


class SearchWord(Base):
    """A word of one thing in one language, folded (core/words.py).

    The key finds things by a word or its beginning; the index finds the words of a thing, to keep them and to ask
    whether it has another word too.
    """

    __tablename__ = "search_word"
    __table_args__ = (Index("ix_search_word_subject", "kind", "subject_id", "word"), {"sqlite_with_rowid": False})

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    word: Mapped[str] = mapped_column(BY_CODE_POINT, primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
