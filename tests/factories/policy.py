"""The guideline and what stands at the steps of the ladder."""

from __future__ import annotations

from datetime import date
from typing import Any

from app import clock, db, richtext
from app.policy.models import Guideline, GuidelineDraft, LadderEntry

WORDS = {
    "title": "Riktlinje för medborgardialog",
    "body_name": "Kommunstyrelsen",
    "decided_on": date(2022, 9, 7),
    "section_no": "89",
    "valid_from": date(2022, 9, 14),
    "valid_to": date(2026, 10, 14),
    "in_short": "Du får säga vad du tycker innan beslutet fattas.",
    "principles": "- **Vi börjar.** Vi prövar alltid om en dialog behövs.",
}
OWN = {"influenceable": {"question": "Går det ännu att ändra något?", "instead": "Vänta till nästa budget."}}


def make_guideline(**fields: Any) -> Guideline:
    """A version on record, in force since 2022 unless told otherwise."""
    values = {**WORDS, "criteria": {}, **fields}
    html = richtext.from_markdown(values["principles"])
    made = Guideline(**values, principles_html=html, entered_at=clock.now())
    db.session().add(made)
    db.session().flush()
    return made


def make_draft(**fields: Any) -> GuidelineDraft:
    """A whole draft of the next version, from tomorrow a year ago."""
    values = {**WORDS, "criteria": {}, "valid_from": date(2025, 1, 1), **fields}
    made = GuidelineDraft(id=1, **values)
    db.session().add(made)
    db.session().flush()
    return made


def make_entry(**fields: Any) -> LadderEntry:
    """A method at three steps, unless told otherwise."""
    values = {
        "kind": "method",
        "name": "Dialogkafé",
        "text": "Samtal i små grupper.",
        "levels": "discussion influence codecision",
    }
    made = LadderEntry(**{**values, **fields})
    db.session().add(made)
    db.session().flush()
    return made
