"""What officials write about an evaluation, and others translate: the summary and the improvements."""

from __future__ import annotations

from collections.abc import Mapping

from app import subjects
from app.dialogues.evaluation import queries
from app.dialogues.evaluation.models import Lesson, Summary
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l
from app.multilingual.queries import Row
from app.multilingual.sources import Item, Source, labels

SUMMARY_FIELDS: Mapping[str, tuple[LazyText, int]] = {
    "text": (_l("Summary of the evaluation"), 4000),
    "no_lessons": (_l("Why there is no improvement to note"), 500),
}
LESSON_FIELDS: Mapping[str, tuple[LazyText, int]] = {"text": (_l("What should be done next time?"), 500)}


def row_of_summary(row: Summary) -> Row:
    return subjects.key("evaluation", row.dialogue_id), {one: (getattr(row, one), None) for one in SUMMARY_FIELDS}


def row_of_lesson(row: Lesson) -> Row:
    return subjects.key("lesson", row.id), {"text": (row.text, None)}


def _of_summary(dialogue_id: int | None) -> list[Item]:
    row = queries.summary_of(dialogue_id) if dialogue_id is not None else None
    if row is None:
        return []
    key = subjects.key("evaluation", row.dialogue_id)
    return [
        Item(key, str(SUMMARY_FIELDS["text"][0]), field, label, getattr(row, field), longest=longest)
        for field, (label, longest) in SUMMARY_FIELDS.items()
    ]


def _of_lessons(dialogue_id: int | None) -> list[Item]:
    return [
        Item(subjects.key("lesson", row.id), row.text, field, label, row.text, longest=longest)
        for row in (queries.lessons_of(dialogue_id) if dialogue_id is not None else [])
        for field, (label, longest) in LESSON_FIELDS.items()
    ]


SOURCES = (
    Source("evaluation", lazy_p("subject", "Evaluation"), labels(SUMMARY_FIELDS), _of_summary),
    Source("lesson", lazy_p("subject", "Improvement"), labels(LESSON_FIELDS), _of_lessons),
)
