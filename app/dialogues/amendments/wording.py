"""A change as one reads it: part by part, what it was and what it is to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app import i18n
from app.dialogues import texts, wording
from app.dialogues.amendments import fields
from app.dialogues.amendments.models import Amendment
from app.dialogues.models import DecisionRecord
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.multilingual.queries import Text


@dataclass(frozen=True)
class Line:
    """One line of a part. `label` and `why` are for what stands in the scope."""

    text: Text | LazyText | str
    label: LazyText | None = None
    why: Text | None = None


@dataclass(frozen=True)
class Part:
    """One part of a change, each side line by line."""

    name: LazyText
    before: Sequence[Line]
    after: Sequence[Line]


@dataclass(frozen=True)
class Told:
    """A change that a decision made: by which, why, and part by part."""

    id: int
    record: DecisionRecord
    when: LazyText
    why: Text
    parts: Sequence[Part]


def parts(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Part]:
    """The parts of a change in the order of the fields."""
    return [Part(fields.NAMES[key], _said(key, before.get(key)), _said(key, after[key])) for key in _order(after)]


def told(amendments: Iterable[Amendment], records: Iterable[DecisionRecord]) -> list[Told]:
    """The changes with the decisions that count for them: a corrected record takes the place of the mistaken one."""
    rows = list(records)
    found = []
    for one in amendments:
        record = _counting(next(row for row in rows if row.id == one.record_id), rows)
        why = texts.proper(one.why)
        found.append(Told(one.id, record, wording.decision_words(record), why, parts(one.before, one.after)))
    return found


def _counting(record: DecisionRecord, rows: Sequence[DecisionRecord]) -> DecisionRecord:
    later = next((row for row in rows if row.supersedes_id == record.id), None)
    return record if later is None else _counting(later, rows)


def _order(values: Mapping[str, Any]) -> list[str]:
    return [key for key in fields.NAMES if key in values]


def _said(key: str, value: Any) -> list[Line]:
    if key == fields.CLOSES_AT:
        return [Line(i18n.long_datetime(datetime.fromisoformat(value)))] if value else []
    if key == fields.SCOPE:
        return [_item(one) for one in value or ()]
    field = fields.BY_KEY[key]
    lines = [one for one in field.says(value) if str(one).strip()]
    return [Line(one if field.is_ours else texts.proper(str(one))) for one in lines]


def _item(one: Mapping[str, Any]) -> Line:
    label = _l("This can be influenced") if one["is_open"] else _l("This is already fixed")
    return Line(texts.proper(one["text"]), label, texts.proper(one["why"]) if one["why"] else None)
