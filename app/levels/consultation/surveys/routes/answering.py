"""Answering: the start page, the pages of questions, check your answers, the receipt. Each POST ends in a redirect."""

from __future__ import annotations

from flask import flash, render_template, request, session
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.dialogues.stages import RESULT_STAGES
from app.forms import BaseForm
from app.levels.consultation.surveys import queries, service
from app.levels.consultation.surveys.routes.sitting import ONE, Sitting, blueprint, count_beginning, to_answer
from app.levels.consultation.surveys.rules import Do
from app.levels.consultation.surveys.service import AlreadyAnswered, NothingBegun
from app.permissions import refusal
from app.questions.forms import PageForm, name_of, page_form
from app.questions.kinds import Values, kind_of
from app.questions.service import NotComplete
from app.web import PUBLIC, access, actor, found, go

Answer = str | Response | tuple[str, int]


@blueprint.get(ONE)
@access(PUBLIC)
def start(dialogue_id: int, survey_id: int) -> str:
    """What it is about, who may answer and what happens with it. Reading it leaves no cookie."""
    sitting = Sitting(dialogue_id, survey_id)
    return render_template(
        "levels/surveys/start.html",
        **sitting.frame(),
        reason=refusal(actor(), Do.ANSWER, sitting.survey),
        has_result=sitting.dialogue.stage in RESULT_STAGES,
        back=request.script_root + request.path,
    )


@blueprint.get(ONE + "/fraga/<int:number>")
@access(PUBLIC)
def page(dialogue_id: int, survey_id: int, number: int) -> Answer:
    sitting = to_answer(dialogue_id, survey_id)
    if sitting.response is not None:
        return _receipt_of(sitting, sitting.response.receipt)
    return _page(sitting, number, _form(sitting, number))


@blueprint.post(ONE + "/fraga/<int:number>")
@access(PUBLIC)
def send_page(dialogue_id: int, survey_id: int, number: int) -> Answer:
    """Keep the answers of one page; those saved for later need not be complete."""
    count_beginning(survey_id)
    sitting = to_answer(dialogue_id, survey_id)
    if sitting.response is not None:
        return _receipt_of(sitting, sitting.response.receipt)
    form = _form(sitting, number)
    if not form.validate_on_submit():
        return _page(sitting, number, form), 422
    _keep(sitting, form.values())
    return _saved(sitting) if _is_later() else _onward(sitting, number)


@blueprint.get(ONE + "/kontrollera")
@access(PUBLIC)
def check(dialogue_id: int, survey_id: int) -> Answer:
    sitting = to_answer(dialogue_id, survey_id)
    if sitting.response is not None:
        return _receipt_of(sitting, sitting.response.receipt)
    return _nothing_begun(sitting) if sitting.draft is None else _check(sitting)


@blueprint.post(ONE + "/kontrollera")
@access(PUBLIC)
def submit(dialogue_id: int, survey_id: int) -> Answer:
    """Hand in. Twice gives the same receipt."""
    sitting = to_answer(dialogue_id, survey_id)
    try:
        response = service.submit(actor(), sitting.survey, sitting.key_hash or "")
    except NotComplete as missing:
        return _check(sitting, missing), 422
    except NothingBegun:
        return _nothing_begun(sitting)
    except AlreadyAnswered:
        response = found(sitting.response)
    return _receipt_of(sitting, response.receipt)


@blueprint.get(ONE + "/kvitto/<receipt>")
@access(PUBLIC)
def receipt(dialogue_id: int, survey_id: int, receipt: str) -> str:
    """Whoever has the number sees that the answer came in, and nothing of what it says."""
    sitting = Sitting(dialogue_id, survey_id)
    response = found(queries.response_by_receipt(sitting.survey, receipt.upper()))
    return render_template("levels/surveys/receipt.html", **sitting.frame(), response=response)


def _is_later() -> bool:
    return "later" in request.form


def _form(sitting: Sitting, number: int) -> PageForm:
    """The form of this page with what was answered before; 404 for a page that is not there."""
    questions = found(sitting.pages[number - 1] if 0 < number <= len(sitting.pages) else None)
    return page_form(questions, sitting.words, sitting.draft or {}, complete=not _is_later())


def _page(sitting: Sitting, number: int, form: PageForm) -> str:
    before = sum(len(one) for one in sitting.pages[: number - 1])
    return render_template(
        "levels/surveys/page.html",
        sitting=sitting,
        place=sitting.place,
        form=form,
        fields=[form[name_of(one)] for one in form.questions],
        number=number,
        progress=before + 1,
        is_change="andra" in request.args,
    )


def _keep(sitting: Sitting, values: Values) -> None:
    key_hash = sitting.key_hash or ""
    service.begin(actor(), sitting.survey, key_hash)
    service.keep_answers(actor(), sitting.survey, key_hash, values)


def _onward(sitting: Sitting, number: int) -> Response:
    if number == len(sitting.pages) or "andra" in request.args:
        return go(".check", **sitting.place)
    return go(".page", **sitting.place, number=number + 1)


def _saved(sitting: Sitting) -> Response:
    """Back to the start page, which says for how long and where the answers wait."""
    if sitting.survey.audience == "account":
        flash(_("Your answers are saved. Sign in and come back to this page within 30 days to continue."), "good")
    elif actor().is_signed_in:  # the cookie of someone signed in must not outlive the browser
        flash(_("Your answers are saved until you sign out or close the browser."), "good")
    else:
        session.permanent = True
        flash(_("Your answers are saved. Come back to this page in this browser within 30 days to continue."), "good")
    return go(".start", **sitting.place)


def _nothing_begun(sitting: Sitting) -> Response:
    flash(_("There are no answers to send in. Start from the beginning."), "info")
    return go(".start", **sitting.place)


def _receipt_of(sitting: Sitting, number: str) -> Response:
    return go(".receipt", **sitting.place, receipt=number)


def _check(sitting: Sitting, missing: NotComplete | None = None) -> str:
    values = sitting.draft or {}
    pages = {one.id: number for number, page in enumerate(sitting.pages, 1) for one in page}
    return render_template(
        "levels/surveys/check.html",
        sitting=sitting,
        place=sitting.place,
        form=BaseForm(),
        has_errors=missing is not None,
        problems=missing.problems if missing else {},
        pages=pages,
        answers=[
            (one, kind_of(one).said(one, sitting.words, values[one.id]) if one.id in values else "")
            for one in sitting.questions
        ],
    )
