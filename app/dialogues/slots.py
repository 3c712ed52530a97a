"""Guards of the life cycle that only an upper floor can answer: named slots, which that floor fills at start."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.ladder import Missing

Filling = Callable[[int], Sequence[Missing]]  # dialogue id → what is missing

# Each slot and the question it answers. A guard asks; the start stops where nobody would answer.
SLOTS = {
    "methods_ready": "what the methods of a dialogue still lack before it may be announced",
    "methods_settled": "what the methods of a dialogue must still do before its result may be published",
}
_filled: dict[str, Filling] = {}


class SlotEmpty(RuntimeError):
    """A guard of the life cycle has no answer, so the application does not start."""


def fill(name: str, function: Filling) -> None:
    """Answer a slot. Raises KeyError for an unknown one."""
    if name not in SLOTS:
        raise KeyError(name)
    _filled[name] = function


def ask(name: str, dialogue_id: int) -> tuple[Missing, ...]:
    """What the floor above says is missing. Raises SlotEmpty where none has filled the slot: never a plain pass."""
    if name not in _filled:
        raise SlotEmpty(name)
    return tuple(_filled[name](dialogue_id))


def empty() -> list[str]:
    """The slots that nobody has filled."""
    return sorted(SLOTS.keys() - _filled.keys())
