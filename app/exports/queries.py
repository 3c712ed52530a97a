"""Reads of export runs."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select

from app import clock, db
from app.exports.models import ExportRun
from app.permissions import Actor

LATEST = 10


def run(dialogue_id: int, run_id: int) -> ExportRun | None:
    """A run of this dialogue."""
    return db.session().scalars(select(ExportRun).filter_by(id=run_id, dialogue_id=dialogue_id)).first()


def latest_of(actor: Actor, dialogue_id: int) -> Sequence[ExportRun]:
    """What this person has ordered of a dialogue, the latest first."""
    mine = select(ExportRun).filter_by(owner_id=actor.person_id, dialogue_id=dialogue_id)
    return db.session().scalars(mine.order_by(ExportRun.id.desc()).limit(LATEST)).all()


def living_keys() -> set[str]:
    """Keys whose file is, or will be, of use: being made, or ready and not expired."""
    living = or_(ExportRun.expires_at.is_(None), ExportRun.expires_at > clock.now())
    return set(db.session().scalars(select(ExportRun.key).where(living, ExportRun.failed_at.is_(None))))
