"""What leaves of a dialogue's surveys: a row for each response, and of each question as many columns as its kind takes.

Several surveys of a dialogue stand side by side in one table; a row is empty under the questions of the others. A text
that a moderator has hidden is said to be hidden; as it was written it leaves with personal data only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Select, func, select

from app import db
from app.accounts.models import Person
from app.i18n import lazy_p
from app.ladder import Column, Export
from app.levels.consultation.surveys import queries
from app.levels.consultation.surveys.models import Survey, SurveyResponse
from app.questions import queries as engine
from app.questions.kinds import kind_of
from app.questions.models import Answer, AnswerSheet, Question
from app.reviews.models import Reviewable, State

FACTS = (
    Column("survey"),
    Column("number"),
    Column("received_on"),
    Column("language"),
    Column("channel"),
    Column("name", personal=True),
    Column("email", personal=True),
)
HIDDEN = "[dold]"
WHOLE = "%s (hela texten)"


def _asked(dialogue_id: int) -> list[tuple[Survey, list[Question]]]:
    """The surveys of a dialogue with their questions, in the order of the columns."""
    rows = queries.in_dialogue(dialogue_id)
    questions = engine.questions_of_sets([row.set_id for row in rows])
    return [(row, [one for one in questions if one.set_id == row.set_id]) for row in rows]


def columns(dialogue_id: int) -> list[Column]:
    """The facts of a response, then the questions; with several surveys each question says whose it is."""
    asked = _asked(dialogue_id)
    found = list(FACTS)
    for survey, questions in asked:
        before = f"{survey.title}: " if len(asked) > 1 else ""
        for question in questions:
            found += _columns(question, before)
    return found


def _columns(question: Question, before: str) -> list[Column]:
    names = [f"{before}{name}" for name in kind_of(question).headers(question)]
    whole = [Column(WHOLE % names[0], personal=True)] if kind_of(question).is_reviewed else []
    return [*map(Column, names), *whole]


def rows(dialogue_id: int) -> Iterator[Sequence[Any]]:
    """A row for each response, survey by survey, numbered from 1 in each. Streamed."""
    asked = _asked(dialogue_id)
    widths = [sum(len(_columns(question, "")) for question in questions) for _, questions in asked]
    for place, (survey, questions) in enumerate(asked):
        before, after = [None] * sum(widths[:place]), [None] * sum(widths[place + 1 :])
        read = engine.stream(_cells(survey))
        for number, (_, group) in enumerate(groupby(read, key=lambda cell: cell.sheet), start=1):
            yield [survey.title, number, *_response(list(group), questions, before), *after]


def _cells(survey: Survey) -> Select[*tuple[Any, ...]]:
    """Every answer of a survey with its response, in the order of the responses; one without answers has one row."""
    sheet = (AnswerSheet.received_on, AnswerSheet.language, AnswerSheet.channel, Person.name, Person.email)
    found = select(AnswerSheet.id.label("sheet"), *sheet, *engine.CELL).select_from(SurveyResponse)
    found = found.join(AnswerSheet, AnswerSheet.id == SurveyResponse.sheet_id)
    found = found.outerjoin(Person, Person.id == SurveyResponse.person_id)
    found = found.outerjoin(Answer, Answer.sheet_id == AnswerSheet.id)
    found = found.outerjoin(Reviewable, Reviewable.id == Answer.review_id)
    return found.where(SurveyResponse.survey_id == survey.id).order_by(AnswerSheet.id, Answer.id)


def _response(cells: Sequence[Any], questions: Sequence[Question], before: Sequence[None]) -> Iterator[Any]:
    first = cells[0]
    yield from (first.received_on, first.language, first.channel, first.name, first.email)
    yield from before
    for question in questions:
        answers = [cell for cell in cells if cell.question_id == question.id]
        said = kind_of(question).exported(question, answers)
        if not kind_of(question).is_reviewed:
            yield from said
            continue
        is_hidden = bool(answers) and answers[0].state == State.HIDDEN
        yield HIDDEN if is_hidden else said[0]
        yield said[0]


def count(dialogue_id: int) -> int:
    """How many responses there are."""
    mine = select(func.count()).select_from(SurveyResponse).join(Survey, Survey.id == SurveyResponse.survey_id)
    mine = mine.where(Survey.dialogue_id == dialogue_id, Survey.withdrawn_at.is_(None))
    return db.session().scalars(mine).one()


EXPORTS = (Export("survey_responses", lazy_p("export", "Answers to surveys"), columns, rows, count),)
