"""What a body decides about a dialogue, so that only the body changes it: each part with its name, as data.

A value is text, but for the scope: a list of what is open and what is fixed, each a mapping with `id` (None: new),
`is_open`, `text` and `why`. Values are kept as JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.dialogues import bodies
from app.dialogues.models import Dialogue, ScopeItem
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.ladder import LEVELS

Value = Any
Item = Mapping[str, Any]
CLOSES_AT = "closes_at"  # what closing early changes; by no proposal


@dataclass(frozen=True)
class Field:
    """One part. `says` gives a value as one reads it: lines of Swedish, or of the reader's language (`is_ours`)."""

    key: str
    name: LazyText
    says: Callable[[Value], Sequence[str | LazyText]]
    is_ours: bool = False


def _lines(value: Value) -> Sequence[str]:
    return str(value or "").split("\n")


def _level(value: Value) -> Sequence[LazyText]:
    return [one.name for one in LEVELS if one.key == value]


def _body(value: Value) -> Sequence[str]:
    return [bodies.name_of(value) or str(value or "")]


FIELDS: tuple[Field, ...] = (
    Field("title", _l("Short title"), _lines),
    Field("question", _l("Question"), _lines),
    Field("purpose", _l("Purpose"), _lines),
    Field("level", _l("Level of participation"), _level, is_ours=True),
    Field("body_key", _l("Who decides"), _body),
    Field("promise", _l("What the body promises"), _lines),
    Field("commitment", _l("How the result is used"), _lines),
    Field("affected", _l("Whom it concerns"), _lines),
)
SCOPE = "scope"
SCOPE_NAME = _l("What is open and what is fixed")
TEXTS = tuple(field.key for field in FIELDS)
KEYS = (*TEXTS, SCOPE)
BY_KEY = {field.key: field for field in FIELDS}
NAMES: Mapping[str, LazyText] = {
    **{field.key: field.name for field in FIELDS},
    SCOPE: SCOPE_NAME,
    CLOSES_AT: _l("Closing time"),
}


def values_of(dialogue: Dialogue, scope: Sequence[ScopeItem]) -> dict[str, Value]:
    """Every part as it stands now."""
    found: dict[str, Value] = {key: getattr(dialogue, key) for key in TEXTS}
    found[SCOPE] = [{"id": one.id, "is_open": one.is_open, "text": one.text, "why": one.why} for one in scope]
    return found


def changed(before: Mapping[str, Value], after: Mapping[str, Value]) -> dict[str, Value]:
    """Those of the values after that are others than before."""
    return {key: after[key] for key in KEYS if key in after and after[key] != before[key]}


def in_words(values: Mapping[str, Value]) -> str:
    """Values as text in the language that is spoken: each part, where there are several, after its name."""
    told = {key: _words(key, values[key]) for key in KEYS if key in values}
    return next(iter(told.values())) if len(told) == 1 else "\n".join(f"{NAMES[key]}: {told[key]}" for key in told)


def _words(key: str, value: Value) -> str:
    if key != SCOPE:
        return "\n".join(map(str, BY_KEY[key].says(value)))
    names = {True: _l("This can be influenced"), False: _l("This is already fixed")}
    lines = (f"{names[one['is_open']]}: {one['text']}" + (f" ({one['why']})" if one["why"] else "") for one in value)
    return "\n".join(lines)
