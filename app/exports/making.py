"""Making a file: everything of a dialogue as of one moment, streamed into one of the formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app import clock, db, i18n
from app.dialogues import queries as dialogues
from app.exports import cells, tables
from app.exports.formats import Format
from app.exports.writers import WRITERS, About

EVERY = 500  # rows between two reports of how far it has come


@dataclass(frozen=True)
class Order:
    """What is wanted. `table` names the only one; None is everything."""

    dialogue_id: int
    format: Format
    personal_data: bool
    table: str | None = None
    language: str = i18n.SOURCE.code


@dataclass(frozen=True)
class Made:
    """What was made: rows of each table by its key, the suffix of the file, its size in bytes."""

    rows: dict[str, int]
    suffix: str
    size: int

    @property
    def total(self) -> int:
        return sum(self.rows.values())


Progress = Callable[[int, int], None]  # rows done, rows in all


class NoSuchDialogue(LookupError):
    """There is no dialogue of this id."""


def make(order: Order, path: Path, progress: Progress = lambda _done, _total: None) -> Made:
    """Write the file to `path`, in a session of its own that sees the database as of one moment.

    Raises NoSuchDialogue, NoSuchTable, and whatever `progress` raises, to stop.
    """
    with db.snapshot(), i18n.speaking(i18n.named(order.language)):
        about = _about(order)
        wanted = tables.counted(order.dialogue_id, order.table)
        total = sum(count for _, count in wanted)
        rows = {export.key: 0 for export, _ in wanted}

        def opened() -> Iterator[tables.Table]:
            for export, _ in wanted:
                yield tables.table(
                    export, order.dialogue_id, personal_data=order.personal_data, passed=counter(export.key)
                )

        def counter(key: str) -> Callable[[], None]:
            def passed() -> None:
                rows[key] += 1
                if rows[key] % EVERY == 0:
                    progress(sum(rows.values()), total)

            return passed

        progress(0, total)
        suffix = WRITERS[order.format](path, about, opened(), order.table is not None)
    return Made(rows, suffix, path.stat().st_size)


def _about(order: Order) -> About:
    dialogue = dialogues.dialogue(order.dialogue_id)
    if dialogue is None:
        raise NoSuchDialogue(order.dialogue_id)
    facts = ("id", "title", "question", "kind", "level", "stage")
    return {
        "dialogue": {name: getattr(dialogue, name) for name in facts},
        "exported_at": cells.iso(clock.now()),
        "personal_data": order.personal_data,
    }
