"""The questions of a survey: new ones, changes, their order, and taking them away."""

from __future__ import annotations

from flask import render_template, url_for

from app.dialogues.forms import ButtonForm
from app.dialogues.manage.saving import as_saved, saved, status_of, version_of
from app.dialogues.models import Dialogue
from app.i18n import lazy as _l
from app.levels.consultation.surveys import forms, queries, service
from app.levels.consultation.surveys.manage.door import BY, Answer, blueprint, question_of, sure, visited_survey
from app.levels.consultation.surveys.models import Survey
from app.levels.consultation.surveys.rules import Do
from app.questions.kinds import kind_of
from app.questions.models import Question
from app.web import STAFF, access, actor, go

MOST_QUESTIONS = 100
HERE = "/<int:survey_id>/fraga"
ONE = HERE + "/<int:question_id>"


@blueprint.route(HERE, methods=["GET", "POST"])
@access(STAFF)
def add_question(dialogue_id: int, survey_id: int) -> Answer:
    survey, dialogue = visited_survey(dialogue_id, survey_id, Do.EDIT)
    form = forms.NewQuestionForm(data={"new_page": True})
    if form.validate_on_submit() and _has_room(survey, form):
        service.add_question(actor(), survey, form.facts(), form.typed())
        return go(".edit", dialogue_id=dialogue_id, survey_id=survey_id)
    return _page(dialogue, survey, None, form), status_of(form)


@blueprint.route(ONE, methods=["GET", "POST"])
@access(STAFF)
def question(dialogue_id: int, survey_id: int, question_id: int) -> Answer:
    """Change a question; its options have pages of their own."""
    survey, dialogue = visited_survey(dialogue_id, survey_id, Do.EDIT)
    row = question_of(survey, question_id)
    form, status = forms.QuestionForm(obj=row).of(row), 0
    if form.validate_on_submit():
        status = saved(form, lambda: service.change_question(actor(), survey, row, form.facts(), version_of(form)), row)
        if status == 303:
            return go(".edit", dialogue_id=dialogue_id, survey_id=survey_id)
    return _page(dialogue, survey, row, form, overtaken=status == 409), status or status_of(form)


@blueprint.post(ONE + "/<any(upp, ner):how>")
@access(STAFF)
def move_question(dialogue_id: int, survey_id: int, question_id: int, how: str) -> Answer:
    survey, _dialogue = visited_survey(dialogue_id, survey_id, Do.EDIT)
    service.move_question(actor(), survey, question_of(survey, question_id), BY[how])
    return go(".edit", dialogue_id=dialogue_id, survey_id=survey_id, _anchor=f"question-{question_id}")


@blueprint.route(ONE + "/bort", methods=["GET", "POST"])
@access(STAFF)
def remove_question(dialogue_id: int, survey_id: int, question_id: int) -> Answer:
    survey, dialogue = visited_survey(dialogue_id, survey_id, Do.EDIT)
    row = question_of(survey, question_id)
    back = url_for(".edit", dialogue_id=dialogue_id, survey_id=survey_id)
    if ButtonForm().validate_on_submit():
        service.remove_question(actor(), survey, row)
        return go(".edit", dialogue_id=dialogue_id, survey_id=survey_id)
    sentence = _l("The question “%(text)s” is taken away. You cannot undo this.", text=row.text)
    return sure(dialogue, _l("Take away the question"), sentence, back)


def _has_room(survey: Survey, form: forms.QuestionForm) -> bool:
    if len(queries.questions(survey)) < MOST_QUESTIONS:
        return True
    form.refuse(form.text, _l("A survey can have at most %(most)s questions.", most=MOST_QUESTIONS))
    return False


def _page(
    dialogue: Dialogue, survey: Survey, row: Question | None, form: forms.QuestionForm, *, overtaken: bool = False
) -> str:
    return render_template(
        "levels/surveys/desk_question.html",
        form=form,
        dialogue=dialogue,
        survey=survey,
        question=row,
        theirs=as_saved(forms.QuestionForm(formdata=None, obj=row).of(row)) if overtaken and row else None,
        chooses=row is not None and kind_of(row).chooses,
    )
