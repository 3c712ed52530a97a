"""Whether a case has been decided already, by our own records. Whoever records decisions of another sort adds a way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_
from sqlalchemy.orm import aliased

from app.dialogues.models import DecisionRecord, Matter, Ruling

# The key of a case as a column, and the id of the dialogue that asks → whether the case has been decided.
Way = Callable[[Any, Any], ColumnElement[bool]]
SEPARATORS = ("/", ":", ".", "_", "–", "−")
LETTERS = (("Å", "å"), ("Ä", "ä"), ("Ö", "ö"))  # SQLite knows no others in lower case than those of English
_ways: list[Way] = []


def register(way: Way) -> None:
    """Add a way of knowing that a case has been decided."""
    if way not in _ways:
        _ways.append(way)


def key_of(case_number: str) -> str:
    """A case number as it is compared: “KS 2026/77” and “ks2026-77” are the same case."""
    said = "".join(case_number.split()).lower()
    for one in SEPARATORS:
        said = said.replace(one, "-")
    return said


def as_key(column: Any) -> Any:
    """As `key_of`, of a column."""
    said = func.replace(column, " ", "")
    for one in SEPARATORS:
        said = func.replace(said, one, "-")
    for large, small in LETTERS:
        said = func.replace(said, large, small)
    return func.lower(said)


def decided(case_key: Any, dialogue_id: Any) -> ColumnElement[bool]:
    """As a condition: the case has a number, and a decision on record."""
    return and_(case_key != "", or_(*(way(case_key, dialogue_id) for way in _ways)))


def by_a_body(case_key: Any, dialogue_id: Any) -> ColumnElement[bool]:
    """A final decision of a body after another dialogue; not that it made none, nor a record that was mended."""
    later = aliased(DecisionRecord)
    row = aliased(DecisionRecord)
    return exists().where(
        row.matter == Matter.FINAL,
        row.outcome != Ruling.NONE,
        row.dialogue_id != dialogue_id,
        as_key(row.case_number) == case_key,
        ~exists().where(later.supersedes_id == row.id),
    )


register(by_a_body)
