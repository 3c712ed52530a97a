"""A row of a life cycle, and those who take steps. The tables themselves: `lifecycle`, `kinds.tables`."""

from __future__ import annotations

from dataclasses import dataclass

from app.dialogues.guards import Guard
from app.dialogues.stages import Stage
from app.i18n import LazyText
from app.permissions import Check, Role, has_role, is_system

LEAD = has_role(Role.OFFICIAL)
SECRETARY = has_role(Role.SECRETARY)
ANSWERS = has_role(Role.COMMUNICATIONS, Role.OFFICIAL)
WATCH = has_role(Role.OFFICIAL, Role.MODERATOR)
REGISTRAR = has_role(Role.REGISTRAR)
CLOCK = is_system


@dataclass(frozen=True)
class Step:
    """One row of the table. `label` is what the button says."""

    start: Stage
    to: Stage
    by: Check
    needs: tuple[Guard, ...]
    label: LazyText
