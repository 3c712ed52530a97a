"""The demo municipality's evaluations: all that a stage says must have been asked and written."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from app import clock, db
from app.accounts.models import Person
from app.dialogues.evaluation import queries, retention
from app.dialogues.evaluation.models import ArchivePlan, Inquiry, Lesson, LessonAnswer, Silence, StaffAnswer, Summary
from app.dialogues.evaluation.rules import AFTERWARDS
from app.dialogues.evaluation.service import asking, years
from app.dialogues.evaluation.standard import Circle, Duty, Part, Reach, Taken
from app.dialogues.models import Dialogue, Move
from app.dialogues.stages import Stage
from app.permissions import Role
from app.questions.models import Answer, AnswerSheet, Question

Staff = Mapping[Role, Person]
Times = Mapping[Stage, datetime]
Entry = Mapping[str, Any]  # the table `evaluation` of one [[dialogue]] of demo_dialogues.toml

EVALUATED = (Stage.EVALUATED, Stage.ARCHIVED)
ENDED = (*AFTERWARDS, *EVALUATED)
USUAL = {Circle.PARTICIPANTS: 24, Circle.TOLD: 17}  # how many answered, where the file does not say
WEIGHTS = (58, 25, 10, 7)  # yes, partly, no, do not know
TAKEN_UP = {
    Part.TIMES: "Tidplanen är stämd av med dem som beslutar, och en träff hålls på en kväll.",
    Part.INVITATION: "Inbjudan sätts upp på bussarna och i affärerna.",
    Part.ACCESS: "Tolk på arabiska är bokad till den första träffen, och det står i inbjudan.",
}
BY = {Duty.LEAD: Role.OFFICIAL, Duty.DECIDER: Role.SECRETARY, Duty.MODERATOR: Role.MODERATOR}


def write(dialogue: Dialogue, entry: Entry, times: Times, staff: Staff) -> None:
    """Add what has been asked, answered, learned and planned in one dialogue, in the open unit."""
    stage, rng = Stage(dialogue.stage), random.Random(f"evaluation {dialogue.title}")
    told = entry.get("evaluation", {})
    if stage in ENDED:
        began = times[Stage.CANCELLED] if stage is Stage.CANCELLED else times[Stage.CLOSED]
        _asked(dialogue, Circle.PARTICIPANTS, began, told.get("answers"), rng)
    if stage in (Stage.FED_BACK, *EVALUATED):
        _asked(dialogue, Circle.TOLD, times[Stage.FED_BACK], told.get("told"), rng)
        row = asking.made(dialogue.id, Circle.STAFF, times[Stage.FED_BACK], None)
        if stage in EVALUATED:
            _staff_answers(dialogue, row, times, staff, rng)
            _concluded(dialogue, told, times, staff)
    if stage is Stage.ARCHIVED:
        _planned(dialogue, times, staff)


def take_up(dialogues: Iterable[Dialogue], staff: Staff) -> None:
    """What dialogues made of the improvements that had been noted when they were prepared."""
    prepared = dict(db.session().execute(select(Move.dialogue_id, Move.at).filter_by(to_stage=Stage.PREPARED)).all())
    for dialogue in dialogues:
        at = prepared.get(dialogue.id)
        for one in queries.to_take_up(dialogue.id) if at is not None else ():
            if at is not None and one.lesson.noted_at < at:
                words = TAKEN_UP.get(Part(one.lesson.part), "Det står i planen för dialogen.")
                row = LessonAnswer(
                    lesson_id=one.lesson.id, dialogue_id=dialogue.id, taken=Taken.UP, words=words,
                    answered_by=staff[Role.OFFICIAL].id, answered_at=at,
                )  # fmt: skip
                db.session().add(row)
    db.session().flush()


def _asked(dialogue: Dialogue, circle: Circle, opened_at: datetime, answers: int | None, rng: random.Random) -> None:
    """A questionnaire; where it has closed by now, with its answers and figures."""
    closes_at = retention.closing_after(opened_at)
    row = asking.made(dialogue.id, circle, opened_at, closes_at)
    is_over = closes_at <= clock.now()
    _answers(row, USUAL[circle] if answers is None else answers, opened_at, rng)
    if is_over:
        asking.count_now(row)
        if circle is Circle.TOLD:
            years.renew(clock.local(opened_at).year)


def _answers(row: Inquiry, number: int, at: datetime, rng: random.Random) -> list[AnswerSheet]:
    questions = queries.questions_of(row)
    day = clock.local(at).date()
    sheets = [AnswerSheet(set_id=row.set_id, language="sv", channel="web", received_on=day) for _ in range(number)]
    db.session().add_all(sheets)
    db.session().flush()
    cells = [
        {"sheet_id": sheet.id, "question_id": question.id, "option_id": option, "text": None, "number": None}
        for sheet in sheets
        for question in questions
        for option in _chosen(question, rng)
    ]
    if cells:
        db.session().execute(insert(Answer), cells)
    return sheets


def _chosen(question: Question, rng: random.Random) -> list[int]:
    options = [option.id for option in question.options]
    if question.kind == "multiple":
        return sorted(rng.sample(options, rng.choice((0, 1, 1, 2))))
    return rng.choices(options, WEIGHTS[: len(options)])


def _staff_answers(dialogue: Dialogue, row: Inquiry, times: Times, staff: Staff, rng: random.Random) -> None:
    sheets = _answers(row, len(BY), times[Stage.FED_BACK], rng)
    for sheet, (duty, role) in zip(sheets, BY.items(), strict=True):
        made = StaffAnswer(inquiry_id=row.id, person_id=staff[role].id, duty=duty, sheet_id=sheet.id, comment="")
        db.session().add(made)
    silence = Silence(
        dialogue_id=dialogue.id, party=Duty.FACILITATOR, reason="Ingen träff hade någon annan samtalsledare.",
        recorded_by=staff[Role.OFFICIAL].id, recorded_at=times[Stage.EVALUATED],
    )  # fmt: skip
    db.session().add(silence)
    db.session().flush()
    asking.count_now(row)


def _concluded(dialogue: Dialogue, told: Entry, times: Times, staff: Staff) -> None:
    by, at = staff[Role.OFFICIAL].id, times[Stage.EVALUATED]
    lessons = told.get("lessons", ())
    summary = Summary(
        dialogue_id=dialogue.id, text=told.get("summary", {}).get("sv", ""), written_by=by, written_at=at,
        no_lessons="" if lessons else "Dialogen gick som planerat.",
    )  # fmt: skip
    db.session().add(summary)
    for one in lessons:
        reach = Reach(one["reach"])
        row = Lesson(
            dialogue_id=dialogue.id, part=Part(one["part"]), text=one["text"]["sv"], reach=reach, noted_by=by,
            noted_at=at, level=dialogue.level if reach is Reach.LEVEL else None,
            method=one["method"] if reach is Reach.METHOD else None,
        )  # fmt: skip
        db.session().add(row)
    db.session().flush()


def _planned(dialogue: Dialogue, times: Times, staff: Staff) -> None:
    plan = ArchivePlan(
        dialogue_id=dialogue.id, retention=retention.classes()[-1].key, chosen_by=staff[Role.REGISTRAR].id,
        chosen_at=times[Stage.ARCHIVED], thinned_at=times[Stage.ARCHIVED],
    )  # fmt: skip
    db.session().add(plan)
    db.session().flush()
