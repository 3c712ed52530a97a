"""What was changed in a dialogue after it had opened, when and why: kept as it was told."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from app.db import APPEND_ONLY, Base
from app.dialogues.models import AppendOnly


class Part(StrEnum):
    """What it was that changed."""

    AMENDED = "amended"  # by a decision of the body
    DESCRIPTION = "description"
    PAUSED = "paused"
    RESUMED = "resumed"
    PERIOD = "period"
    PHASES = "phases"
    TIMES = "times"
    INTERIM = "interim"
    QUESTION = "question"
    OPTION = "option"
    TEXT = "text"
    RULE = "rule"
    MEETING = "meeting"
    CALLED_OFF = "called_off"
    WITHDRAWN = "withdrawn"
    SHUT = "shut"
    OPENED_AGAIN = "opened_again"


class ChangeNote(Base):
    """One change. `title` is the thing's, `before` and `after` are its words; in Swedish, empty where there are none.

    `until` is the closing time that holds from then on, where that is what changed.
    """

    __tablename__ = "change_note"
    __table_args__ = (
        CheckConstraint(f"part IN ({', '.join(repr(str(one)) for one in Part)})", name="part"),
        CheckConstraint("why <> ''", name="says_why"),
        Index("ix_change_note_dialogue", "dialogue_id", "id"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    subject: Mapped[str] = mapped_column(String(60))  # "survey:3", or the dialogue's own key
    part: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(300), default="")
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")
    until: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


def _refuse(_mapper: object, _connection: object, row: object) -> None:
    raise AppendOnly(type(row).__name__)


for _verb in ("before_update", "before_delete"):
    event.listen(ChangeNote, _verb, _refuse)
