"""What is thought through before a body decides: why this level, whom it concerns, what is in their way, what it costs.

Texts are the Swedish source.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from app.db import APPEND_ONLY, Base
from app.dialogues.models import refuse_change
from app.dialogues.preparation.words import COSTS, FINDINGS, GROUNDS, INFLUENCES


def _among(column: str, keys: object) -> str:
    """A constraint: one of these keys."""
    return f"{column} IN ({', '.join(repr(str(key)) for key in keys)})"  # type: ignore[attr-defined]


class LevelChoice(Base):
    """Why this level and no other: for whom, and with what. The purpose and the goals are the other two reasons."""

    __tablename__ = "level_choice"

    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), primary_key=True)
    target_groups: Mapped[str] = mapped_column(Text)
    resources: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)


class ChosenGoal(Base):
    """A goal of the council that the dialogue serves, as it was called then."""

    __tablename__ = "chosen_goal"

    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), primary_key=True)
    goal_key: Mapped[str] = mapped_column(String(60), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))


class Stakeholder(Base):
    """A group with an interest in the question, never a named person; where it is affected, it is invited.

    A priority group is one whose view should be heard in particular: something is done for it, and afterwards it is
    told how many came and what was learnt.
    """

    __tablename__ = "stakeholder"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "who"),
        CheckConstraint("who <> '' AND interest <> ''", name="says_who_and_why"),
        CheckConstraint(_among("influence", INFLUENCES), name="influence"),
        CheckConstraint("NOT is_priority OR (is_affected AND activity <> '')", name="priority_has_activity"),
        CheckConstraint("turnout IS NULL OR (turnout >= 0 AND is_priority)", name="turnout"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    who: Mapped[str] = mapped_column(String(120))
    interest: Mapped[str] = mapped_column(String(300))
    influence: Mapped[str] = mapped_column(String(10))  # on the question: see words.INFLUENCES
    channels: Mapped[list[str]] = mapped_column(JSON)  # how they are reached: see words.CHANNELS
    is_affected: Mapped[bool]
    is_priority: Mapped[bool]
    activity: Mapped[str] = mapped_column(String(300), default="")
    turnout: Mapped[int | None]  # how many took part in the activity
    follow_up: Mapped[str] = mapped_column(String(600), default="")


class GroundAnswer(Base):
    """One of the seven grounds of discrimination: what is in somebody's way and what is done, or why nothing is."""

    __tablename__ = "ground_answer"
    __table_args__ = (
        CheckConstraint(_among("ground", GROUNDS), name="ground"),
        CheckConstraint(_among("finding", FINDINGS), name="finding"),
        CheckConstraint("words <> ''", name="says_what"),
        CheckConstraint("finding = 'none' OR action <> ''", name="barrier_has_action"),
    )

    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), primary_key=True)
    ground: Mapped[str] = mapped_column(String(20), primary_key=True)
    finding: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(Text)  # what is in the way, or why nothing is
    action: Mapped[str] = mapped_column(Text, default="")


class CostItem(Base):
    """What something costs, in whole kronor: a part of the dialogue, an option, or the frame that options must fit."""

    __tablename__ = "cost_item"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "kind", "text"),
        CheckConstraint(_among("kind", COSTS), name="kind"),
        CheckConstraint("kronor >= 0", name="kronor"),
        Index(
            "uq_cost_item_one_frame",
            "dialogue_id",
            unique=True,
            sqlite_where=sql("kind = 'frame'"),
            postgresql_where=sql("kind = 'frame'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    kind: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(String(200))
    kronor: Mapped[int]


class PurposeRequest(Base):
    """Somebody was asked to read the purpose as it stood."""

    __tablename__ = "purpose_request"
    __table_args__ = (UniqueConstraint("dialogue_id", "edition", "reader_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    edition: Mapped[int]  # of the purpose: `Dialogue.purpose_edition`
    reader_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]


class PurposeReading(Base):
    """A second person has read the purpose and says whether it is concrete. A changed purpose is read anew."""

    __tablename__ = "purpose_reading"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "edition"),
        CheckConstraint("read_by <> written_by", name="read_by_another"),
        CheckConstraint("is_concrete OR note <> ''", name="refusal_says_why"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    edition: Mapped[int]
    purpose: Mapped[str] = mapped_column(Text)  # as it was read
    is_concrete: Mapped[bool]
    note: Mapped[str] = mapped_column(Text, default="")
    written_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    read_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    read_at: Mapped[datetime]


for _change in ("before_update", "before_delete"):
    event.listen(PurposeReading, _change, refuse_change)
