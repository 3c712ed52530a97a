"""What a person has contributed, for their own page: each package that keeps contributions registers a section.

A section costs one statement, whatever it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.i18n import LazyText
from app.subjects import Address

MOST = 50  # rows of a section that the page shows, the newest ones


@dataclass(frozen=True)
class Contribution:
    """One thing that somebody sent in, and how it fares."""

    title: str
    address: Address | None  # None where there is nothing (any longer) to open
    state: LazyText | str  # a word or two: "Shown", "Waiting for review"
    when: datetime
    tone: str = ""  # of the tag macro: '' | 'open' | 'now' | 'late'


@dataclass(frozen=True)
class Section:
    """One kind of contribution. `rows` takes a person's id and gives at most MOST rows, the newest first."""

    key: str
    name: LazyText
    rows: Callable[[int], Sequence[Contribution]]


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    """Add a section. Raises ValueError where its key is taken."""
    if _sections.setdefault(section.key, section) != section:
        raise ValueError(f"two sections named {section.key}")


def sections() -> tuple[Section, ...]:
    return tuple(_sections.values())
