"""The demo municipality's guideline, and what stands at the steps of its ladder, with their translations."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app import db, richtext
from app.accounts.models import Person
from app.multilingual import sources
from app.multilingual.models import Status, Translation
from app.multilingual.queries import digest
from app.permissions import Role
from app.policy.core import elections
from app.policy.models import Guideline, LadderEntry

TEXTS = Path(__file__).with_name("demo_policy.toml")
LANGUAGES = {"en": "en", "ar": "ar", "easy": "sv-simple"}  # in the file → code
BEGAN = date(2022, 9, 14)


def build(staff: Mapping[Role, Person], now: datetime) -> None:
    """Add them, in the open unit, before any dialogue."""
    held = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    one = held["guideline"]
    guideline = Guideline(
        title=one["title"]["sv"],
        body_name=one["body"],
        decided_on=date(2022, 9, 7),
        section_no="89",
        valid_from=BEGAN,
        valid_to=elections.end_of_term(BEGAN),
        in_short=one["in_short"]["sv"],
        principles=one["principles"]["sv"],
        principles_html=richtext.from_markdown(one["principles"]["sv"]),
        criteria={},
        entered_by=staff[Role.COMMUNICATIONS].id,
        entered_at=now,
    )
    db.session().add(guideline)
    for entry in held["entry"]:
        row = LadderEntry(
            kind=entry["kind"],
            name=entry["name"]["sv"],
            text=entry["text"]["sv"],
            levels=entry["levels"],
            is_vote=entry.get("is_vote", False),
        )
        db.session().add(row)
        db.session().flush()
    _translate(held, staff, now)


def _translate(held: Mapping[str, Any], staff: Mapping[Role, Person], now: datetime) -> None:
    said = [held["guideline"][name] for name in ("title", "in_short", "principles")]
    said += [entry[name] for entry in held["entry"] for name in ("name", "text")]
    known = {one["sv"]: one for one in said}
    for item in sources.items(None):
        for key, code in LANGUAGES.items():
            text = known.get(item.source, {}).get(key)
            if text is None:
                continue
            row = Translation(
                subject=item.subject,
                field=item.field,
                language=code,
                text=text,
                html=richtext.from_markdown(text) if item.is_rich else None,
                status=Status.REVIEWED,
                source_version=digest(item.source),
                source_text=item.source,
                written_by=staff[Role.TRANSLATOR].id,
                written_at=now,
                reviewed_by=staff[Role.COMMUNICATIONS].id,
                reviewed_at=now,
            )
            db.session().add(row)
    db.session().flush()
