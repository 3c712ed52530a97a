"""Voting: what it is about, the code, the ballot, a look before it is sent, and the receipt.

What was chosen travels in the forms themselves and rests nowhere else: neither in the cookie nor in the address.
"""

from __future__ import annotations

from flask import flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import limits
from app.ballots import queries as boxes
from app.ballots.problems import NotTaken
from app.dialogues.stages import RESULT_STAGES
from app.forms import BaseForm
from app.levels.codecision.votes import forms, service
from app.levels.codecision.votes.routes.visit import ONE, Visit, blueprint
from app.levels.codecision.votes.rules import Do
from app.permissions import Refusal, require
from app.web import PUBLIC, access, actor, client, go

Answer = str | Response | tuple[str, int]


@blueprint.get(ONE)
@access(PUBLIC)
def start(dialogue_id: int, vote_id: int) -> str:
    """The question, the frames, who may vote and what is secret. Reading it leaves no cookie."""
    visit = Visit(dialogue_id, vote_id)
    return render_template(
        "levels/votes/start.html",
        **visit.frame(),
        has_result=visit.dialogue.stage in RESULT_STAGES,
        back=request.script_root + request.path,
    )


@blueprint.get(ONE + "/rosta")
@access(PUBLIC)
def ballot(dialogue_id: int, vote_id: int) -> Answer:
    """The ballot paper; before it the code, where one votes with a code."""
    visit = Visit(dialogue_id, vote_id)
    if _needs_code(visit):
        return _code_page(visit, forms.CodeForm())
    require(actor(), Do.CAST, visit.booth)
    return _ballot_page(visit, _form(visit))


@blueprint.post(ONE + "/kod")
@access(PUBLIC)
def code(dialogue_id: int, vote_id: int) -> Answer:
    """Take the code. Tries are counted before anything is read."""
    limits.spend(service.TRIES, client())
    visit = Visit(dialogue_id, vote_id)
    form = forms.CodeForm()
    if not form.validate_on_submit():
        return _code_page(visit, form), 422
    entry = boxes.entry_by_code(visit.vote.box, form.code.data) if visit.by_code else None
    if entry is None:
        form.refuse(form.code, _("No letter of this vote has that code. Read it again from your letter."))
        return _code_page(visit, form), 422
    visit.keep(entry.id)
    return go(".ballot", **visit.place)


@blueprint.get(ONE + "/kontrollera")
@access(PUBLIC)
def look(dialogue_id: int, vote_id: int) -> Response:
    """The page before the ballot is sent has no address of its own: back to the ballot."""
    return go(".ballot", **Visit(dialogue_id, vote_id).place)


@blueprint.post(ONE + "/kontrollera")
@access(PUBLIC)
def check(dialogue_id: int, vote_id: int) -> Answer:
    """Read the ballot once more before it is sent. Nothing is kept."""
    visit = Visit(dialogue_id, vote_id)
    if _needs_code(visit):
        return go(".ballot", **visit.place)
    require(actor(), Do.CAST, visit.booth)
    form = _form(visit)
    if not form.validate_on_submit():
        return _ballot_page(visit, form), 422
    if "change" in request.form:
        return _ballot_page(visit, form)
    return _check_page(visit, form)


@blueprint.post(ONE + "/rosta")
@access(PUBLIC)
def cast(dialogue_id: int, vote_id: int) -> Answer:
    """Put the ballot in the box. Twice gives the same receipt."""
    visit = Visit(dialogue_id, vote_id)
    form = _form(visit)
    if _needs_code(visit, form.token.data or ""):
        return go(".ballot", **visit.place)
    require(actor(), Do.CAST, visit.booth)
    if not form.validate_on_submit():
        return _ballot_page(visit, form), 422
    return _cast(visit, form)


def _cast(visit: Visit, form: forms.BallotForm) -> Answer:
    token = form.token.data or ""
    try:
        service.cast(actor(), visit.booth, form.chosen(), token, form.connection.data if form.connection else None)
    except NotTaken as problem:
        form.refuse(form.connection if problem.field == "connection" else form.choice, problem.sentence)
        return _ballot_page(visit, form), 422
    if visit.by_code:
        visit.keep(visit.kept[0], token)
    return go(".receipt", **visit.place)


@blueprint.get(ONE + "/kvitto")
@access(PUBLIC)
def receipt(dialogue_id: int, vote_id: int) -> Answer:
    """That one's ballot is in the box, and nothing of what it says."""
    visit = Visit(dialogue_id, vote_id)
    if visit.receipt is None:
        return go(".start", **visit.place)
    return render_template("levels/votes/receipt.html", **visit.frame(), form=BaseForm() if visit.by_code else None)


@blueprint.post(ONE + "/klar")
@access(PUBLIC)
def finish(dialogue_id: int, vote_id: int) -> Response:
    """Forget the code in this browser, for the next person at a shared computer."""
    visit = Visit(dialogue_id, vote_id)
    visit.let_go()
    flash(_("This browser no longer knows your code."), "good")
    return go(".start", **visit.place)


def _needs_code(visit: Visit, token: str = "") -> bool:
    """A code opens one ballot: after it is cast, only the very same ballot may come again without the code."""
    row, cast_token = visit.kept
    return visit.by_code and (not row or not visit.entries or (bool(cast_token) and cast_token != token))


def _form(visit: Visit) -> forms.BallotForm:
    return forms.ballot_form(visit.vote, visit.words, declares=visit.declares)


def _code_page(visit: Visit, form: forms.CodeForm) -> str:
    """Asks for the code where the vote takes ballots; else says why it does not. Raises Refusal."""
    refused = visit.refused
    if refused is not None and refused.code not in ("code", "paper"):
        raise Refusal(Do.CAST, refused)
    return render_template("levels/votes/code.html", **visit.frame(), form=form)


def _ballot_page(visit: Visit, form: forms.BallotForm) -> str:
    return render_template("levels/votes/ballot.html", **visit.frame(), form=form)


def _check_page(visit: Visit, form: forms.BallotForm) -> str:
    names = visit.options
    return render_template(
        "levels/votes/check.html", **visit.frame(), form=form, chosen=[names[one] for one in form.chosen()]
    )
