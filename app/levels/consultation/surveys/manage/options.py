"""What one chooses among in a question: new ones, changes, their order, and taking them away."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for

from app.dialogues.forms import ButtonForm
from app.dialogues.manage.saving import as_saved, saved, status_of, version_of
from app.dialogues.models import Dialogue
from app.i18n import lazy as _l
from app.levels.consultation.surveys import forms, service
from app.levels.consultation.surveys.manage.door import (
    BY,
    Answer,
    blueprint,
    option_of,
    question_of,
    sure,
    visited_survey,
)
from app.levels.consultation.surveys.manage.questions import ONE as QUESTION
from app.levels.consultation.surveys.models import Survey
from app.levels.consultation.surveys.queries.surveys import FEWEST_OPTIONS
from app.levels.consultation.surveys.rules import Do
from app.questions.kinds import kind_of
from app.questions.models import Option, Question
from app.web import STAFF, access, actor, go

HERE = QUESTION + "/svar"
ONE = HERE + "/<int:option_id>"


@blueprint.route(HERE, methods=["GET", "POST"])
@access(STAFF)
def add_option(dialogue_id: int, survey_id: int, question_id: int) -> Answer:
    survey, dialogue = visited_survey(dialogue_id, survey_id, Do.EDIT)
    question = question_of(survey, question_id)
    if not kind_of(question).chooses:
        abort(404)
    form = _form(question, None)
    if form.validate_on_submit():
        service.change_options(actor(), survey, question, {}, form.text.data)
        return go(".question", dialogue_id=dialogue_id, survey_id=survey_id, question_id=question_id)
    return _page(dialogue, survey, question, form), status_of(form)


@blueprint.route(ONE, methods=["GET", "POST"])
@access(STAFF)
def option(dialogue_id: int, survey_id: int, question_id: int, option_id: int) -> Answer:
    survey, dialogue = visited_survey(dialogue_id, survey_id, Do.EDIT)
    question = question_of(survey, question_id)
    row = option_of(question, option_id)
    form, status = _form(question, row), 0
    if form.validate_on_submit():
        to = {option_id: form.text.data}
        status = saved(form, lambda: service.change_options(actor(), survey, question, to, "", version_of(form)), row)
        if status == 303:
            return go(".question", dialogue_id=dialogue_id, survey_id=survey_id, question_id=question_id)
    theirs = as_saved(forms.OptionForm(formdata=None, obj=row)) if status == 409 else None
    return _page(dialogue, survey, question, form, theirs), status or status_of(form)


@blueprint.post(ONE + "/<any(upp, ner):how>")
@access(STAFF)
def move_option(dialogue_id: int, survey_id: int, question_id: int, option_id: int, how: str) -> Answer:
    survey, _dialogue = visited_survey(dialogue_id, survey_id, Do.EDIT)
    question = question_of(survey, question_id)
    service.move_option(actor(), survey, question, option_of(question, option_id), BY[how])
    here = {"dialogue_id": dialogue_id, "survey_id": survey_id, "question_id": question_id}
    return go(".question", **here, _anchor=f"option-{option_id}")


@blueprint.route(ONE + "/bort", methods=["GET", "POST"])
@access(STAFF)
def remove_option(dialogue_id: int, survey_id: int, question_id: int, option_id: int) -> Answer:
    survey, dialogue = visited_survey(dialogue_id, survey_id, Do.EDIT)
    question = question_of(survey, question_id)
    row = option_of(question, option_id)
    back = url_for(".question", dialogue_id=dialogue_id, survey_id=survey_id, question_id=question_id)
    if not spare(question):
        return render_template(
            "levels/surveys/desk_kept.html", dialogue=dialogue, back=back, fewest=_fewest(question)
        ), 422
    if ButtonForm().validate_on_submit():
        service.remove_option(actor(), survey, question, row)
        return redirect(back, 303)
    sentence = _l("The answer “%(text)s” is taken away. You cannot undo this.", text=row.text)
    return sure(dialogue, _l("Take away the answer"), sentence, back)


def _fewest(question: Question) -> int:
    """As many as a person must be able to choose."""
    return max(FEWEST_OPTIONS, question.least or 0, question.most or 0)


def spare(question: Question) -> bool:
    """Whether one option can go and the question can still be answered as it says."""
    return len(question.options) > _fewest(question)


def _form(question: Question, row: Option | None) -> forms.OptionForm:
    form = forms.OptionForm(obj=row)
    form.others = frozenset(one.text for one in question.options if one is not row)
    return form


def _page(
    dialogue: Dialogue,
    survey: Survey,
    question: Question,
    form: forms.OptionForm,
    theirs: list[tuple[str, str]] | None = None,
) -> str:
    return render_template(
        "levels/surveys/desk_option.html",
        form=form,
        dialogue=dialogue,
        survey=survey,
        question=question,
        theirs=theirs,
    )
