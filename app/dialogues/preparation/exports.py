"""What leaves of a preparation: why this level, who is concerned, the seven grounds, costs, the second reader."""

from __future__ import annotations

from sqlalchemy import select

from app.db import Base
from app.dialogues.exports import Rows, Wanted, table
from app.dialogues.preparation.models import (
    ChosenGoal,
    CostItem,
    GroundAnswer,
    LevelChoice,
    PurposeReading,
    Stakeholder,
)
from app.i18n import lazy_p

GROUP = ("id", "who", "interest", "influence", "channels", "is_affected", "is_priority", "activity", "turnout")
READING = ("edition", "purpose", "is_concrete", "note", "written_by", "read_by", "read_at")


def _of(model: type[Base], *names: str) -> Wanted:
    """Dialogue id → its rows of a table: these columns, in the order of the first one."""

    def rows(dialogue_id: int) -> Rows:
        wanted: Rows = select(*(getattr(model, name) for name in names))
        own = getattr(model, "dialogue_id")  # noqa: B009  # every one of these tables has it
        return wanted.where(own == dialogue_id).order_by(getattr(model, names[0]))

    return rows


EXPORTS = (
    table("level", lazy_p("export", "Why this level"), _of(LevelChoice, "target_groups", "resources", "reason")),
    table("goals", lazy_p("export", "Goals of the council"), _of(ChosenGoal, "goal_key", "name")),
    table("stakeholders", lazy_p("export", "Stakeholders and groups"), _of(Stakeholder, *GROUP, "follow_up")),
    table(
        "grounds",
        lazy_p("export", "Grounds of discrimination"),
        _of(GroundAnswer, "ground", "finding", "words", "action"),
    ),
    table("costs", lazy_p("export", "Costs"), _of(CostItem, "id", "kind", "text", "kronor")),
    table("readings", lazy_p("export", "Second reader"), _of(PurposeReading, *READING)),
)
