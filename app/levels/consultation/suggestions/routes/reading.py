"""Reading suggestions and supporting them. Reading leaves no cookie; a button stands on a page of its own."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import abort, flash, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from app import clock, limits
from app.contributions.models import Contribution
from app.levels.consultation.suggestions import queries, service
from app.levels.consultation.suggestions.core import headlines, matters
from app.levels.consultation.suggestions.forms import NoForm
from app.levels.consultation.suggestions.models import STATUS_NAMES, Suggestion
from app.levels.consultation.suggestions.queries import Filter
from app.levels.consultation.suggestions.routes.visit import (
    Visit,
    blueprint,
    both,
    browser_key,
    file_of,
    known_browser_key,
)
from app.levels.consultation.suggestions.rules import Do
from app.moderation import queries as moderation
from app.permissions import can, refusal, require
from app.supports import queries as supports
from app.supports.service import SUPPORTS
from app.web import PUBLIC, access, actor, client

Answer = str | tuple[str, int] | Response
MOST_SUPPORTED = "stod"  # ?ordning=


blueprint.record(lambda setup: setup.app.jinja_env.globals.update(box_name=matters.BOX_NAME))
blueprint.add_app_template_global(file_of, "file_of")
blueprint.add_app_template_global(clock.today, "today")


class Head(NamedTuple):
    """The heading of a suggestion: plain, and marked with its language; and what is left to read below it."""

    text: str
    marked: Markup
    rest: str
    lead: Markup | str  # the beginning of the rest, for lists


@blueprint.app_template_global()
def headline(row: Contribution) -> Head:
    """What stands above a suggestion, and below that."""
    head, rest = headlines.split(row.text or "")
    lead = "" if head.endswith("…") else headlines.beginning(rest)
    return Head(head, _marked(row, head), rest, _marked(row, lead) if lead else "")


def _marked(row: Contribution, text: str) -> Markup:
    return Markup('<bdi lang="{}" dir="auto">{}</bdi>').format(row.spoken_in.tag, text)


@blueprint.app_template_global()
def matter_of(case: Suggestion) -> matters.Matter:
    return matters.matter(case.matter)


@both("")
@access(PUBLIC)
def index(dialogue_id: int | None) -> Answer:
    """What has been suggested, what the municipality has answered, and the way to a suggestion of one's own."""
    if dialogue_id is None and queries.box_in(None) is None:
        return render_template("levels/suggestions/not_here.html"), 404
    visit, wanted = Visit(dialogue_id), _wanted()
    return render_template(
        "levels/suggestions/index.html",
        page=queries.listed(visit.box, wanted, request.args.get("fran", "")),
        wanted=wanted,
        asked=_asked(wanted),
        matters=matters.matters(),
        localities=matters.localities(),
        statuses=STATUS_NAMES,
        reason=refusal(actor(), Do.SEND, visit.box),
        **visit.frame(),
    )


@both("/<int:suggestion_id>")
@access(PUBLIC)
def show(dialogue_id: int | None, suggestion_id: int) -> Answer:
    """One suggestion with its answer and its way so far."""
    visit = Visit(dialogue_id)
    row, case = visit.suggestion(suggestion_id)
    if not can(actor(), Do.READ_SUGGESTION, row):
        return _hidden(visit, row)
    mine = supports.given_by([row.id], person_id=actor().person_id, form_key=known_browser_key())
    return render_template(
        "levels/suggestions/show.html",
        row=row,
        case=case,
        steps=queries.steps(row.id),
        pictures=queries.pictures(row.id),
        supporters=supports.count(row.id),
        supported=row.id in mine,
        no_support=refusal(actor(), Do.SUPPORT, row),
        sees_case=can(actor(), Do.SEE_CASE, row),
        **visit.frame(),
    )


@both("/<int:suggestion_id>/stod", methods=["GET", "POST"])
@access(PUBLIC)
def support(dialogue_id: int | None, suggestion_id: int) -> Answer:
    """Support it, or take the support back: a page with a button, whichever fits."""
    if request.method == "POST" and not actor().is_signed_in:
        limits.spend(SUPPORTS, client())
    visit = Visit(dialogue_id)
    row, _case = visit.suggestion(suggestion_id)
    if not can(actor(), Do.READ_SUGGESTION, row):
        abort(404)
    require(actor(), Do.SUPPORT, row)
    form, mine = NoForm(), _supported(row)
    if form.validate_on_submit():
        _give_or_take(row)
        return Response(status=303, headers={"Location": visit.to("show", suggestion_id=row.id)})
    return render_template("levels/suggestions/support.html", form=form, row=row, supported=mine, **visit.frame())


def _give_or_take(row: Contribution) -> None:
    """The button says what it does, so that pressing it twice does not undo it."""
    key = None if actor().is_signed_in else browser_key()
    if "take_back" in request.form:
        service.take_back(actor(), row, key)
        flash(_("Your support is taken back."), "good")
    else:
        service.support(actor(), row, key)
        flash(_("Thank you. You support this suggestion."), "good")


def _supported(row: Contribution) -> bool:
    key = None if actor().is_signed_in else browser_key()
    return row.id in supports.given_by([row.id], person_id=actor().person_id, form_key=key)


def _hidden(visit: Visit, row: Contribution) -> Answer:
    """What was public says that it is no longer, and why; what never was is not there."""
    if not row.is_hidden or row.shown_at is None:
        abort(404)
    why = moderation.hidden_because([row.review_id]).get(row.review_id)
    return render_template("levels/suggestions/hidden.html", why=why, **visit.frame()), 410


def _wanted() -> Filter:
    """What the address asks for; words that name nothing ask for everything."""
    said = request.args
    known: dict[str, set[str]] = {
        "amne": {one.key for one in matters.matters()},
        "status": set(map(str, STATUS_NAMES)),
        "ort": set(matters.localities()),
    }
    chosen = {name: said.get(name, "") if said.get(name, "") in values else "" for name, values in known.items()}
    return Filter(
        matter=chosen["amne"],
        status=chosen["status"],
        locality=chosen["ort"],
        words=said.get("q", "")[:200].strip(),
        by_support=said.get("ordning") == MOST_SUPPORTED,
    )


def _asked(wanted: Filter) -> dict[str, Any]:
    """The same as an address has it, for the next page."""
    order = MOST_SUPPORTED if wanted.by_support else ""
    said = {"amne": wanted.matter, "status": wanted.status, "ort": wanted.locality, "q": wanted.words, "ordning": order}
    return {name: value for name, value in said.items() if value}
