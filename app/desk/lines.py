"""One line of a dialogue's task list, and how it is known how far it has come: by asking the guards themselves."""

from __future__ import annotations

from dataclasses import dataclass

from app.dialogues.guards import Attempt, Guard
from app.dialogues.models import Dialogue
from app.dialogues.queries import Dossier
from app.dialogues.stages import Stage
from app.i18n import LazyText
from app.subjects import Address

DONE, STARTED, NOT_BEGUN, BLOCKED, WAITS, WRONG = "done", "started", "todo", "blocked", "wait", "late"


@dataclass(frozen=True)
class Task:
    """One line: what to do, how far it has come, where one does it, and a few words about it.

    `word` is said instead of the state's own; `counts`: it is among the parts that must be done.
    """

    label: LazyText
    state: str
    address: Address
    note: str | LazyText = ""
    word: str | LazyText = ""
    counts: bool = True


def holds(dossier: Dossier, *guards: Guard) -> bool:
    """Whether these guards find nothing missing in the dialogue as it is."""
    attempt = Attempt(dossier, Stage(dossier.dialogue.stage))
    return not any(guard(attempt).missing for guard in guards)


def begun(done: bool, begun: bool) -> str:
    return DONE if done else STARTED if begun else NOT_BEGUN


def part_of(row: Dialogue, part: str) -> Address:
    """One of the officials' pages of a dialogue that hold a single form."""
    return to(row, "dialogues.part", part=part)


def to(row: Dialogue, endpoint: str, **values: str) -> Address:
    return endpoint, {"dialogue_id": row.id, **values}
