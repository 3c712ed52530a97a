"""The demo municipality's dialogues: one in every stage, the same every time for the same seed.

`Town` is what every part of the demo is given: its people, its dialogues so far, chance, and now.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.accounts.models import Person
from app.dialogues.models import Dialogue
from app.permissions import Role


@dataclass
class Town:
    """The demo municipality while it is being built, in one open unit."""

    now: datetime
    rng: random.Random
    scale: int  # 1 for a small town; answers and residents grow with it
    staff: dict[Role, Person]  # one person for each role
    residents: list[Person]
    dialogues: dict[str, Dialogue] = field(default_factory=dict)  # by the keys of demo_dialogues.toml

    def ago(self, *, days: float = 0, hours: float = 0) -> datetime:
        return self.now - timedelta(days=days, hours=hours)

    def ahead(self, *, days: float = 0, hours: float = 0) -> datetime:
        return self.now + timedelta(days=days, hours=hours)

    @property
    def official(self) -> Person:
        """The dialogue lead of every demo dialogue."""
        return self.staff[Role.OFFICIAL]


def build(town: Town) -> None:
    """Add the dialogues to `town.dialogues`, in the open unit."""
