"""Larger changes, and topics that residents propose, as something that one can point at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app import db, subjects
from app.accounts import contributions
from app.dialogues.intake import queries
from app.dialogues.intake.models import LargerChange
from app.dialogues.intake.queries.topics import KIND as TOPIC_KIND
from app.dialogues.intake.rules import Do
from app.dialogues.intake.service.changes import KIND
from app.i18n import lazy as _l
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
TOPIC = subjects.Subject(
    kind=TOPIC_KIND,
    name=lazy_p("subject", "Proposed topic"),
    read=Do.READ_TOPIC,
    load=queries.topic,
    title=lambda row: row.title,
    address=queries.address_of,
    visible_to=queries.visible_to,
    index_text=lambda row: f"{row.title}\n{row.text}",
    personal_data=queries.kept_of,
    text=lambda row: f"{row.title}\n\n{row.text}",
    parts=queries.parts,
    context=lambda _row: str(_l("Proposed topic for a dialogue")),
    author=queries.author,
    by_review=queries.by_review,
)
SECTION = contributions.Section("topics", _l("Topics you have proposed"), queries.own)
