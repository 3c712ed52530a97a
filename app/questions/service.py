"""Writes of questions, drafts and answers. Whoever asks the questions has asked for leave (`require`) before.

Sets, questions and answers have no rules of their own: a survey's rules, or an evaluation's, stand over them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, update

from app import clock, db
from app.i18n import LazyText
from app.questions.kinds import KINDS, Value, Values, kind_of
from app.questions.models import Answer, AnswerDraft, AnswerSheet, Option, Question, QuestionSet
from app.reviews import service as reviews

DRAFTS_LAST = timedelta(days=30)
ANSWER = "answer"  # the kind of reviewed texts


class NotComplete(Exception):
    """Some answers are missing or wrong; `problems` says which: question id → sentence."""

    def __init__(self, problems: dict[int, LazyText]) -> None:
        super().__init__(f"{len(problems)} answers are not right")
        self.problems = problems


def make_set() -> QuestionSet:
    """A new set without questions."""
    row = QuestionSet()
    db.session().add(row)
    db.session().flush()
    return row


def add_question(set_id: int, questions: Sequence[Question], facts: dict[str, Any], options: Sequence[str]) -> Question:
    """A new question last among `questions`, with these options. `facts` are columns of Question."""
    row = Question(set_id=set_id, position=len(questions), **facts)
    db.session().add(row)
    db.session().flush()
    if KINDS[row.kind].chooses:
        for position, text in enumerate(options):
            db.session().add(Option(question_id=row.id, position=position, text=text))
        db.session().flush()
    return row


def change_question(question: Question, facts: dict[str, Any]) -> None:
    """New texts, kind and limits. Options of a kind that has none are dropped."""
    for column, value in facts.items():
        setattr(question, column, value)
    if not kind_of(question).chooses:
        db.session().execute(delete(Option).where(Option.question_id == question.id))
    db.session().flush()


def remove_question(questions: Sequence[Question], question: Question) -> None:
    """Take a question away; those after it move up."""
    session = db.session()
    session.execute(delete(Option).where(Option.question_id == question.id))
    session.execute(delete(Question).where(Question.id == question.id))
    _number([one for one in questions if one.id != question.id])


def move_question(questions: Sequence[Question], question: Question, by: int) -> None:
    """Change places with the neighbour: `by` is -1 (up) or 1 (down). At the end nothing happens."""
    _number(_moved(list(questions), question, by))


def add_option(question: Question, text: str) -> Option:
    row = Option(question_id=question.id, position=len(question.options), text=text)
    db.session().add(row)
    db.session().flush()
    return row


def remove_option(question: Question, option: Option) -> None:
    db.session().execute(delete(Option).where(Option.id == option.id))
    _number([one for one in question.options if one.id != option.id])


def move_option(question: Question, option: Option, by: int) -> None:
    """As move_question."""
    _number(_moved(list(question.options), option, by))


def _moved(rows: list[Any], row: Any, by: int) -> list[Any]:
    place = rows.index(row)
    other = min(max(place + by, 0), len(rows) - 1)
    rows[place], rows[other] = rows[other], rows[place]
    return rows


def _number(rows: Sequence[Any]) -> None:
    """Put the rows in this order; whoever is changing the text of one meanwhile is not disturbed."""
    for position, row in enumerate(rows):
        if row.position != position:
            kind = type(row)
            db.session().execute(update(kind).where(kind.id == row.id).values(position=position))


def begin_draft(key_hash: str, set_id: int) -> None:
    """Begin, unless it was begun before, perhaps this very moment by a second press of the button."""
    db.lock_key(key_hash)
    if db.session().get(AnswerDraft, key_hash) is None:
        db.session().add(AnswerDraft(key_hash=key_hash, set_id=set_id, content="{}", touched_at=clock.now()))


def keep_draft(key_hash: str, set_id: int, values: Values) -> None:
    """Put these values into the draft beside those that are there."""
    row = db.session().get(AnswerDraft, key_hash)
    if row is None:
        row = AnswerDraft(key_hash=key_hash, set_id=set_id, content="{}")
        db.session().add(row)
    kept: dict[str, Value] = json.loads(row.content)
    kept.update({str(number): value for number, value in values.items()})
    row.content = json.dumps({number: value for number, value in kept.items() if value is not None})
    row.touched_at = clock.now()


def drop_draft(key_hash: str) -> None:
    db.session().execute(delete(AnswerDraft).where(AnswerDraft.key_hash == key_hash))


def drop_drafts_of(set_ids: Sequence[int]) -> None:
    """Forget every draft of these sets: nothing more can be handed in."""
    db.session().execute(delete(AnswerDraft).where(AnswerDraft.set_id.in_(set_ids)))


def forget_old_drafts(now: datetime) -> None:
    """Drop drafts that nobody has touched for DRAFTS_LAST."""
    db.session().execute(delete(AnswerDraft).where(AnswerDraft.touched_at < now - DRAFTS_LAST))


def problems(questions: Sequence[Question], values: Values) -> dict[int, LazyText]:
    """What is missing or wrong before a sheet can be handed in, by question id."""
    checked = {q.id: kind_of(q).check(q, values.get(q.id), required=q.required) for q in questions}
    return {number: wrong for number, wrong in checked.items() if wrong is not None}


def hand_in(
    set_id: int,
    questions: Sequence[Question],
    values: Values,
    *,
    language: str,
    dialogue_id: int | None,
    channel: str,
    received_on: date | None = None,
) -> AnswerSheet:
    """Keep a sheet with its answers; free texts wait for a moderator. Raises NotComplete.

    `received_on`: the day it came, where that was not today.
    """
    wrong = problems(questions, values)
    if wrong:
        raise NotComplete(wrong)
    session = db.session()
    sheet = AnswerSheet(set_id=set_id, language=language, channel=channel, received_on=received_on or clock.today())
    session.add(sheet)
    rows = [(q, cell) for q in questions if values.get(q.id) is not None for cell in kind_of(q).cells(values[q.id])]
    reviewed = [
        reviews.submit(ANSWER, dialogue_id=dialogue_id, language=language, shown=False)
        for question, _ in rows
        if kind_of(question).is_reviewed
    ]
    session.flush()
    ids = iter([review.id for review in reviewed])
    empty = {"text": None, "number": None, "option_id": None, "review_id": None}
    cells = [
        {**empty, **cell, "sheet_id": sheet.id, "question_id": question.id}
        | ({"review_id": next(ids)} if kind_of(question).is_reviewed else {})
        for question, cell in rows
    ]
    if cells:
        session.execute(insert(Answer), cells, execution_options={"render_nulls": True})  # else a statement a kind
    return sheet
