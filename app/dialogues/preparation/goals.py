"""The goals that the council has decided, from the municipality's settings: each dialogue serves one or more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """A goal of the council. `name` is as it was decided, in Swedish in every language."""

    key: str
    name: str


class NoGoals(Exception):
    """The municipality's file has no goals, so no dialogue could ever be prepared: the application does not start."""


_goals: dict[str, Goal] = {}


def use(goals: Iterable[Mapping[str, str]]) -> None:
    """Set the list of this installation: mappings with `key` and `name`. Raises NoGoals for an empty one."""
    found = {one["key"]: Goal(one["key"], one["name"]) for one in goals}
    if not found:
        raise NoGoals("The municipality's file has no [[goals]]: the goals of the council that dialogues serve.")
    _goals.clear()
    _goals.update(found)


def goals() -> tuple[Goal, ...]:
    return tuple(_goals.values())


def find(key: str) -> Goal | None:
    """The goal of this key, or None where the list has none such (any more)."""
    return _goals.get(key)
