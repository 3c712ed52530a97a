"""The append-only log: who did what, when, to which subject. References are loose, so that it outlives deletion."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app import clock, db


class AuditEntry(db.Base):
    """One thing that happened. Rows are added and never changed."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_subject", "subject", "id"),
        Index("ix_audit_entry_dialogue", "dialogue_id", "id"),
        {"info": db.APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    event: Mapped[str] = mapped_column(String(80))
    actor_id: Mapped[int | None]
    by_system: Mapped[bool] = mapped_column(default=False)
    subject: Mapped[str] = mapped_column(String(120))
    dialogue_id: Mapped[int | None]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


class DeniedAction(db.Base):
    """A signed-in person was refused something. Written after the refused unit has been rolled back."""

    __tablename__ = "denied_action"
    __trace__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int]
    action: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String(80))
    path: Mapped[str] = mapped_column(String(300))


def record(
    event: str,
    *,
    actor_id: int | None,
    by_system: bool,
    subject: str,
    dialogue_id: int | None,
    facts: dict[str, Any],
) -> None:
    """Add a row in the open unit. Only `events.emit` calls this."""
    entry = AuditEntry(
        at=clock.now(),
        event=event,
        actor_id=actor_id,
        by_system=by_system,
        subject=subject,
        dialogue_id=dialogue_id,
        facts=facts,
    )
    db.session().add(entry)


def denied(actor_id: int, action: str, reason: str, path: str) -> None:
    """Note a refusal; in a trace, because the unit that was refused leaves nothing."""
    with db.trace() as session:
        entry = DeniedAction(at=clock.now(), actor_id=actor_id, action=action, reason=reason, path=path[:300])
        session.add(entry)
