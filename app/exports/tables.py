"""What there is to export of a dialogue: the tables of the dialogue itself and of every method."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app import ladder
from app.dialogues.exports import EXPORTS
from app.ladder import Column, Export


@dataclass(frozen=True)
class Table:
    """One table on its way out: header and rows of equal width, without what may not leave."""

    key: str
    name: str
    header: Sequence[str]
    rows: Iterator[Sequence[Any]]


class WrongWidth(RuntimeError):
    """A row is not as wide as its header: the export that gave it is broken, and nothing leaves."""


class NoSuchTable(LookupError):
    """There is no table of this key."""


def sources() -> tuple[Export, ...]:
    """Every registered export: the dialogue's own first, then method by method."""
    found = (*EXPORTS, *(export for method in ladder.methods() for export in method.exports))
    keys = [export.key for export in found]
    if len(keys) != len(set(keys)):
        raise ValueError(f"two exports have the same key: {sorted(keys)}")
    return found


def counted(dialogue_id: int, only: str | None) -> list[tuple[Export, int]]:
    """The exports that are wanted, each with its number of rows. Of everything, empty tables are left out.

    Raises NoSuchTable.
    """
    if only is not None:
        wanted = [export for export in sources() if export.key == only]
        if not wanted:
            raise NoSuchTable(only)
        return [(wanted[0], wanted[0].count(dialogue_id))]
    found = [(export, export.count(dialogue_id)) for export in sources()]
    return [(export, count) for export, count in found if count]


def table(export: Export, dialogue_id: int, *, personal_data: bool, passed: Callable[[], None]) -> Table:
    """Open one table. `passed` is called after each row."""
    columns = export.columns(dialogue_id)
    kept = [place for place, column in enumerate(columns) if personal_data or not column.personal]
    header = [columns[place].name for place in kept]
    return Table(export.key, str(export.name), header, _rows(export, dialogue_id, columns, kept, passed))


def _rows(
    export: Export, dialogue_id: int, columns: Sequence[Column], kept: list[int], passed: Callable[[], None]
) -> Iterator[Sequence[Any]]:
    for row in export.rows(dialogue_id):
        if len(row) != len(columns):
            raise WrongWidth(f"{export.key}: {len(row)} cells under {len(columns)} headings")
        yield [row[place] for place in kept]
        passed()
