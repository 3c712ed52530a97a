"""Improvements: those that a dialogue has noted, and those of earlier ones that wait for an answer in this one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from app import db
from app.dialogues.evaluation.models import Lesson, LessonAnswer
from app.dialogues.evaluation.standard import Reach, Taken
from app.dialogues.models import Card, Dialogue
from app.dialogues.stages import Stage


@dataclass(frozen=True)
class Waiting:
    """An improvement that concerns a dialogue, the dialogue that it comes from, and the answer here, if any."""

    lesson: Lesson
    origin: Dialogue
    answer: LessonAnswer | None


def lesson(dialogue_id: int, lesson_id: int) -> Lesson | None:
    """An improvement of this dialogue."""
    return db.session().scalars(select(Lesson).filter_by(id=lesson_id, dialogue_id=dialogue_id)).one_or_none()


def lessons_of(dialogue_id: int) -> list[Lesson]:
    """The improvements that a dialogue has noted, in the order they were."""
    return list(db.session().scalars(select(Lesson).filter_by(dialogue_id=dialogue_id).order_by(Lesson.id)))


def to_take_up(dialogue_id: int) -> list[Waiting]:
    """The improvements that a dialogue must answer before its body decides about it; one statement.

    They come from dialogues that have been evaluated, are for every dialogue, for its level or for a method that it
    has, and have not become routine anywhere. First those of the same body, then of the same level, then the others;
    the oldest first.
    """
    here, origin, own, routine = aliased(Dialogue), aliased(Dialogue), aliased(LessonAnswer), aliased(LessonAnswer)
    methods = select(Card.method).where(Card.dialogue_id == dialogue_id)
    concerned = or_(
        Lesson.reach == Reach.EVERY,
        and_(Lesson.reach == Reach.LEVEL, Lesson.level == here.level),
        and_(Lesson.reach == Reach.METHOD, Lesson.method.in_(methods)),
    )
    learned = select(routine.lesson_id).where(
        routine.lesson_id == Lesson.id, routine.taken == Taken.ROUTINE, routine.dialogue_id != dialogue_id
    )
    rows = select(Lesson, origin, own, here.body_key, here.level).select_from(Lesson)
    rows = rows.join(origin, origin.id == Lesson.dialogue_id).join(here, here.id == dialogue_id)
    rows = rows.outerjoin(own, and_(own.lesson_id == Lesson.id, own.dialogue_id == dialogue_id))
    rows = rows.where(origin.stage.in_((Stage.EVALUATED, Stage.ARCHIVED)), origin.id != dialogue_id, concerned)
    found = db.session().execute(rows.where(~learned.exists()).order_by(Lesson.id)).all()
    return [
        Waiting(one, before, answer)
        for one, before, answer, _, _ in sorted(
            found, key=lambda row: (row[1].body_key != row[3], row[1].level != row[4], row[0].method is None)
        )
    ]
