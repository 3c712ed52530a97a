"""What belongs to one dialogue, of many tables, in one statement: so that a part more costs its pages nothing.

A part of the house that keeps rows of its own for a dialogue says so here once (`belongs`); guards and pages then find
them in the dossier (`dossier.rows(Model)`), all of them read together when the first is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, literal, select, union_all

from app import db

Where = Callable[[int], ColumnElement[bool]]  # dialogue id → which rows are its own
Row = TypeVar("Row", bound=db.Base)


@dataclass(frozen=True)
class Belonging:
    """One table, which of its rows belong to a dialogue, and the columns that they are sorted by."""

    where: Where
    order: tuple[str, ...]


_tables: dict[type[db.Base], Belonging] = {}


def belongs(model: type[Row], *, order: tuple[str, ...] = ("id",), where: Where | None = None) -> None:
    """Let the rows of a table be read with the dialogue that they belong to: those with its `dialogue_id`, or `where`.

    For what is few in one dialogue. No column of `order` may be empty.
    """

    def own(dialogue_id: int) -> ColumnElement[bool]:
        same: ColumnElement[bool] = getattr(model, "dialogue_id") == dialogue_id  # noqa: B009  # not on every table
        return same

    _tables[model] = Belonging(where or own, order)


def belongings(dialogue_id: int) -> Mapping[type[db.Base], list[Any]]:
    """Every row that belongs to the dialogue, by table and in its order.

    The tables stand beside each other, not crossed: each is joined to a row of its own that only names it, so there
    are as many rows as the tables have together.
    """
    names = union_all(*(select(literal(number).label("place")) for number in range(len(_tables)))).subquery()
    wanted = select(*_tables).select_from(names)
    for number, (model, belonging) in enumerate(_tables.items()):
        wanted = wanted.outerjoin(model, and_(names.c.place == number, belonging.where(dialogue_id)))
    found: dict[type[db.Base], list[Any]] = {model: [] for model in _tables}
    for several in db.session().execute(wanted):
        for model, row in zip(_tables, several, strict=True):
            if row is not None:
                found[model].append(row)
    return {model: sorted(rows, key=attrgetter(*_tables[model].order)) for model, rows in found.items()}
