"""The bodies that may decide about dialogues: elected bodies of the municipality, from its settings, nobody else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Body:
    """An elected body. `name` is its proper name, in Swedish in every language."""

    key: str
    name: str


_bodies: dict[str, Body] = {}


def use(bodies: Iterable[Mapping[str, str]]) -> None:
    """Set the list of this installation: mappings with `key` and `name`."""
    _bodies.clear()
    _bodies.update({one["key"]: Body(one["key"], one["name"]) for one in bodies})


def bodies() -> tuple[Body, ...]:
    return tuple(_bodies.values())


def find(key: str | None) -> Body | None:
    """The body of this key, or None where the list has none such (any more)."""
    return _bodies.get(key or "")


def name_of(key: str | None) -> str:
    """The body's name; empty where the list has none such."""
    body = find(key)
    return body.name if body else ""
