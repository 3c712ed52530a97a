"""Where addresses for notices are kept: whoever keeps some registers them, and they are gone before the archive.

The guard of the archive counts real rows, in one statement for all tables and however many dialogues.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, literal, union_all

from app import db
from app.i18n import LazyText
from app.subjects import Address


@dataclass(frozen=True)
class Kept:
    """Addresses in one table. `name` says whose, in words.

    `rows` selects (dialogue id, how many addresses are there) of the dialogues that have some, grouped by dialogue;
    `thin` takes those of one dialogue away in the open unit. Where they go in another way, by a ceremony of their own,
    `thin` is None and `where` leads there (dialogue id → address).
    """

    key: str
    name: LazyText
    rows: Callable[[Collection[int]], Select[Any, int]]
    thin: Callable[[int], None] | None = None
    where: Callable[[int], Address] | None = None


_kept: dict[str, Kept] = {}


def register(kept: Kept) -> None:
    """Add a table. Raises ValueError where its key is taken, or where nobody says how its addresses go."""
    if kept.thin is None and kept.where is None:
        raise ValueError(f"say how the addresses of {kept.key} go")
    if _kept.setdefault(kept.key, kept) != kept:
        raise ValueError(f"two tables of addresses named {kept.key}")


def registered() -> tuple[Kept, ...]:
    return tuple(_kept.values())


def left(dialogue_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """Dialogue id → key of the table → how many addresses are still there; one statement."""
    if not _kept or not dialogue_ids:
        return {}
    parts = [one.rows(dialogue_ids).add_columns(literal(one.key, String)) for one in _kept.values()]
    found: dict[int, dict[str, int]] = {}
    for dialogue_id, count, key in db.session().execute(union_all(*parts)):
        if count:
            found.setdefault(dialogue_id, {})[key] = count
    return found


def left_in(dialogue_id: int) -> dict[str, int]:
    """Key of the table → how many addresses of this dialogue are still there."""
    return left([dialogue_id]).get(dialogue_id, {})


def thin(dialogue_id: int) -> int:
    """Take every address of a dialogue away that has no ceremony of its own. Returns how many there were."""
    there = left_in(dialogue_id)
    gone = 0
    for one in _kept.values():
        if one.thin is not None and there.get(one.key):
            one.thin(dialogue_id)
            gone += there[one.key]
    return gone
