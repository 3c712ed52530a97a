"""The texts of what was considered, in the reader's language, and those that can be translated."""

from __future__ import annotations

from collections.abc import Mapping

from app import subjects
from app.dialogues.intake import queries
from app.dialogues.models import Move
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l
from app.multilingual.queries import Row
from app.multilingual.sources import Item, Source, labels

REASON: Mapping[str, tuple[LazyText, int]] = {"reason": (_l("Why it was not held"), 2000)}
NOT_HELD = "not_held"  # the step that ended a dialogue, by its id


def row_of_move(move: Move) -> Row:
    return subjects.key(NOT_HELD, move.id), {"reason": (move.note, None)}


def _of_dialogue(dialogue_id: int | None) -> list[Item]:
    return [
        Item(subjects.key(NOT_HELD, move.id), str(REASON["reason"][0]), field, label, move.note, longest=longest)
        for move in (queries.ended(dialogue_id) if dialogue_id is not None else [])
        for field, (label, longest) in REASON.items()
    ]


SOURCES = (Source(NOT_HELD, lazy_p("subject", "Why it was not held"), labels(REASON), _of_dialogue),)
