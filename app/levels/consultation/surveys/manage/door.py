"""The blueprint, and what stands at its addresses."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from app.dialogues.forms import ButtonForm
from app.dialogues.models import Dialogue
from app.i18n import LazyText
from app.levels.consultation.surveys import queries
from app.levels.consultation.surveys.models import Survey
from app.levels.consultation.surveys.rules import Do
from app.permissions import require
from app.questions import queries as engine
from app.questions.models import Option, Question
from app.web import actor, found

Answer = str | tuple[str, int] | Response
BY = {"upp": -1, "ner": 1}

blueprint = Blueprint("survey_desk", __name__, url_prefix="/arbetsyta/dialoger/<int:dialogue_id>/enkat")


def visited_survey(dialogue_id: int, survey_id: int, do: Do = Do.VISIT) -> tuple[Survey, Dialogue]:
    """The survey and its dialogue, or 404. Raises Refusal."""
    both: tuple[Survey, Dialogue] = found(queries.survey_in(dialogue_id, survey_id))
    require(actor(), do, both[0])
    return both


def question_of(survey: Survey, question_id: int) -> Question:
    """A question of this survey with its options, or 404."""
    row: Question = found(engine.question(survey.set_id, question_id))
    return row


def option_of(question: Question, option_id: int) -> Option:
    """An option of this question, or 404."""
    row: Option = found(next((one for one in question.options if one.id == option_id), None))
    return row


def sure(dialogue: Dialogue, heading: LazyText, sentence: LazyText, back: str) -> str:
    """The page that asks before something is taken away; `back` is where to go instead."""
    return render_template(
        "levels/surveys/desk_confirm.html",
        form=ButtonForm(),
        dialogue=dialogue,
        heading=heading,
        sentence=sentence,
        back=back,
    )
