"""Evaluations without walking the life cycle: asked, answered, concluded; improvements; plans of the archive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from app import clock, db
from app.dialogues.evaluation import queries, retention
from app.dialogues.evaluation.models import ArchivePlan, Inquiry, Lesson, LessonAnswer, Silence, StaffAnswer, Summary
from app.dialogues.evaluation.service import asking
from app.dialogues.evaluation.standard import Circle, Duty, Part, Reach, asked
from app.dialogues.models import Dialogue
from app.permissions import Role
from app.questions import service as engine
from tests.factories.people import make_person


def make_inquiry(dialogue: Dialogue, circle: Circle = Circle.PARTICIPANTS, *, open_now: bool = True) -> Inquiry:
    """A questionnaire that takes answers now, or one whose time is over."""
    now = clock.now()
    opened_at = now - timedelta(days=1 if open_now else 90)
    closes_at = None if circle is Circle.STAFF else retention.closing_after(opened_at)
    return asking.made(dialogue.id, circle, opened_at, closes_at)


def values_of(row: Inquiry, said: str | Mapping[str, str] = "yes") -> dict[int, Any]:
    """Values for every question: this option (by its key), or by indicator; of several choices none."""
    values: dict[int, Any] = {}
    for question, one in zip(queries.questions_of(row), asked(row.kind, row.edition), strict=True):
        if not one.several:
            key = said if isinstance(said, str) else said.get(one.indicator, "yes")
            values[question.id] = question.options[list(one.options).index(key)].id
    return values


def send_in(row: Inquiry, number: int = 1, said: str | Mapping[str, str] = "yes") -> None:
    """As many sheets, each with these answers."""
    questions, values = queries.questions_of(row), values_of(row, said)
    for _ in range(number):
        engine.hand_in(row.set_id, questions, values, language="sv", dialogue_id=row.dialogue_id, channel="web")
    db.session().flush()


def make_asked(dialogue: Dialogue, circle: Circle, answers: int = 6) -> Inquiry:
    """A questionnaire that has closed and been counted."""
    row = make_inquiry(dialogue, circle, open_now=False)
    send_in(row, answers)
    asking.count_now(row)
    return row


def make_staff_answer(row: Inquiry, duty: Duty = Duty.LEAD, role: Role = Role.OFFICIAL) -> StaffAnswer:
    questions = queries.questions_of(row)
    sheet = engine.hand_in(
        row.set_id, questions, values_of(row), language="sv", dialogue_id=row.dialogue_id, channel="web"
    )
    db.session().flush()
    made = StaffAnswer(
        inquiry_id=row.id, person_id=make_person(role, dialogue_id=row.dialogue_id).id, duty=duty, sheet_id=sheet.id
    )
    db.session().add(made)
    db.session().flush()
    return made


def note_silence(dialogue: Dialogue, party: str) -> Silence:
    made = Silence(dialogue_id=dialogue.id, party=party, reason="Ingen svarade.", recorded_at=clock.now())
    db.session().add(made)
    db.session().flush()
    return made


def make_lesson(
    dialogue: Dialogue,
    text: str = "Boka tolk före inbjudan.",
    reach: Reach = Reach.EVERY,
    of: str | None = None,
) -> Lesson:
    made = Lesson(
        dialogue_id=dialogue.id, part=Part.ACCESS, text=text, reach=reach, noted_at=clock.now(),
        level=of if reach is Reach.LEVEL else None, method=of if reach is Reach.METHOD else None,
    )  # fmt: skip
    db.session().add(made)
    db.session().flush()
    return made


def answer_lesson(lesson: Lesson, dialogue: Dialogue, taken: str = "taken_up") -> LessonAnswer:
    made = LessonAnswer(
        lesson_id=lesson.id, dialogue_id=dialogue.id, taken=taken, words="Tolken är bokad.", answered_at=clock.now()
    )
    db.session().add(made)
    db.session().flush()
    return made


def make_summary(dialogue: Dialogue, no_lessons: str = "") -> Summary:
    made = Summary(
        dialogue_id=dialogue.id, text="De flesta vill vara med igen.", no_lessons=no_lessons, written_at=clock.now()
    )
    db.session().add(made)
    db.session().flush()
    return made


def make_plan(dialogue: Dialogue, key: str = "bevaras-utan-namn") -> ArchivePlan:
    made = ArchivePlan(dialogue_id=dialogue.id, retention=key, chosen_at=clock.now())
    db.session().add(made)
    db.session().flush()
    return made


def make_evaluation(dialogue: Dialogue) -> None:
    """Everything that the end of an evaluation asks for."""
    for circle in (Circle.PARTICIPANTS, Circle.TOLD):
        make_asked(dialogue, circle)
    staff = make_inquiry(dialogue, Circle.STAFF)
    make_staff_answer(staff)
    for duty in (Duty.DECIDER, Duty.MODERATOR, Duty.FACILITATOR):
        note_silence(dialogue, duty)
    make_summary(dialogue, no_lessons="Allt gick som planerat.")
