"""When one thing of a dialogue takes something in: while the dialogue does, within its phase and its own times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.dialogues import queries
from app.dialogues.models import Dialogue


@dataclass(frozen=True)
class Window:
    """From `opens_at` up to `closes_at`, which is outside. None: no bound on that side."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no moment lies in it."""
        return self.opens_at is not None and self.closes_at is not None and self.opens_at >= self.closes_at

    def within(self, outer: Window) -> Window:
        """What lies in both."""
        opens = [one for one in (self.opens_at, outer.opens_at) if one is not None]
        closes = [one for one in (self.closes_at, outer.closes_at) if one is not None]
        return Window(max(opens, default=None), min(closes, default=None))

    def written(self) -> list[str | None]:
        """As it is kept in `Dialogue.windows`."""
        return [one.isoformat() if one is not None else None for one in (self.opens_at, self.closes_at)]


ALWAYS = Window()


@dataclass(frozen=True)
class Place:
    """A thing by its key alone, for rules about what stands in it where nothing of it needs to be read."""

    dialogue_id: int | None
    thing_key: str


def of_dialogue(row: Dialogue) -> Window:
    """From its opening up to its closing, whatever its stage says."""
    return Window(row.opens_at, row.closes_at)


def own_window(row: Dialogue, subject: Any) -> Window:
    """What the phases and the thing's own times say of a subject (`subject.thing_key`); ALWAYS where they say nothing.

    No statement: the dialogue's row holds what they say of each of its things.
    """
    kept = (row.windows or {}).get(getattr(subject, "thing_key", None) or "")
    return ALWAYS if kept is None else Window(*(datetime.fromisoformat(one) if one else None for one in kept))


def window_of(subject: Any) -> Window:
    """When a subject takes something in, all told, but for the stage of its dialogue."""
    row = queries.of(subject)
    return ALWAYS if row is None else own_window(row, subject).within(of_dialogue(row))
