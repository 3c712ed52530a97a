"""What leaves of an evaluation: figures as the public sees them, improvements, and what was made of earlier ones.

Never a row for each person: few answers would show whose they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Select, func, select

from app import db
from app.dialogues.evaluation import figures
from app.dialogues.evaluation.models import Inquiry, Lesson, LessonAnswer, Silence, Summary
from app.i18n import LazyText, lazy_p
from app.ladder import Column, Export

Rows = Select[*tuple[Any, ...]]
FIGURES = ("circle", "question", "answer", "answered", "count")


def _counted(dialogue_id: int) -> Select[Inquiry]:
    rows = select(Inquiry).where(Inquiry.dialogue_id == dialogue_id, Inquiry.counted_at.is_not(None))
    return rows.order_by(Inquiry.id)


def _figures(dialogue_id: int) -> Iterator[Sequence[Any]]:
    for row in db.session().scalars(_counted(dialogue_id).execution_options(yield_per=10)):
        for shown in figures.of(row):
            for line in shown.rows:
                yield row.kind, str(shown.asked.text), line.label, shown.base, line.count


def _count_figures(dialogue_id: int) -> int:
    rows = db.session().scalars(_counted(dialogue_id))
    return sum(len(shown.rows) for row in rows for shown in figures.of(row))


def _lessons(dialogue_id: int) -> Rows:
    rows = select(Lesson.id, Lesson.part, Lesson.text, Lesson.reach, Lesson.level, Lesson.method, Lesson.noted_at)
    return rows.where(Lesson.dialogue_id == dialogue_id).order_by(Lesson.id)


def _taken_up(dialogue_id: int) -> Rows:
    answer = (LessonAnswer.taken, LessonAnswer.words, LessonAnswer.answered_at)
    rows = select(LessonAnswer.lesson_id, Lesson.dialogue_id.label("from_dialogue"), Lesson.text, *answer)
    rows = rows.join(Lesson, Lesson.id == LessonAnswer.lesson_id).where(LessonAnswer.dialogue_id == dialogue_id)
    return rows.order_by(LessonAnswer.lesson_id)


def _summary(dialogue_id: int) -> Rows:
    rows = select(Summary.text, Summary.no_lessons, Summary.written_at)
    return rows.where(Summary.dialogue_id == dialogue_id)


def _silences(dialogue_id: int) -> Rows:
    rows = select(Silence.party, Silence.reason, Silence.recorded_at)
    return rows.where(Silence.dialogue_id == dialogue_id).order_by(Silence.id)


def _export(key: str, name: LazyText, wanted: Callable[[int], Rows]) -> Export:
    columns = [Column(one) for one in wanted(0).selected_columns.keys()]  # noqa: SIM118

    def rows(dialogue_id: int) -> Iterator[Sequence[Any]]:
        for row in db.session().execute(wanted(dialogue_id).execution_options(yield_per=500)):
            yield tuple(row)

    def count(dialogue_id: int) -> int:
        held = select(func.count()).select_from(wanted(dialogue_id).order_by(None).subquery())
        return db.session().execute(held).scalar_one()

    return Export(key, name, lambda _dialogue_id: columns, rows, count)


EXPORTS = (
    Export(
        "evaluation_figures",
        lazy_p("export", "Evaluation"),
        lambda _dialogue_id: [Column(one) for one in FIGURES],
        _figures,
        _count_figures,
    ),
    _export("evaluation_summary", lazy_p("export", "Summary of the evaluation"), _summary),
    _export("evaluation_silences", lazy_p("export", "Who did not answer"), _silences),
    _export("lessons", lazy_p("export", "Improvements"), _lessons),
    _export("lessons_taken_up", lazy_p("export", "Improvements from earlier dialogues"), _taken_up),
)
