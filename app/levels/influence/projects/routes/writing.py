"""Status texts: written, changed and taken away by their authors. Each POST ends in a redirect to the text."""

from __future__ import annotations

from flask import flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.contributions import queries as contributions
from app.contributions.models import Contribution
from app.contributions.service import AlreadySent
from app.forms import BaseForm
from app.levels.influence.projects import service
from app.levels.influence.projects.forms import StatusForm
from app.levels.influence.projects.routes.reading import news_page
from app.levels.influence.projects.routes.visit import ONE, Visit, blueprint, count_try
from app.levels.influence.projects.rules import Do
from app.permissions import require
from app.web import PUBLIC, SIGNED_IN, access, actor, found, go

Answer = str | tuple[str, int] | Response


@blueprint.post(ONE + "/nytt")
@access(PUBLIC)
def write(dialogue_id: int, project_id: int) -> Answer:
    """News, from the form above the others."""
    count_try()
    visit, form = Visit(dialogue_id, project_id), StatusForm()
    require(actor(), Do.WRITE_STATUS, visit.project)
    if not form.validate_on_submit():
        return news_page(visit, form), 422
    return _written(visit, form)


@blueprint.route(ONE + "/nytt/<int:status_id>/andra", methods=["GET", "POST"])
@access(SIGNED_IN)
def change_status(dialogue_id: int, project_id: int, status_id: int) -> Answer:
    """Write one's own anew, for half an hour."""
    visit = Visit(dialogue_id, project_id)
    row = visit.status(status_id)
    require(actor(), Do.CHANGE_STATUS, row)
    form = StatusForm(obj=row)
    if form.validate_on_submit():
        service.change_status(actor(), visit.project, row, form.text.data or "", form.language.data)
        flash(_("Your status text is changed."), "good")
        return _to(visit, row)
    return _page(visit, "levels/projects/status_change.html", form, row), 422 if form.errors else 200


@blueprint.route(ONE + "/nytt/<int:status_id>/ta-bort", methods=["GET", "POST"])
@access(SIGNED_IN)
def remove_status(dialogue_id: int, project_id: int, status_id: int) -> Answer:
    """Ask first, then take one's own away."""
    visit = Visit(dialogue_id, project_id)
    row = visit.status(status_id)
    require(actor(), Do.REMOVE_STATUS, row)
    form = BaseForm()
    if form.validate_on_submit():
        service.remove_status(actor(), visit.project, row)
        flash(_("Your status text is taken away."), "good")
        return _to(visit, row)
    return _page(visit, "levels/projects/status_remove.html", form, row)


def _written(visit: Visit, form: StatusForm) -> Response:
    """Take it in, by the name that its author has in the project. Sent twice, it leads to what came of the first."""
    who = actor()
    name = visit.me.name if visit.me is not None and visit.me.is_in else who.name
    try:
        row = service.write_status(who, visit.project, form.draft(name))
    except AlreadySent:
        visit = Visit(visit.dialogue.id, visit.place["project_id"])
        return _to(visit, found(contributions.by_form(visit.project.id, form.key.data or "")))
    if row.is_waiting:
        flash(_("Thank you. Your status text is shown to others when a moderator has read it."), "good")
    else:
        flash(_("Thank you. Your status text is shown, and followers get it by e-mail."), "good")
    return _to(visit, row)


def _to(visit: Visit, row: Contribution) -> Response:
    return go(".status", status_id=row.id, **visit.place)


def _page(visit: Visit, template: str, form: BaseForm, row: Contribution) -> str:
    return render_template(template, form=form, row=row, **visit.frame())
