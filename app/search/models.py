"""The words that are searched, and what is shown of the thing that they are found in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.search.core.words import LONGEST

LONGEST_LINE = 400  # characters of a title
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


class SearchEntry(Base):
    """What a page of results shows of one thing in one language, so that no kind has to be asked for its rows.

    Who may read the thing is asked when it is found, never here.
    """

    __tablename__ = "search_entry"

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    title: Mapped[str] = mapped_column(String(LONGEST_LINE))
    text: Mapped[str] = mapped_column(Text)  # what follows the title, without Markdown, as far as excerpts are cut from
    endpoint: Mapped[str] = mapped_column(String(80))
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
