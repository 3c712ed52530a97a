"""Larger changes as something that one can point at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app import db, subjects
from app.dialogues.intake import queries
from app.dialogues.intake.models import LargerChange
from app.dialogues.intake.rules import Do
from app.dialogues.intake.service.changes import KIND
from app.i18n import lazy_p


def _flagged_by(person_id: int) -> list[Mapping[str, Any]]:
    rows = db.session().scalars(select(LargerChange).filter_by(flagged_by=person_id).order_by(LargerChange.id))
    return [{"id": row.id, "title": row.title, "flagged_at": row.flagged_at} for row in rows]


CHANGE = subjects.Subject(
    kind=KIND,
    name=lazy_p("subject", "Larger change"),
    read=Do.SEE_CHANGES,
    load=queries.change,
    title=lambda row: row.title,
    address=lambda row: ("intake.change", {"change_id": row.id}),
    visible_to=queries.changes_visible_to,
    personal_data=_flagged_by,
)
