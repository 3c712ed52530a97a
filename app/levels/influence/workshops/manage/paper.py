"""Notes from paper and from meetings: written in by staff, looked at, saved. Nothing is lost on the way."""

from __future__ import annotations

from flask import flash, request
from flask_babel import ngettext

from app.contributions.service import AlreadySent
from app.levels.influence.workshops import queries, service
from app.levels.influence.workshops.forms import NotesForm
from app.levels.influence.workshops.manage.desk import ONE, Answer, Desk, blueprint
from app.levels.influence.workshops.rules import Do
from app.web import STAFF, access, actor, go


@blueprint.route(ONE + "/papper", methods=["GET", "POST"])
@access(STAFF)
def notes(dialogue_id: int, workshop_id: int) -> Answer:
    """Write them in, look at them, go back to change them, save them: one address, so that nothing is lost."""
    desk = Desk(dialogue_id, workshop_id, Do.REGISTER)
    form = NotesForm(desk.row, queries.themes(desk.row.id))
    if not form.validate_on_submit():
        return desk.page("levels/workshops/desk_notes.html", form)
    if request.form.get("act") == "change":
        return desk.page("levels/workshops/desk_notes.html", form)
    if request.form.get("act") != "save":
        return desk.page("levels/workshops/desk_notes_check.html", form, lines=form.lines(), twice=form.twice())
    return _saved(desk, form)


def _saved(desk: Desk, form: NotesForm) -> Answer:
    place = desk.place
    try:
        number = len(service.register_notes(actor(), desk.row, form.whole()))
        flash(ngettext("%(num)s note is on the board.", "%(num)s notes are on the board.", number), "good")
    except AlreadySent:
        if not service.are_saved(desk.row, form.whole()):
            form.begin_again()
            return desk.page("levels/workshops/desk_notes.html", form)
        number = len(form.lines())
        flash(ngettext("This note was saved before.", "These %(num)s notes were saved before.", number), "info")
    return go(".workshop", **place)
