"""The phases of a dialogue and the times of its things, as tables that leave."""

from __future__ import annotations

from sqlalchemy import select

from app.dialogues.exports import Rows, table
from app.dialogues.phases.models import Phase, ThingTime
from app.i18n import lazy_p


def _phases(dialogue_id: int) -> Rows:
    rows = select(Phase.id, Phase.name, Phase.opens_at, Phase.closes_at, Phase.interim, Phase.published_at)
    return rows.where(Phase.dialogue_id == dialogue_id).order_by(Phase.opens_at, Phase.id)


def _things(dialogue_id: int) -> Rows:
    rows = select(ThingTime.subject, ThingTime.phase_id, ThingTime.opens_at, ThingTime.closes_at)
    return rows.where(ThingTime.dialogue_id == dialogue_id).order_by(ThingTime.subject)


EXPORTS = (
    table("phases", lazy_p("export", "Phases"), _phases),
    table("times", lazy_p("export", "Times of each thing"), _things),
)
