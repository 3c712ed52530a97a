"""The surveys of a dialogue: a list, a new one, one of them, and taking it away."""

from __future__ import annotations

from flask import render_template, url_for

from app.dialogues.forms import ButtonForm
from app.dialogues.manage.saving import as_saved, saved, status_of, version_of, visited
from app.i18n import lazy as _l
from app.levels.consultation.surveys import forms, queries, service
from app.levels.consultation.surveys.manage.door import Answer, blueprint, sure, visited_survey
from app.levels.consultation.surveys.rules import Do
from app.permissions import can, refusal, require
from app.questions import queries as engine
from app.questions.kinds import kind_of
from app.web import STAFF, access, actor, go


@blueprint.get("")
@access(STAFF)
def index(dialogue_id: int) -> str:
    dialogue = visited(dialogue_id)
    surveys = queries.in_dialogue(dialogue_id)
    asked = [question.set_id for question in engine.questions_of_sets([row.set_id for row in surveys])]
    return render_template(
        "levels/surveys/desk_index.html",
        dialogue=dialogue,
        surveys=[(row, asked.count(row.set_id)) for row in surveys],
        refused=refusal(actor(), Do.CREATE, dialogue),
    )


@blueprint.route("/ny", methods=["GET", "POST"])
@access(STAFF)
def new(dialogue_id: int) -> Answer:
    dialogue = visited(dialogue_id)
    require(actor(), Do.CREATE, dialogue)
    form = forms.SurveyForm(data={"minutes": 5})
    if form.validate_on_submit():
        made = service.create(actor(), dialogue, form.facts())
        return go(".edit", dialogue_id=dialogue_id, survey_id=made.id)
    page = render_template("levels/surveys/desk_survey.html", form=form, dialogue=dialogue, survey=None)
    return page, status_of(form)


@blueprint.get("/<int:survey_id>")
@access(STAFF)
def edit(dialogue_id: int, survey_id: int) -> str:
    """What the survey asks, page by page, with everything that can be done to it."""
    survey, dialogue = visited_survey(dialogue_id, survey_id)
    questions = queries.questions(survey)
    return render_template(
        "levels/surveys/desk_edit.html",
        dialogue=dialogue,
        survey=survey,
        audiences=dict(forms.SurveyForm().audience.choices),
        questions=questions,
        pages=engine.pages(questions),
        kind_of=kind_of,
        refused=refusal(actor(), Do.EDIT, survey),
        may_register=can(actor(), Do.REGISTER, survey),
    )


@blueprint.route("/<int:survey_id>/om", methods=["GET", "POST"])
@access(STAFF)
def change(dialogue_id: int, survey_id: int) -> Answer:
    """Title, introduction, who can answer, and how long it takes."""
    survey, dialogue = visited_survey(dialogue_id, survey_id, Do.EDIT)
    form, status = forms.SurveyForm(obj=survey), 0
    if form.validate_on_submit():
        status = saved(form, lambda: service.change(actor(), survey, form.facts(), version_of(form)), survey)
        if status == 303:
            return go(".edit", dialogue_id=dialogue_id, survey_id=survey_id)
    theirs = as_saved(forms.SurveyForm(formdata=None, obj=survey)) if status == 409 else None
    page = render_template(
        "levels/surveys/desk_survey.html", form=form, dialogue=dialogue, survey=survey, theirs=theirs
    )
    return page, status or status_of(form)


@blueprint.route("/<int:survey_id>/bort", methods=["GET", "POST"])
@access(STAFF)
def withdraw(dialogue_id: int, survey_id: int) -> Answer:
    survey, dialogue = visited_survey(dialogue_id, survey_id, Do.EDIT)
    if ButtonForm().validate_on_submit():
        service.withdraw(actor(), survey)
        return go(".index", dialogue_id=dialogue_id)
    sentence = _l("The survey “%(title)s” and its questions are taken away. You cannot undo this.", title=survey.title)
    back = url_for(".edit", dialogue_id=dialogue_id, survey_id=survey_id)
    return sure(dialogue, _l("Take away the survey"), sentence, back)
