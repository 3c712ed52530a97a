"""The demo municipality's dialogues: one in every stage, the same every time for the same seed.

`Town` is what every part of the demo is given: its people, its dialogues so far, chance, and now.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app import clock
from app.accounts.models import Person
from app.dialogues import demo_rows
from app.dialogues.agenda import demo as agenda
from app.dialogues.duties import demo as duties
from app.dialogues.intake import demo as intake
from app.dialogues.kinds import demo as kinds
from app.dialogues.models import Dialogue
from app.permissions import Role

TEXTS = Path(__file__).with_name("demo_dialogues.toml")
OVER = {"fed_back", "evaluated", "archived"}


@dataclass
class Town:
    """The demo municipality while it is being built, in one open unit."""

    now: datetime
    rng: random.Random
    scale: int  # 1 for a small town; answers, residents and finished dialogues grow with it
    staff: dict[Role, Person]  # one person for each role
    substitute: Person  # who stands in for those who look after dialogues
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
    """Add the dialogues to `town.dialogues`, in the open unit. The oldest comes first, as it would have."""
    for entry in sorted(_entries(town.scale), key=lambda entry: entry.get("opens", 0)):
        town.dialogues[entry["key"]] = demo_rows.write(entry, town.now, town.staff)
    kinds.write(town)
    duties.write(town.dialogues.values(), town.staff, town.substitute)
    agenda.write(town.dialogues.values(), clock.local(town.now).date())
    intake.fill(town)


def _entries(scale: int) -> Iterator[dict[str, Any]]:
    """The dialogues of the file; a larger town has held more of them before."""
    entries: list[dict[str, Any]] = tomllib.loads(TEXTS.read_text(encoding="utf-8"))["dialogue"]
    yield from entries
    for number in range(1, scale):
        yield from (_earlier(entry, number) for entry in entries if entry["stage"] in OVER)


def _earlier(entry: Mapping[str, Any], number: int) -> dict[str, Any]:
    """The same dialogue, held so many times thirty days earlier."""
    days = {key: entry[key] - 30 * number for key in ("opens", "closes", "decision", "feedback")}
    outcome = {**entry["outcome"], "published": entry["outcome"]["published"] - 30 * number}
    return {**entry, **days, "key": f"{entry['key']}-{number + 1}", "outcome": outcome}
