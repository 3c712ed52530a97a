"""Writing: a card, a change of one's own, taking it away; and dots. Each POST ends in a redirect to the board."""

from __future__ import annotations

from flask import flash, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app import limits
from app.contributions import queries as contributions
from app.contributions.service import AlreadySent
from app.forms import BaseForm
from app.levels.influence.workshops import queries, service
from app.levels.influence.workshops.forms import CardForm
from app.levels.influence.workshops.routes.reading import shown
from app.levels.influence.workshops.routes.visit import ONE, WORDS, Visit, blueprint
from app.levels.influence.workshops.rules import Do
from app.levels.influence.workshops.service import NoDotLeft
from app.limits import Limit
from app.permissions import require
from app.web import PUBLIC, SIGNED_IN, access, actor, client, found, go

Answer = str | tuple[str, int] | Response


@blueprint.post(ONE)
@access(PUBLIC)
def add(dialogue_id: int, workshop_id: int) -> Answer:
    """A card of one's own, from the form above the board."""
    _count_try(service.CARDS)
    visit, form = Visit(dialogue_id, workshop_id), CardForm()
    require(actor(), Do.ADD_CARD, visit.workshop)
    if not form.validate_on_submit():
        return shown(visit, WORDS[visit.now], form), 422
    return _written(visit, form)


@blueprint.route(ONE + "/kort/<int:card_id>/andra", methods=["GET", "POST"])
@access(SIGNED_IN)
def change(dialogue_id: int, workshop_id: int, card_id: int) -> Answer:
    """Write one's own card anew, for half an hour."""
    visit = Visit(dialogue_id, workshop_id)
    row, _place = visit.card(card_id)
    require(actor(), Do.CHANGE_CARD, row)
    form = CardForm(obj=row)
    if form.validate_on_submit():
        service.change_card(actor(), row, form.text.data or "", form.language.data)
        flash(_("Your card is changed."), "good")
        return go(".card", card_id=row.id, **visit.place)
    page = render_template("levels/workshops/change.html", form=form, row=row, **visit.frame())
    return page, 422 if form.errors else 200


@blueprint.route(ONE + "/kort/<int:card_id>/ta-bort", methods=["GET", "POST"])
@access(SIGNED_IN)
def remove(dialogue_id: int, workshop_id: int, card_id: int) -> Answer:
    """Ask first, then take one's own card away."""
    visit = Visit(dialogue_id, workshop_id)
    row, place = visit.card(card_id)
    require(actor(), Do.REMOVE_CARD, row)
    form = BaseForm()
    if form.validate_on_submit():
        service.remove_card(actor(), row)
        flash(_("Your card is taken away."), "good")
        return go(".board", step=WORDS[place.step.step], **visit.place)  # type: ignore[index]
    return render_template("levels/workshops/remove.html", form=form, row=row, **visit.frame())


@blueprint.post(ONE + "/kort/<int:card_id>/prick")
@access(SIGNED_IN)
def give_dot(dialogue_id: int, workshop_id: int, card_id: int) -> Response:
    """Put a dot on a card; back to the page where the button was."""
    _count_try(service.DOTS)
    visit = Visit(dialogue_id, workshop_id)
    row, place = visit.card(card_id)
    try:
        if service.give_dot(actor(), row, _layer()):
            flash(_("Your dot is on the card. %(left)s", left=_left(visit, place.step_id)), "good")
    except NoDotLeft:
        flash(_("You have no dots left in this step. Take one back from another card first."), "bad")
    return _back(visit, card_id)


@blueprint.post(ONE + "/kort/<int:card_id>/prick/tillbaka")
@access(SIGNED_IN)
def take_dot(dialogue_id: int, workshop_id: int, card_id: int) -> Response:
    """Take one's dot back from a card, also from one that is not shown any more."""
    _count_try(service.DOTS)
    visit = Visit(dialogue_id, workshop_id)
    row, place = found(queries.card_in(visit.workshop.id, card_id))
    if service.take_dot(actor(), row, _layer()):
        flash(_("Your dot is taken back. %(left)s", left=_left(visit, place.step_id)), "good")
    return _back(visit, card_id)


def _layer() -> int:
    """Which of one's dots on the card the button is about; 0 for what is no number."""
    said = request.form.get("layer", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 3 else 0


def _left(visit: Visit, step_id: int) -> str:
    left = visit.workshop.dots - len(queries.dots_of(step_id, actor().person_id))
    return ngettext("You have %(num)s dot left.", "You have %(num)s dots left.", left)


def _back(visit: Visit, card_id: int) -> Response:
    if request.args.get("fran_sida") == "prickar":
        return go(".my_dots", **visit.place)
    return go(".board", step=WORDS[visit.now], _anchor=f"kort-{card_id}", **visit.page, **visit.place)


def _count_try(limit: Limit) -> None:
    """Before anything is read: see `limits.spend`."""
    who = actor()
    limits.spend(limit, f"person {who.person_id}" if who.is_signed_in else client())


def _written(visit: Visit, form: CardForm) -> Response:
    """Take it in. Sent twice, it leads to what came of the first time."""
    who = actor()
    try:
        row = service.add_card(who, visit.workshop, form.draft(who.name))
        if row.is_waiting:
            flash(_("Thank you. Your card is shown to others when a moderator has read it."), "good")
        else:
            flash(_("Thank you. Your card is on the board."), "good")
    except AlreadySent:
        visit = Visit(visit.here["dialogue_id"], visit.place["workshop_id"])
        row = found(contributions.by_form(visit.steps[visit.now].id, form.key.data or ""))
    return go(".card", card_id=row.id, **visit.place)
