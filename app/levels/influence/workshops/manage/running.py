"""Planning a workshop, moving it from step to step, closing it."""

from __future__ import annotations

from flask import flash, render_template
from flask_babel import gettext as _

from app.dialogues.forms import ButtonForm
from app.dialogues.manage.saving import saved, status_of, version_of, visited
from app.levels.influence.workshops import queries, service
from app.levels.influence.workshops.forms import WorkshopForm
from app.levels.influence.workshops.manage.desk import ONE, Answer, Desk, blueprint
from app.levels.influence.workshops.models import STEP_NAMES, Step
from app.levels.influence.workshops.rules import Do
from app.permissions import refusal, require
from app.web import STAFF, access, actor, go


@blueprint.get("")
@access(STAFF)
def index(dialogue_id: int) -> str:
    dialogue = visited(dialogue_id)
    return render_template(
        "levels/workshops/desk_index.html",
        dialogue=dialogue,
        workshops=queries.in_dialogue(dialogue_id),
        names=STEP_NAMES,
        refused=refusal(actor(), Do.START, dialogue),
    )


@blueprint.route("/ny", methods=["GET", "POST"])
@access(STAFF)
def start(dialogue_id: int) -> Answer:
    dialogue = visited(dialogue_id)
    require(actor(), Do.START, dialogue)
    form = WorkshopForm()
    if form.validate_on_submit():
        row = service.start(actor(), dialogue, form.facts())
        return go(".workshop", dialogue_id=dialogue_id, workshop_id=row.id)
    page = render_template("levels/workshops/desk_write.html", dialogue=dialogue, workshop=None, form=form)
    return page, status_of(form)


@blueprint.get(ONE)
@access(STAFF)
def workshop(dialogue_id: int, workshop_id: int) -> Answer:
    """A workshop with everything that can be done to it."""
    return Desk(dialogue_id, workshop_id).page("levels/workshops/desk_workshop.html", ButtonForm(), is_home=True)


@blueprint.route(ONE + "/om", methods=["GET", "POST"])
@access(STAFF)
def change(dialogue_id: int, workshop_id: int) -> Answer:
    desk = Desk(dialogue_id, workshop_id, Do.CHANGE)
    form = WorkshopForm(obj=desk.row)
    status = None
    if form.validate_on_submit():
        save = lambda: service.change(actor(), desk.row, form.facts(), version_of(form))  # noqa: E731
        status = saved(form, save, desk.row)
        if status == 303:
            flash(_("The workshop is saved."), "good")
            return go(".workshop", **desk.place)
    return desk.page("levels/workshops/desk_write.html", form, status, overtaken=status == 409)


@blueprint.route(ONE + "/steg/<any(critique, vision, action):step>", methods=["GET", "POST"])
@access(STAFF)
def move(dialogue_id: int, workshop_id: int, step: str) -> Answer:
    """Ask first, because everyone who took part is told."""
    desk, form, to = Desk(dialogue_id, workshop_id, Do.MOVE), ButtonForm(), Step(step)
    if form.validate_on_submit():
        if service.move(actor(), desk.row, to):
            flash(_("The workshop is now at this step. Those who have taken part are told by e-mail."), "good")
        return go(".workshop", **desk.place)
    return desk.page("levels/workshops/desk_move.html", form, to=to)


@blueprint.route(ONE + "/stang", methods=["GET", "POST"])
@access(STAFF)
def close(dialogue_id: int, workshop_id: int) -> Answer:
    desk, form = Desk(dialogue_id, workshop_id, Do.CLOSE), ButtonForm()
    if form.validate_on_submit():
        service.close(actor(), desk.row)
        flash(_("The workshop is closed. Those who took part are told by e-mail what came of it."), "good")
        return go(".workshop", **desk.place)
    return desk.page("levels/workshops/desk_close.html", form)


@blueprint.route(ONE + "/bort", methods=["GET", "POST"])
@access(STAFF)
def withdraw(dialogue_id: int, workshop_id: int) -> Answer:
    desk, form = Desk(dialogue_id, workshop_id, Do.WITHDRAW), ButtonForm()
    if form.validate_on_submit():
        service.withdraw(actor(), desk.row)
        flash(_("The workshop is taken away."), "good")
        return go(".index", dialogue_id=dialogue_id)
    return desk.page("levels/workshops/desk_withdraw.html", form)
