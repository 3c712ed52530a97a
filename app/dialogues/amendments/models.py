"""What a body has decided about, changed by a new decision of the body: as it is proposed, and as it was changed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import APPEND_ONLY, Base
from app.dialogues.models import AppendOnly


class State(StrEnum):
    """How far a proposed change has come. Only a draft is written on; what is put to the body stays as it was put."""

    DRAFT = "draft"
    PUT = "put"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


STATES = ", ".join(f"'{state}'" for state in State)
UNDER_WAY = (State.DRAFT, State.PUT)
ONE_AT_A_TIME = text("state IN ('draft', 'put')")


class ProposedChange(Base):
    """A change that waits for the body: what residents read stays as it was decided until the body decides anew.

    `values` holds only what would change, by the keys of `fields`, as it would be.
    """

    __tablename__ = "proposed_change"
    __table_args__ = (
        CheckConstraint(f"state IN ({STATES})", name="state"),
        CheckConstraint("why <> ''", name="says_why"),
        Index(
            "uq_proposed_change_under_way",
            "dialogue_id",
            unique=True,
            sqlite_where=ONE_AT_A_TIME,
            postgresql_where=ONE_AT_A_TIME,
        ),
        Index("ix_proposed_change_state", "state", "dialogue_id"),
        Index("ix_proposed_change_dialogue", "dialogue_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    state: Mapped[str] = mapped_column(String(10), default=State.DRAFT)
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    why: Mapped[str] = mapped_column(Text)
    drafted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    drafted_at: Mapped[datetime]
    put_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # two officials at once: the second is told


class Amendment(Base):
    """What a decision of the body changed: the values before it and after it, by the keys of `fields`."""

    __tablename__ = "amendment"
    __table_args__ = (
        UniqueConstraint("record_id"),
        UniqueConstraint("proposal_id"),
        Index("ix_amendment_dialogue", "dialogue_id", "id"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"))
    record_id: Mapped[int] = mapped_column(ForeignKey("decision_record.id"))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposed_change.id"))  # empty: closed early
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    why: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


def _refuse(_mapper: object, _connection: object, row: object) -> None:
    raise AppendOnly(type(row).__name__)


for _verb in ("before_update", "before_delete"):
    event.listen(Amendment, _verb, _refuse)
