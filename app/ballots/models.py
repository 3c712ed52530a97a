"""A ballot box with its roll, its envelopes and what came out of them.

No ballot table holds a time, a running number, an address or a column of changes: what is not written cannot be read
out of a dump. Where rows would lie in the order they came, SQLite keeps none (WITHOUT ROWID).
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import APPEND_ONLY, Base

UNORDERED: dict[str, Any] = {"sqlite_with_rowid": False}


class BoxState(StrEnum):
    """How far a box has come. While it is frozen, the dialogue's stage and the clock say whether it takes ballots."""

    DRAFT = "draft"
    FROZEN = "frozen"
    CLOSED = "closed"
    SEALED = "sealed"
    OPENED = "opened"
    CERTIFIED = "certified"
    PURGED = "purged"
    VOID = "void"  # called off: its ballots were destroyed unopened


class Channel(StrEnum):
    """How a person on the roll has voted."""

    NONE = "none"
    WEB = "web"
    PAPER = "paper"


class Secrecy(StrEnum):
    """Where the box is opened, and so from whom it is secret."""

    OFFLINE = "A"  # on a computer without a network: from everyone here
    HERE = "B"  # on the server: from other voters and officials, not from those who run it


STATES = ", ".join(f"'{one}'" for one in BoxState)
CHANNELS = ", ".join(f"'{one}'" for one in Channel)


class BallotBox(Base):
    """What is voted about and with which key, and the figures of each step. `uid` names it outside this database."""

    __tablename__ = "ballot_box"
    __table_args__ = (
        CheckConstraint(f"state IN ({STATES})", name="state"),
        CheckConstraint("state = 'draft' OR paper_hash IS NOT NULL OR state = 'void'", name="frozen_has_paper"),
        CheckConstraint("level IN ('A', 'B')", name="level"),
        CheckConstraint("min_publish >= 10", name="never_fewer_than_ten"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    state: Mapped[str] = mapped_column(String(10), default=BoxState.DRAFT)
    level: Mapped[str] = mapped_column(String(1), default=Secrecy.OFFLINE)
    allow_change: Mapped[bool] = mapped_column(default=True)
    min_publish: Mapped[int] = mapped_column(default=20)
    public_key: Mapped[str | None] = mapped_column(String(64))  # hex; the private one never comes here
    holders: Mapped[list[str]] = mapped_column(JSON, default=list)
    paper: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    paper_hash: Mapped[str | None] = mapped_column(String(64))
    ballots: Mapped[int | None]  # envelopes when it closed
    root: Mapped[str | None] = mapped_column(String(64))  # one hash over their receipts
    roll: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # listed, web, paper: figures when it closed
    opened: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # valid, blank, invalid
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # who took in the opening


class RollEntry(Base):
    """One right to vote, and whether it is used. Of whom it is, one of three says: an account, a letter, or a name.

    `identity` is the address on a list, or who voted on paper without an account.
    """

    __tablename__ = "ballot_roll"
    __table_args__ = (
        UniqueConstraint("box_id", "person_id"),
        UniqueConstraint("box_id", "identity"),
        UniqueConstraint("box_id", "code_hash"),
        CheckConstraint(f"channel IN ({CHANNELS})", name="channel"),
        CheckConstraint("coalesce(identity, code_hash) IS NOT NULL OR person_id IS NOT NULL", name="somebody"),
        UNORDERED,
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    box_id: Mapped[int] = mapped_column(ForeignKey("ballot_box.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    identity: Mapped[str | None] = mapped_column(String(254))
    code_hash: Mapped[str | None] = mapped_column(String(64))
    connection: Mapped[str | None] = mapped_column(String(10))  # as declared: lives, stays or works
    channel: Mapped[str] = mapped_column(String(10), default=Channel.NONE)


class Envelope(Base):
    """A sealed ballot while votes can be changed: tied to the roll, and unreadable to everyone here."""

    __tablename__ = "ballot_envelope"
    __table_args__ = (UniqueConstraint("box_id", "receipt"), UNORDERED)

    roll_id: Mapped[str] = mapped_column(ForeignKey("ballot_roll.id", ondelete="CASCADE"), primary_key=True)
    box_id: Mapped[int] = mapped_column(ForeignKey("ballot_box.id"))
    ciphertext: Mapped[bytes] = mapped_column(LargeBinary(304))
    receipt: Mapped[str] = mapped_column(String(64))
    token_hash: Mapped[str] = mapped_column(String(64))


class SealedBallot(Base):
    """An envelope after the mixing: tied to nobody."""

    __tablename__ = "ballot_sealed"
    __table_args__ = (UNORDERED,)

    box_id: Mapped[int] = mapped_column(ForeignKey("ballot_box.id"), primary_key=True)
    receipt: Mapped[str] = mapped_column(String(64), primary_key=True)
    ciphertext: Mapped[bytes] = mapped_column(LargeBinary(304))


class BallotReceipt(Base):
    """One line of the published list; it stays when the sealed ballots are destroyed."""

    __tablename__ = "ballot_receipt"
    __table_args__ = (UNORDERED,)

    box_id: Mapped[int] = mapped_column(ForeignKey("ballot_box.id"), primary_key=True)
    receipt: Mapped[str] = mapped_column(String(64), primary_key=True)


class ResultLine(Base):
    """How many of the opened ballots chose an option."""

    __tablename__ = "ballot_result_line"
    __table_args__ = (CheckConstraint("count >= 0", name="not_negative"), UNORDERED)

    box_id: Mapped[int] = mapped_column(ForeignKey("ballot_box.id"), primary_key=True)
    choice: Mapped[str] = mapped_column(String(10), primary_key=True)
    count: Mapped[int]


class PaperCount(Base):
    """One line of a station's count of paper ballots: entered by one person, and again by another."""

    __tablename__ = "ballot_paper_count"
    __table_args__ = (
        CheckConstraint("count >= 0", name="not_negative"),
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> entered_by_id", name="two_persons"),
    )

    box_id: Mapped[int] = mapped_column(ForeignKey("ballot_box.id"), primary_key=True)
    station: Mapped[str] = mapped_column(String(80), primary_key=True)
    choice: Mapped[str] = mapped_column(String(10), primary_key=True)  # an option's key, "blank" or "invalid"
    count: Mapped[int]
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class KeyTrial(Base):
    """A word that one pair of holders must read with the key before the vote may open."""

    __tablename__ = "ballot_key_trial"

    box_id: Mapped[int] = mapped_column(ForeignKey("ballot_box.id"), primary_key=True)
    pair: Mapped[str] = mapped_column(String(3), primary_key=True)
    ciphertext: Mapped[str] = mapped_column(Text)  # hex
    answer_hash: Mapped[str] = mapped_column(String(64))
    passed: Mapped[bool] = mapped_column(default=False)


class ProtocolStep(Base):
    """One step of the protocol, signed by whoever took it; each holds the hash of the one before."""

    __tablename__ = "ballot_protocol"
    __table_args__ = ({"info": APPEND_ONLY},)

    box_id: Mapped[int] = mapped_column(ForeignKey("ballot_box.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    signed_by: Mapped[str] = mapped_column(String(120))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
