"""Texts that give themselves away: every text of a method and round it says which row it is, and tries to be HTML.

Planted in the tables of the method and in those that its rows are made of (questions, options, answer sheets …), found
by following foreign keys; and in the names of people, dialogues and cards, which every page shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Enum, String, Table, cast, literal, update
from sqlalchemy.sql import ColumnElement

from app import db
from app.accounts.models import Person
from app.dialogues.models import Card, Dialogue
from app.ladder import Method
from app.permissions import Actor, can
from app.subjects import Subject
from tests.conformance import samples

HOSTILE = "<b data-x>&\"'"
RAW = "<b data-x>"
SIGN = re.compile(r"canary\.(\w+)\.(\w+)\.(\d+)\.")
Found = set[tuple[str, str, int]]  # table, column, id
HUBS = {"person", "dialogue", "reviewable", "stored_file"}  # what everything points at is no part of a method
ROOM = 80  # characters; shorter columns hold keys and codes


def plant(method: Method) -> None:
    """Write the texts, in the open unit."""
    for table in _tables(method):
        for column in table.columns:
            if _holds_words(column):
                _write(table, column)
    for table, names in ((Person.__table__, ("name",)), (Dialogue.__table__, ("title", "question", "summary"))):
        for name in names:
            _write(table, table.c[name])
    for card in db.session().query(Card):
        kind, _, number = card.subject.partition(":")
        entity = next((samples.entity_of(one) for one in method.subjects if one.kind == kind), None)
        if entity is not None:
            card.title = sign(entity.__tablename__, "title", int(number))
    db.session().flush()
    db.session().expire_all()


def sign(table: str, column: str, number: int) -> str:
    return f"canary.{table}.{column}.{number}. {HOSTILE}"


def _write(table: Any, column: Any) -> None:
    begin: ColumnElement[str] = literal(f"canary.{table.name}.{column.name}.")
    text = begin + cast(table.c.id, String) + literal(f". {HOSTILE}")
    db.session().execute(update(table).values({column.key: text}).where(column.is_not(None), column != ""))


def _holds_words(column: Any) -> bool:
    is_text = isinstance(column.type, String) and not isinstance(column.type, Enum)
    return is_text and not column.unique and not column.primary_key and (column.type.length or 10_000) >= ROOM


def _tables(method: Method) -> list[Table]:
    """The method's own tables, the entities of its subjects, and what these are made of."""
    start = [*samples.models_of(method), *(samples.entity_of(kind) for kind in method.subjects)]
    found: dict[str, Table] = {model.__table__.name: model.__table__ for model in start}
    waiting = list(found.values())
    while waiting:
        for other in _neighbours(waiting.pop()):
            if other.name not in found and other.name not in HUBS and "id" in other.c:
                found[other.name] = other
                waiting.append(other)
    return [table for table in found.values() if "id" in table.c]


def _neighbours(table: Table) -> Iterator[Table]:
    yield from (key.column.table for key in table.foreign_keys)
    for other in db.Base.metadata.tables.values():
        if any(key.column.table is table for key in other.foreign_keys):
            yield other


# ------------------------------------------------------------------ what gave itself away


def found_in(values: Iterable[Any]) -> Found:
    """The planted texts among some values, or in a page."""
    hits = (SIGN.findall(value) for value in values if isinstance(value, str))
    return {(table, column, int(number)) for some in hits for table, column, number in some}


def protected(subject: Subject, row: Any) -> Found:
    """The texts of a row that its right to be read is about."""
    table = samples.entity_of(subject).__tablename__
    texts = found_in((subject.title(row), subject.index_text(row), subject.text(row)))
    return {one for one in texts if (one[0], one[2]) == (table, row.id)}


def secrets(method: Method, actor: Actor) -> dict[tuple[str, str, int], str]:
    """The texts that this actor may not read, with the kind of thing whose they are."""
    found: dict[tuple[str, str, int], str] = {}
    for subject in method.subjects:
        for row in samples.rows_of(subject).values():
            if not can(actor, subject.read, row):
                found |= dict.fromkeys(protected(subject, row), subject.kind)
    return found
