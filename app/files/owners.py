"""Who owns files, and therefore says who may see them. A file whose owner says nothing is seen by nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.permissions import Actor


@dataclass(frozen=True)
class Owner:
    """One kind of thing that has files.

    `visible(file_id, actor)`: whether this actor may see it. `in_use(file_ids)`: those that something still
    points at; the others are swept away an hour after they came.
    """

    kind: str
    visible: Callable[[int, Actor], bool]
    in_use: Callable[[Sequence[int]], set[int]]


_owners: dict[str, Owner] = {}


def register(owner: Owner) -> None:
    """Add an owner. Raises ValueError where the kind is taken by another."""
    if _owners.setdefault(owner.kind, owner) is not owner:
        raise ValueError(f"two owners of files named {owner.kind}")


def is_visible(kind: str, file_id: int, actor: Actor) -> bool:
    owner = _owners.get(kind)
    return owner is not None and owner.visible(file_id, actor)


def in_use(kind: str, file_ids: Sequence[int]) -> set[int]:
    """Those in use; all of them where the owner is unknown: nothing is swept that nobody can judge."""
    owner = _owners.get(kind)
    return owner.in_use(file_ids) if owner else set(file_ids)
