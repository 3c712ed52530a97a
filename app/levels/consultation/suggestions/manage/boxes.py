"""The box itself: opening it, changing its words, and taking in nothing for a while."""

from __future__ import annotations

from flask import flash, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.i18n import lazy as _l
from app.levels.consultation.suggestions import service
from app.levels.consultation.suggestions.forms import BoxForm, NoForm, ShutForm
from app.levels.consultation.suggestions.manage.door import Desk, both
from app.levels.consultation.suggestions.models import SuggestionBox
from app.levels.consultation.suggestions.rules import Do
from app.permissions import require
from app.web import STAFF, access, actor, found

Answer = tuple[str, int] | Response


@both("/ny", methods=["GET", "POST"])
@access(STAFF)
def open_box(dialogue_id: int | None) -> Answer:
    desk = Desk(dialogue_id)
    require(actor(), Do.OPEN_BOX, service.Place(dialogue_id))
    form = BoxForm()
    if form.validate_on_submit():
        try:
            service.open_box(actor(), service.Place(dialogue_id), form.title.data or "", form.lead.data or "")
        except service.AlreadyThere:
            form.refuse(form.title, _l("Somebody has opened it already."))
        else:
            flash(_("Suggestions can be sent in."), "good")
            return _to_inbox(desk)
    return desk.page("levels/suggestions/desk_box.html", form, box=None)


@both("/om", methods=["GET", "POST"])
@access(STAFF)
def change_box(dialogue_id: int | None) -> Answer:
    desk, box = _with_box(dialogue_id, Do.CHANGE_BOX)
    form = BoxForm(obj=box)
    if form.validate_on_submit():
        try:
            service.change_box(actor(), box, form.title.data or "", form.lead.data or "", form.version.data or 0)
        except service.Overtaken:
            form.version.data, form.version.raw_data = box.version, None
            return desk.page("levels/suggestions/desk_box.html", form, box=box, overtaken=True)[0], 409
        flash(_("The words are saved."), "good")
        return _to_inbox(desk)
    return desk.page("levels/suggestions/desk_box.html", form, box=box)


@both("/stang", methods=["GET", "POST"])
@access(STAFF)
def shut_box(dialogue_id: int | None) -> Answer:
    desk, box = _with_box(dialogue_id, Do.SHUT_BOX)
    form = ShutForm()
    if form.validate_on_submit():
        service.shut_box(actor(), box, form.reason.data or "")
        flash(_("No suggestions are taken in for now. Those that have come in are still read and answered."), "good")
        return _to_inbox(desk)
    return desk.page("levels/suggestions/desk_shut.html", form, box=box)


@both("/oppna", methods=["POST"])
@access(STAFF)
def open_again(dialogue_id: int | None) -> Answer:
    desk, box = _with_box(dialogue_id, Do.OPEN_AGAIN)
    if NoForm().validate_on_submit():
        service.open_again(actor(), box)
        flash(_("Suggestions can be sent in."), "good")
    return _to_inbox(desk)


def _with_box(dialogue_id: int | None, do: Do) -> tuple[Desk, SuggestionBox]:
    """Raises Refusal; 404 where there is no box yet."""
    desk = Desk(dialogue_id)
    box: SuggestionBox = found(desk.box)
    require(actor(), do, box)
    return desk, box


def _to_inbox(desk: Desk) -> Response:
    return Response(status=303, headers={"Location": url_for(desk.name("index"), **desk.here)})
