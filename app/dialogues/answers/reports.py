"""A report as text: canonical JSON, the same bytes for the same result, and the digest that it is known by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.dialogues.answers import queries
from app.dialogues.answers.models import Compilation, ResultReport
from app.dialogues.answers.queries import Compiled
from app.dialogues.models import Card, Dialogue

FORMAT = 1  # of the content; one that reads another way gets another number
TOLD = ("title", "question", "purpose", "level", "promise", "affected")


@dataclass(frozen=True)
class Given:
    """Which report it is, to whom and for which meeting; `note`: what is new since the one before."""

    number: int
    body: str
    meeting_on: date
    papers_by: date
    note: str
    made_at: datetime


def content(dialogue: Dialogue, found: Compiled, cards: Sequence[Card], given: Given) -> str:
    """Everything that is handed over, in Swedish. Raises ValueError where nothing has been compiled."""
    row = found.compilation
    if row is None:
        raise ValueError("nothing has been compiled")
    told = {
        "format": FORMAT,
        "dialogue": {"id": dialogue.id, **{name: getattr(dialogue, name) or "" for name in TOLD}},
        "report": {
            "number": given.number,
            "body": given.body,
            "meeting_on": given.meeting_on.isoformat(),
            "papers_by": given.papers_by.isoformat(),
            "made_at": given.made_at.isoformat(),
            "note": given.note,
        },
        "came_in": [_figure(card) for card in queries.counted(cards)],
        "themes": [{"name": one.name, "said": one.said, "count": one.count} for one in found.themes],
        **_whole(row),
    }
    return json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 of the content as UTF-8, in hex: what `sha256sum` says of the file."""
    return hashlib.sha256(text.encode()).hexdigest()


def holds(report: ResultReport) -> bool:
    """Whether the content is what it was when it was handed over."""
    return digest(report.content) == report.hash


def read(report: ResultReport) -> dict[str, Any] | None:
    """The content of a report; None where it is no longer what was handed over."""
    if not holds(report):
        return None
    told: dict[str, Any] = json.loads(report.content)
    return told


def _figure(card: Card) -> dict[str, Any]:
    return {"what": card.title, "method": card.method, "number": card.responses}


def _whole(row: Compilation) -> dict[str, Any]:
    return {
        "finding": row.finding,
        "read_in_all": row.read_in_all,
        "other": {"count": row.other_count, "text": row.other},
        "took_part": {"lives": row.lives, "stays": row.stays, "works": row.works, "who": row.who},
        "method_note": row.method_note,
        "limits": row.limits,
        "offline_entered_at": row.offline_at.isoformat() if row.offline_at else None,
        "second_reader_at": row.confirmed_at.isoformat() if row.confirmed_at else None,
    }
