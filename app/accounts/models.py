"""People, their sessions, one-time links and roles."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.accounts.core.names import search_key
from app.db import Base

PURPOSES = ("confirm", "sign_in", "reset", "new_email", "fresh")


class Person(Base):
    """An account. `email_key` is the address as it is compared (NFC, lower case)."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("blocked_at IS NULL OR block_reason <> ''", name="block_says_why"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254), unique=True)
    new_email: Mapped[str | None] = mapped_column(String(254))  # asked for, not yet confirmed
    name: Mapped[str] = mapped_column(String(80))  # as shown to others
    name_key: Mapped[str] = mapped_column(String(160), default="")  # as it is searched for
    password_hash: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(12))
    confirmed_at: Mapped[datetime | None]
    blocked_at: Mapped[datetime | None]
    block_reason: Mapped[str] = mapped_column(Text, default="")  # as told to the person
    created_at: Mapped[datetime]

    grants: Mapped[list[RoleGrant]] = relationship(
        primaryjoin="and_(Person.id == RoleGrant.person_id, RoleGrant.revoked_at.is_(None))", viewonly=True
    )

    @validates("name")
    def _keep_key(self, _field: str, name: str) -> str:
        self.name_key = search_key(name)
        return name


class RoleGrant(Base):
    """A role given to a person: by whom and when, and by whom and when it was taken back. Never deleted."""

    __tablename__ = "role_grant"
    __table_args__ = (
        Index(
            "uq_role_grant_held",
            "person_id",
            "role",
            text("coalesce(dialogue_id, 0)"),
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
        Index("ix_role_grant_role", "role", "revoked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(30))
    dialogue_id: Mapped[int | None] = mapped_column(ForeignKey("dialogue.id"))
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # empty: the command line
    granted_at: Mapped[datetime]
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    revoked_at: Mapped[datetime | None]


class SignInSession(Base):
    """One signed-in browser. The cookie holds the key; only its hash is kept here."""

    __tablename__ = "sign_in_session"
    __trace__ = True  # last_seen_at moves on a GET

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]  # when the password or a code was asked for again
    last_seen_at: Mapped[datetime]
    browser: Mapped[str] = mapped_column(String(80))

    person: Mapped[Person] = relationship(lazy="raise")


class OneTimeLink(Base):
    """A link and a code that can be typed, for one purpose, once. Only hashes are kept."""

    __tablename__ = "one_time_link"
    __table_args__ = (
        CheckConstraint(f"purpose IN ({', '.join(repr(purpose) for purpose in PURPOSES)})", name="purpose"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    sent_to: Mapped[str] = mapped_column(String(254))  # ends with the address: a link proves only the one it went to
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_hash: Mapped[str] = mapped_column(String(200))  # argon2id: a code is short enough to be guessed offline
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
