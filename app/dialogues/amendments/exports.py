"""What decisions have changed, as it leaves: a row for each part of each change, before and after as text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from app import db
from app.dialogues.amendments.models import Amendment
from app.i18n import lazy_p
from app.ladder import Column, Export

COLUMNS = tuple(Column(name) for name in ("amendment_id", "record_id", "at", "part", "before", "after", "why"))


def _rows(dialogue_id: int) -> Iterator[Sequence[Any]]:
    wanted = select(Amendment).filter_by(dialogue_id=dialogue_id).order_by(Amendment.id)
    for row in db.session().scalars(wanted.execution_options(yield_per=100)):
        for part, after in row.after.items():
            yield row.id, row.record_id, row.at, part, _text(row.before.get(part)), _text(after), row.why


def _count(dialogue_id: int) -> int:
    return sum(len(after) for after in db.session().scalars(select(Amendment.after).filter_by(dialogue_id=dialogue_id)))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


AMENDMENTS = Export("amendments", lazy_p("export", "Changes by decision"), lambda _dialogue_id: COLUMNS, _rows, _count)
