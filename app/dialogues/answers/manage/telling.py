"""Pages of the log: how many have been told what, how, and who could not be reached."""

from __future__ import annotations

from flask import flash
from flask_babel import gettext as _

from app.dialogues import queries as dialogues
from app.dialogues.answers import queries, service
from app.dialogues.answers.forms import BounceForm, StrikeForm, ToldForm
from app.dialogues.answers.manage.desk import HERE, Answer, Desk, Do, blueprint
from app.dialogues.answers.models import Arrival
from app.dialogues.answers.wording import ABOUT_NAMES, WAY_NAMES, told_words
from app.dialogues.manage.saving import saved
from app.web import STAFF, access, actor, found, go


@blueprint.route(HERE + "/utskick", methods=["GET", "POST"])
@access(STAFF)
def log(dialogue_id: int) -> Answer:
    """The counts, what officials have noted, and a form for another note."""
    desk, form, status = Desk(dialogue_id, Do.NOTE_TOLD), ToldForm(), None
    told = queries.tallies(dialogue_id)
    form.offer(list(told))
    if form.validate_on_submit():
        given = {name: form[name].data for name in ("about", "way", "count", "note")}
        status = saved(form, lambda: service.note_told(actor(), desk.dialogue, **given))
        if status == 303:
            flash(_("It is noted."), "good")
            return go(".log", dialogue_id=dialogue_id)
    return desk.page(
        "dialogues/answers/log.html",
        form,
        status,
        told=told,
        noted=queries.told_otherwise(dialogue_id),
        came_in=queries.came_in(dialogues.cards_of(dialogue_id)),
        arrivals=Arrival,
        about_names=ABOUT_NAMES,
        way_names=WAY_NAMES,
        told_words=told_words,
    )


@blueprint.route(HERE + "/utskick/studsat", methods=["GET", "POST"])
@access(STAFF)
def bounced(dialogue_id: int) -> Answer:
    """A mail came back to somebody's own inbox: note it."""
    desk, form, status = Desk(dialogue_id, Do.NOTE_TOLD), BounceForm(), None
    form.offer(list(queries.tallies(dialogue_id)))
    if form.validate_on_submit():
        given = {"about": form.about.data, "address": form.address.data}
        status = saved(form, lambda: service.note_bounce(actor(), desk.dialogue, **given))
        if status == 303:
            flash(_("It is noted that the mail came back."), "good")
            return go(".log", dialogue_id=dialogue_id)
    return desk.page("dialogues/answers/bounced.html", form, status)


@blueprint.route(HERE + "/utskick/<int:told_id>/stryk", methods=["GET", "POST"])
@access(STAFF)
def strike(dialogue_id: int, told_id: int) -> Answer:
    """A note was a mistake: it stays, struck out, with the reason."""
    desk, form, status = Desk(dialogue_id, Do.NOTE_TOLD), StrikeForm(), None
    row = found(queries.noted(told_id, dialogue_id))
    if form.validate_on_submit():
        status = saved(form, lambda: service.strike(actor(), desk.dialogue, row, form.why.data or ""))
        if status in (303, 409):
            return go(".log", dialogue_id=dialogue_id)
    return desk.page("dialogues/answers/strike.html", form, status, row=row, way_names=WAY_NAMES)
