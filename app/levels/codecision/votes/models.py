"""A vote in a dialogue: what is asked, within which frames, and who may vote. The ballots are in its box."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.ballots.models import BallotBox
from app.db import Base


class Kind(StrEnum):
    """How one votes."""

    YES_NO = "yes_no"  # yes, no, abstain
    SINGLE = "single"
    APPROVAL = "approval"


class Audience(StrEnum):
    """Who may vote, and how that is known."""

    LISTED = "listed"  # accounts whose address is on a list
    DECLARED = "declared"  # accounts that declare a connection
    CODES = "codes"  # whoever holds a code from a letter


class Tie(StrEnum):
    """What happens when several options have the most votes."""

    BODY = "body"
    LOT = "lot"
    AGAIN = "again"


def _one_of(kind: type[StrEnum]) -> str:
    return ", ".join(f"'{one}'" for one in kind)


class Vote(Base):
    """The frames stand from the announcement on. Texts are the Swedish source."""

    __tablename__ = "vote"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_one_of(Kind)})", name="kind"),
        CheckConstraint(f"audience IN ({_one_of(Audience)})", name="audience"),
        CheckConstraint(f"tie IN ({_one_of(Tie)})", name="tie"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    box_id: Mapped[int] = mapped_column(ForeignKey("ballot_box.id"), unique=True)
    title: Mapped[str] = mapped_column(String(160))
    question: Mapped[str] = mapped_column(String(300))
    background: Mapped[str] = mapped_column(Text, default="")
    eligible: Mapped[str] = mapped_column(String(300))  # who may vote, in words
    area: Mapped[str] = mapped_column(String(300), default="")
    budget: Mapped[str] = mapped_column(String(300), default="")
    kind: Mapped[str] = mapped_column(String(10))
    most: Mapped[int] = mapped_column(default=1)  # how many options one may approve of
    audience: Mapped[str] = mapped_column(String(10))
    connections: Mapped[list[str]] = mapped_column(JSON, default=list)  # which of lives, stays and works give a vote
    tie: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    box: Mapped[BallotBox] = relationship(lazy="raise")
    options: Mapped[list[VoteOption]] = relationship(lazy="raise", order_by="VoteOption.position")


class VoteOption(Base):
    """What one can vote for; its key on the ballot paper is its position."""

    __tablename__ = "vote_option"
    __table_args__ = (UniqueConstraint("vote_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(200))
