"""The demo municipality's surveys can be answered in every language, and their results are those that are told."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import func, select

from app import clock, db, i18n
from app.dialogues import demo as dialogues
from app.dialogues.demo import Town
from app.levels.consultation.surveys import demo, queries
from app.levels.consultation.surveys.models import Survey, SurveyResponse
from app.permissions import Role
from app.questions import service as engine
from app.questions.kinds import values_of
from app.questions.models import Answer, AnswerSheet
from app.questions.results import result_of
from app.reviews.models import Reviewable, State
from tests.factories.people import make_person


@pytest.fixture
def town(unit) -> Town:
    staff = {role: make_person(role) for role in Role}
    residents = [make_person() for _ in range(41)]
    made = Town(clock.now(), random.Random(1), 1, staff, residents)
    dialogues.build(made)
    demo.fill(made)
    return made


def survey_of(town: Town, key: str) -> Survey:
    return queries.in_dialogue(town.dialogues[key].id)[0]


def test_every_kind_of_answer_that_came_in_is_right(town):
    for row in db.session().scalars(select(Survey)):
        questions = queries.questions(row)
        answers = db.session().scalars(select(Answer).join(AnswerSheet).where(AnswerSheet.set_id == row.set_id))
        sheets: dict[int, list[Answer]] = {}
        for answer in answers:
            sheets.setdefault(answer.sheet_id, []).append(answer)
        assert len(sheets) == queries.responses_in(row)
        for cells in sheets.values():
            values = {q.id: values_of(q, [cell for cell in cells if cell.question_id == q.id]) for q in questions}
            assert engine.problems(questions, values) == {}


@pytest.mark.parametrize("key", ["biblioteket", "drottninggatan"])
@pytest.mark.parametrize("code", ["sv", "en", "ar", "sv-simple"])
def test_the_open_ones_are_offered_in_every_language(town, key, code):
    row = survey_of(town, key)
    assert not queries.words_of(row, queries.questions(row), i18n.LANGUAGES[code]).is_fallback


def test_what_the_outcome_says_of_levene_is_what_the_figures_say(town):
    row = survey_of(town, "levene")
    first = queries.questions(row)[0]
    figures = queries.figures(row)
    result = result_of(first, figures.content[str(first.id)], queries.words_of(row, queries.questions(row)))
    assert (figures.responses, result.rows[0].count) == (148, 112)


def test_open_surveys_have_no_figures_yet_and_closed_ones_do(town):
    made = {key: queries.figures(survey_of(town, key)) for key in ("biblioteket", "badhuset", "levene")}
    assert [key for key, figures in made.items() if figures is not None] == ["badhuset", "levene"]


def test_moderators_have_something_to_do_only_where_it_is_not_compiled(town):
    waiting = select(Reviewable.dialogue_id, func.count()).where(Reviewable.state == State.WAITING)
    found = {number for number, _ in db.session().execute(waiting.group_by(Reviewable.dialogue_id))}
    assert found == {town.dialogues[key].id for key in ("biblioteket", "drottninggatan", "badhuset")}


def test_whoever_signs_in_to_the_demo_has_not_answered_yet(town):
    mine = select(SurveyResponse).where(SurveyResponse.person_id == town.residents[0].id)
    assert db.session().scalars(mine).all() == []
