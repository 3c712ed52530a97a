"""Following a project, joining it, and leaving it."""

from __future__ import annotations

from flask import flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.forms import BaseForm
from app.levels.influence.projects import service
from app.levels.influence.projects.forms import JoinForm
from app.levels.influence.projects.routes.visit import ONE, Visit, blueprint, count_try
from app.levels.influence.projects.rules import Do
from app.levels.influence.projects.service import AlreadyIn
from app.permissions import require
from app.web import SIGNED_IN, access, actor, go

Answer = str | tuple[str, int] | Response


@blueprint.post(ONE + "/folj")
@access(SIGNED_IN)
def follow(dialogue_id: int, project_id: int) -> Response:
    visit = Visit(dialogue_id, project_id)
    service.follow(actor(), visit.project)
    flash(_("You follow the project now. You get an e-mail when there is news of it."), "good")
    return go(".show", _anchor="folj", **visit.place)


@blueprint.post(ONE + "/sluta-folja")
@access(SIGNED_IN)
def unfollow(dialogue_id: int, project_id: int) -> Response:
    visit = Visit(dialogue_id, project_id)
    service.unfollow(actor(), visit.project)
    flash(_("You do not follow the project any more, and get no more e-mails about it."), "good")
    return go(".show", _anchor="folj", **visit.place)


@blueprint.get(ONE + "/ga-med")
@access(SIGNED_IN)
def join(dialogue_id: int, project_id: int) -> Answer:
    """What it means to be in it, and what others are to see of one."""
    visit = Visit(dialogue_id, project_id)
    require(actor(), Do.JOIN, visit.project)
    return _join_page(visit, JoinForm(data={"name": actor().name}))


@blueprint.post(ONE + "/ga-med")
@access(SIGNED_IN)
def send_join(dialogue_id: int, project_id: int) -> Answer:
    count_try()
    visit, form = Visit(dialogue_id, project_id), JoinForm()
    if not visit.me:  # pressed twice, it leads to what came of the first time
        require(actor(), Do.JOIN, visit.project)
        if not form.validate_on_submit():
            return _join_page(visit, form)
        _join(visit, form)
    return go(".show", _anchor="folj", **visit.place)


@blueprint.route(ONE + "/lamna", methods=["GET", "POST"])
@access(SIGNED_IN)
def leave(dialogue_id: int, project_id: int) -> Answer:
    """Ask first, then leave, or take back that one asked."""
    visit = Visit(dialogue_id, project_id)
    require(actor(), Do.LEAVE, visit.project)
    form = BaseForm()
    if form.validate_on_submit():
        service.leave(actor(), visit.project)
        flash(_("You have left the project."), "good")
        return go(".show", **visit.place)
    return render_template("levels/projects/leave.html", form=form, **visit.frame())


def _join(visit: Visit, form: JoinForm) -> None:
    try:
        me = service.join(actor(), visit.project, form.name.data or "", form.message.data or "")
    except AlreadyIn:
        flash(_("You have asked to join this project already."))
        return
    if me.is_in:
        flash(_("You are a member of the project now. Welcome!"), "good")
    else:
        flash(_("Thank you. You get an e-mail when those who lead the project have answered."), "good")


def _join_page(visit: Visit, form: JoinForm) -> Answer:
    page = render_template("levels/projects/join.html", form=form, **visit.frame())
    return page, 422 if form.errors else 200
