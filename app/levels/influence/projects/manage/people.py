"""Who asks to join, who is in, and who has been invited."""

from __future__ import annotations

from flask import flash
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import queries as accounts
from app.levels.influence.projects import queries, service
from app.levels.influence.projects.forms import InviteForm, TakeOutForm
from app.levels.influence.projects.manage.door import blueprint, page, visited
from app.levels.influence.projects.rules import Do
from app.levels.influence.projects.service import Gone
from app.permissions import can
from app.web import STAFF, access, actor, found, go

Answer = str | tuple[str, int] | Response


@blueprint.route("/<int:project_id>/deltagare", methods=["GET", "POST"])
@access(STAFF)
def people(dialogue_id: int, project_id: int) -> Answer:
    """Those who ask and those who are in; the form invites somebody by e-mail."""
    row, dialogue = visited(dialogue_id, project_id, Do.SEE_PEOPLE)
    form = InviteForm()
    if form.validate_on_submit():
        service.invite(actor(), row, form.email.data or "")
        flash(_("The invitation is on its way by e-mail."), "good")
        return go(".people", dialogue_id=dialogue_id, project_id=project_id)
    asking, members = queries.waiting(row.id), queries.accounts_of(row.id)
    may = can(actor(), Do.ADMIT, row)
    return page("levels/projects/desk_people.html", dialogue, row, form, waiting=asking, members=members, may_admit=may)


@blueprint.post("/<int:project_id>/deltagare/<int:member_id>/ja")
@access(STAFF)
def admit(dialogue_id: int, project_id: int, member_id: int) -> Response:
    row, _dialogue = visited(dialogue_id, project_id, Do.ADMIT)
    try:
        service.admit(actor(), row, member_id)
        flash(_("They are a member now, and are told so by e-mail."), "good")
    except Gone:
        _tell_gone()
    return go(".people", dialogue_id=dialogue_id, project_id=project_id)


@blueprint.post("/<int:project_id>/deltagare/<int:member_id>/nej")
@access(STAFF)
def decline(dialogue_id: int, project_id: int, member_id: int) -> Response:
    row, _dialogue = visited(dialogue_id, project_id, Do.ADMIT)
    try:
        service.decline(actor(), row, member_id)
        flash(_("They are told by e-mail that there is no room for them in the project."), "good")
    except Gone:
        _tell_gone()
    return go(".people", dialogue_id=dialogue_id, project_id=project_id)


@blueprint.route("/<int:project_id>/deltagare/<int:member_id>/bort", methods=["GET", "POST"])
@access(STAFF)
def take_out(dialogue_id: int, project_id: int, member_id: int) -> Answer:
    row, dialogue = visited(dialogue_id, project_id, Do.ADMIT)
    member = found(queries.member(row.id, member_id))
    form = TakeOutForm()
    if form.validate_on_submit():
        try:
            service.remove(actor(), row, member_id, form.reason.data or "")
            flash(_("They are not in the project any more, and are told why by e-mail."), "good")
        except Gone:
            flash(_("They are not in the project: they have left it, or were never let in."))
        return go(".people", dialogue_id=dialogue_id, project_id=project_id)
    return page(
        "levels/projects/desk_take_out.html", dialogue, row, form, member=member, person=accounts.person(member_id)
    )


def _tell_gone() -> None:
    flash(_("They do not ask to join any more, or a colleague has answered them."))
