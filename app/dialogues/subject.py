"""A dialogue as something that one can point at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app import db, subjects
from app.dialogues import queries
from app.dialogues.addresses import address_of
from app.dialogues.kinds.queries import labels
from app.dialogues.models import Dialogue
from app.dialogues.rules import Do
from app.i18n import lazy_p


def _index_text(row: Dialogue) -> str:
    return "\n".join(filter(None, (row.title, row.question, row.summary, row.purpose, row.promise, row.affected)))


def _personal_data(person_id: int) -> list[Mapping[str, Any]]:
    rows = db.session().scalars(select(Dialogue).filter_by(created_by=person_id).order_by(Dialogue.id))
    return [{"id": row.id, "title": row.title, "created_at": row.created_at} for row in rows]


DIALOGUE = subjects.Subject(
    kind="dialogue",
    name=lazy_p("subject", "Dialogue"),
    read=Do.READ,
    load=queries.dialogue,
    title=lambda row: row.question or row.title,
    address=address_of,
    visible_to=queries.visible_to,
    index_text=_index_text,
    personal_data=_personal_data,
    labels=labels,
)
