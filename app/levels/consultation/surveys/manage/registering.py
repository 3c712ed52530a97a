"""Writing down the answers of somebody who rang or sent a form on paper, one after another."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from flask import render_template, request

from app import clock, i18n, limits
from app.dialogues.manage.saving import status_of
from app.dialogues.models import Dialogue
from app.dialogues.problems import NotAccepted
from app.levels.consultation.surveys import queries, service
from app.levels.consultation.surveys.forms import CHANNELS, RegisterForm
from app.levels.consultation.surveys.manage.door import Answer, blueprint, visited_survey
from app.levels.consultation.surveys.models import Survey, SurveyResponse
from app.levels.consultation.surveys.rules import Do
from app.permissions import can
from app.questions import queries as engine
from app.questions.forms import form_of, name_of
from app.questions.models import Question
from app.web import STAFF, access, actor, found, go

HERE = "/<int:survey_id>/registrera"


@blueprint.route(HERE, methods=["GET", "POST"])
@access(STAFF, asks=Do.REGISTER)
def register(dialogue_id: int, survey_id: int) -> Answer:
    """Every question on one page, since whoever types from a paper or listens on the phone goes back and forth."""
    if request.method == "POST":
        limits.spend(service.REGISTRATIONS, str(actor().person_id))
    survey, dialogue = visited_survey(dialogue_id, survey_id, Do.REGISTER)
    questions = queries.questions(survey)
    form = _form(survey, questions)
    response = _kept(survey, form) if form.validate_on_submit() else None
    if response is not None:
        return go(".registered", dialogue_id=dialogue_id, survey_id=survey_id, receipt=response.receipt)
    return _page(dialogue, survey, questions, form), status_of(form)


@blueprint.get(HERE + "/<receipt>")
@access(STAFF)
def registered(dialogue_id: int, survey_id: int, receipt: str) -> str:
    """The number to write on the paper or to read aloud, and the way to the next one."""
    survey, dialogue = visited_survey(dialogue_id, survey_id)
    response, sheet = found(queries.registered(survey, receipt))
    return render_template(
        "levels/surveys/desk_registered.html",
        dialogue=dialogue,
        survey=survey,
        response=response,
        channel=CHANNELS[sheet.channel],
        again={"kanal": sheet.channel, "sprak": sheet.language, "dag": sheet.received_on.isoformat()},
        may_register=can(actor(), Do.REGISTER, survey),
    )


def _form(survey: Survey, questions: list[Question]) -> RegisterForm:
    """Empty, with what the one before had in common with it: channel, language and day."""
    asked = request.args
    data: dict[str, Any] = {
        "channel": asked.get("kanal"),
        "language": asked.get("sprak", i18n.SOURCE.code),
        "received_on": _day(asked.get("dag", "")),
        "form_key": secrets.token_urlsafe(16),
    }
    return form_of(RegisterForm, questions, queries.words_of(survey, questions), data)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return clock.today()


def _kept(survey: Survey, form: RegisterForm) -> SurveyResponse | None:
    """What was written down; None where it was not taken, with the sentence at its field."""
    key = form.form_key.data or secrets.token_urlsafe(16)
    try:
        return service.register(actor(), survey, form.values(), form.came(), key)
    except NotAccepted as problem:
        form.refuse(form[problem.field], problem.sentence)
        return None


def _page(dialogue: Dialogue, survey: Survey, questions: list[Question], form: RegisterForm) -> str:
    return render_template(
        "levels/surveys/desk_register.html",
        form=form,
        dialogue=dialogue,
        survey=survey,
        pages=[[form[name_of(one)] for one in page] for page in engine.pages(questions)],
    )
