"""The texts of phases in the reader's language, and those that can be translated."""

from __future__ import annotations

from collections.abc import Mapping

from app import subjects
from app.dialogues.phases import queries
from app.dialogues.phases.models import Phase
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l
from app.multilingual.queries import Row
from app.multilingual.sources import Item, Source, labels

FIELDS: Mapping[str, tuple[LazyText, int]] = {
    "name": (_l("Name of the phase"), 120),
    "interim": (_l("Feedback from the phase"), 20_000),
}


def row_of(phase: Phase) -> Row:
    """Its name; its feedback where everyone can read it."""
    told = (phase.interim, phase.interim_html) if queries.is_told(phase) else ("", None)
    return subjects.key("phase", phase.id), {"name": (phase.name, None), "interim": told}


def _of_dialogue(dialogue_id: int | None) -> list[Item]:
    return [
        Item(
            subjects.key("phase", one.id), one.name, field, label, getattr(one, field), is_rich=field == "interim",
            longest=longest,
        )
        for one in (queries.plan_of(dialogue_id).phases if dialogue_id is not None else [])
        for field, (label, longest) in FIELDS.items()
    ]  # fmt: skip


SOURCES = (Source("phase", lazy_p("subject", "Phase"), labels(FIELDS), _of_dialogue),)
