"""The texts of questions in the reader's language: all of them, or Swedish.

A form half in one language is worse than one in another, so a language counts only when every text is reviewed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app import i18n, subjects
from app.multilingual import queries as multilingual
from app.multilingual.queries import Row, Text
from app.questions.models import Option, Question

QUESTION_FIELDS = ("text", "hint", "low_label", "high_label")
OPTION_FIELDS = ("text",)


@dataclass(frozen=True)
class Words:
    """Texts by subject key and field, all in one language."""

    texts: Mapping[tuple[str, str], Text]
    is_fallback: bool = False  # Swedish, where another language was asked for

    def of(self, row: Question | Option, field: str = "text") -> Text:
        return self.texts[key_of(row), field]

    def named(self, subject: str, field: str) -> Text:
        """A text of whoever owns the questions."""
        return self.texts[subject, field]


def key_of(row: Question | Option) -> str:
    return subjects.key("question" if isinstance(row, Question) else "option", row.id)


def rows_of(questions: Iterable[Question]) -> list[Row]:
    """Every text that a reader of these questions must have."""
    rows: list[Row] = []
    for question in questions:
        rows.append(_row(question, QUESTION_FIELDS))
        rows += [_row(option, OPTION_FIELDS) for option in question.options]
    return rows


def _row(row: Any, fields: Sequence[str]) -> Row:
    return key_of(row), {field: (getattr(row, field), None) for field in fields}


def spoken(rows: Sequence[Row], language: i18n.Language | None = None) -> Words:
    """The texts in `language` (the current one) where it is complete, else in Swedish. One statement at most."""
    wanted = language or i18n.current()
    found = multilingual.texts(rows, wanted, machine=False)
    if any(text.is_fallback or text.is_ordinary or text.is_stale for text in found.values()):
        easy = wanted is multilingual.EASY
        swedish = multilingual.texts(rows, i18n.SOURCE)
        marked = {at: replace(text, is_fallback=not easy, is_ordinary=easy) for at, text in swedish.items()}
        return Words(marked, is_fallback=True)
    return Words(found)
