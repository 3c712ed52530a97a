"""What is made of an evaluation: the summary and the improvements, and what a later dialogue does with these."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm.attributes import flag_modified

from app import clock, db
from app.dialogues.evaluation import queries
from app.dialogues.evaluation.events import LessonAnswered, LessonChanged, LessonNoted, LessonRemoved, SummaryWritten
from app.dialogues.evaluation.models import Lesson, LessonAnswer, Summary
from app.dialogues.evaluation.rules import Do
from app.dialogues.evaluation.service.telling import about
from app.dialogues.evaluation.standard import Improvement, Reach, Taken
from app.dialogues.models import Dialogue
from app.dialogues.problems import NotAccepted
from app.dialogues.service.drafting import hold
from app.events import emit
from app.i18n import lazy as _l
from app.permissions import Actor


def summarise(actor: Actor, dialogue: Dialogue, version: int, *, text: str, no_lessons: str) -> Summary:
    """Write the summary, or write it anew. Raises Overtaken for an older `version` of the dialogue."""
    hold(actor, Do.SUMMARISE, dialogue, version)
    row = queries.summary_of(dialogue.id) or Summary(dialogue_id=dialogue.id)
    row.text, row.no_lessons = text, no_lessons
    row.written_by, row.written_at = actor.person_id, clock.now()
    db.session().add(row)
    _changed(dialogue)
    emit(SummaryWritten(**about(actor, dialogue)))
    return row


def note_lesson(actor: Actor, dialogue: Dialogue, said: Improvement) -> Lesson:
    """Note an improvement."""
    hold(actor, Do.NOTE_LESSON, dialogue, None)
    row = Lesson(dialogue_id=dialogue.id, noted_by=actor.person_id, noted_at=clock.now())
    _write(row, said)
    db.session().add(row)
    _changed(dialogue)
    emit(LessonNoted(**about(actor, dialogue), part=said.part))
    return row


def change_lesson(actor: Actor, dialogue: Dialogue, version: int, row: Lesson, said: Improvement) -> None:
    """Write it anew, as long as the dialogue has not been evaluated. Raises Overtaken."""
    hold(actor, Do.NOTE_LESSON, dialogue, version)
    _write(row, said)
    _changed(dialogue)
    emit(LessonChanged(**about(actor, dialogue), part=said.part))


def remove_lesson(actor: Actor, dialogue: Dialogue, row: Lesson) -> None:
    hold(actor, Do.NOTE_LESSON, dialogue, None)
    part = row.part
    db.session().delete(row)
    _changed(dialogue)
    emit(LessonRemoved(**about(actor, dialogue), part=part))


def take_up(actor: Actor, dialogue: Dialogue, version: int, answers: Mapping[int, tuple[str, str]]) -> None:
    """Answer improvements from earlier dialogues: lesson id → (what is done with it, how or why).

    Those left out keep their answer. Raises NotAccepted for one that does not say how or why, Overtaken.
    """
    hold(actor, Do.TAKE_UP, dialogue, version)
    waiting = {one.lesson.id: one.answer for one in queries.to_take_up(dialogue.id)}
    said = {number: value for number, value in answers.items() if number in waiting and any(value)}
    for number, (taken, words) in said.items():
        if taken not in set(Taken):
            raise NotAccepted(f"taken_{number}", _l("Choose one."))
        if not words.strip():
            raise NotAccepted(f"words_{number}", _l("Say how, or why not."))
    for number, (taken, words) in said.items():
        row = waiting[number] or LessonAnswer(lesson_id=number, dialogue_id=dialogue.id)
        if (row.taken, row.words) == (taken, words):
            continue
        row.taken, row.words = taken, words
        row.answered_by, row.answered_at = actor.person_id, clock.now()
        db.session().add(row)
        db.session().flush()
        emit(LessonAnswered(**about(actor, dialogue), lesson_id=number, taken=taken))
    _changed(dialogue)


def _write(row: Lesson, said: Improvement) -> None:
    row.part, row.text, row.reach = said.part, said.text, said.reach
    row.level = said.of if said.reach is Reach.LEVEL else None
    row.method = said.of if said.reach is Reach.METHOD else None


def _changed(dialogue: Dialogue) -> None:
    flag_modified(dialogue, "title")  # its version grows, so that an editor of an older one is told
    db.session().flush()
