"""What waits for the archive, and how it is to be kept."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app import db
from app.dialogues.evaluation.models import ArchivePlan
from app.dialogues.models import Dialogue, Move
from app.dialogues.queries import Dossier, visible_to
from app.dialogues.stages import Stage
from app.permissions import Actor, Role

PAGE = 50


def plan_of(dialogue_id: int) -> ArchivePlan | None:
    """The plan that the registrar has chosen; None before."""
    return db.session().get(ArchivePlan, dialogue_id)


def plan_in(dossier: Dossier) -> ArchivePlan | None:
    """As plan_of, of what is read with the dialogue."""
    return next(iter(dossier.rows(ArchivePlan)), None)


def plans_of(dialogue_ids: Collection[int]) -> dict[int, ArchivePlan]:
    """Dialogue id → its plan, in one statement."""
    rows = db.session().scalars(select(ArchivePlan).where(ArchivePlan.dialogue_id.in_(list(dialogue_ids))))
    return {row.dialogue_id: row for row in rows}


def waiting_for_archive(actor: Actor, most: int = PAGE) -> list[Dialogue]:
    """The dialogues that have been evaluated, among those whose registrar the actor is; the oldest first."""
    held = actor.dialogues_as(Role.REGISTRAR)
    rows = visible_to(actor).where(Dialogue.stage == Stage.EVALUATED)
    if held is not None:
        rows = rows.where(Dialogue.id.in_(held))
    return list(db.session().scalars(rows.order_by(Dialogue.closes_at, Dialogue.id).limit(most)))


def fed_back_at(dialogue_ids: Collection[int]) -> dict[int, datetime]:
    """Dialogue id → when those who took part were told what became of it; one statement."""
    rows = select(Move.dialogue_id, func.max(Move.at)).where(Move.to_stage == Stage.FED_BACK)
    rows = rows.where(Move.dialogue_id.in_(list(dialogue_ids))).group_by(Move.dialogue_id)
    return dict(db.session().execute(rows).all())


def thinning_due(dialogue_id: int, after: timedelta) -> datetime | None:
    """When addresses go by the plan: so long after the feedback; None where no feedback has been given."""
    told = fed_back_at([dialogue_id]).get(dialogue_id)
    return None if told is None else told + after
