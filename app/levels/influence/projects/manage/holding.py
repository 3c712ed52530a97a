"""Goal and frame, milestones, and the end."""

from __future__ import annotations

from datetime import date

from flask import flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import clock
from app.dialogues.forms import ButtonForm
from app.dialogues.manage.saving import saved, version_of
from app.dialogues.manage.saving import visited as dialogue_visited
from app.levels.influence.projects import queries, service
from app.levels.influence.projects.forms import PROGRESS_NAMES, EndForm, MilestoneForm, ProjectForm
from app.levels.influence.projects.manage.door import blueprint, page, visited
from app.levels.influence.projects.queries import Place
from app.levels.influence.projects.rules import Do
from app.permissions import can, refusal, require
from app.web import STAFF, access, actor, found, go

Answer = str | tuple[str, int] | Response


@blueprint.get("")
@access(STAFF)
def index(dialogue_id: int) -> str:
    dialogue = dialogue_visited(dialogue_id)
    return render_template(
        "levels/projects/desk_index.html",
        dialogue=dialogue,
        projects=queries.in_dialogue(dialogue_id),
        numbers=queries.numbers_of(dialogue_id),
        refused=refusal(actor(), Do.START, dialogue),
    )


@blueprint.route("/nytt", methods=["GET", "POST"])
@access(STAFF)
def start(dialogue_id: int) -> Answer:
    dialogue = dialogue_visited(dialogue_id)
    require(actor(), Do.START, dialogue)
    form = ProjectForm()
    if form.validate_on_submit():
        row = service.start(actor(), dialogue, form.facts())
        flash(_("The project is there. Plan its milestones and tasks now."), "good")
        return go(".project", dialogue_id=dialogue_id, project_id=row.id)
    return page("levels/projects/desk_write.html", dialogue, None, form)


@blueprint.get("/<int:project_id>")
@access(STAFF)
def project(dialogue_id: int, project_id: int) -> str:
    """A project with everything that can be done to it."""
    row, dialogue = visited(dialogue_id, project_id)
    return render_template(
        "levels/projects/desk_project.html",
        dialogue=dialogue,
        project=row,
        numbers=queries.numbers(row.id),
        milestones=queries.milestones(row.id),
        tasks=queries.page(row.id, actor(), Place.read(request.args.get("efter", ""))),
        asking=len(queries.waiting(row.id).asking),
        may={one.name.lower(): can(actor(), one, row) for one in (Do.CHANGE, Do.PLAN, Do.ADMIT, Do.END, Do.WITHDRAW)},
        address=queries.address_of(row),
        today=clock.local(clock.now()).date(),
        names=PROGRESS_NAMES,
    )


@blueprint.route("/<int:project_id>/om", methods=["GET", "POST"])
@access(STAFF)
def change(dialogue_id: int, project_id: int) -> Answer:
    row, dialogue = visited(dialogue_id, project_id, Do.CHANGE)
    form = ProjectForm(obj=row)
    if not form.validate_on_submit():
        return page("levels/projects/desk_write.html", dialogue, row, form)
    if saved(form, lambda: service.change(actor(), row, form.facts(), version_of(form)), row) == 409:
        return page("levels/projects/desk_write.html", dialogue, row, form, overtaken=True)
    flash(_("The project is saved."), "good")
    return go(".project", dialogue_id=dialogue_id, project_id=project_id)


@blueprint.route("/<int:project_id>/avsluta", methods=["GET", "POST"])
@access(STAFF)
def end(dialogue_id: int, project_id: int) -> Answer:
    row, dialogue = visited(dialogue_id, project_id, Do.END)
    form = EndForm(obj=row)
    if not form.validate_on_submit():
        return page("levels/projects/desk_end.html", dialogue, row, form)
    if saved(form, lambda: service.end(actor(), row, form.conclusion.data or "", version_of(form)), row) == 409:
        return page("levels/projects/desk_end.html", dialogue, row, form, overtaken=True)
    flash(_("The project has ended. Its followers are told by e-mail."), "good")
    return go(".project", dialogue_id=dialogue_id, project_id=project_id)


@blueprint.route("/<int:project_id>/bort", methods=["GET", "POST"])
@access(STAFF)
def withdraw(dialogue_id: int, project_id: int) -> Answer:
    row, dialogue = visited(dialogue_id, project_id, Do.WITHDRAW)
    form = ButtonForm()
    if form.validate_on_submit():
        service.withdraw(actor(), row)
        flash(_("The project is taken away."), "good")
        return go(".index", dialogue_id=dialogue_id)
    return page("levels/projects/desk_withdraw.html", dialogue, row, form)


@blueprint.route("/<int:project_id>/delmal/nytt", methods=["GET", "POST"])
@access(STAFF)
def plan_milestone(dialogue_id: int, project_id: int) -> Answer:
    row, dialogue = visited(dialogue_id, project_id, Do.PLAN)
    form = MilestoneForm()
    if form.validate_on_submit():
        service.plan_milestone(actor(), row, *_milestone(form))
        flash(_("The milestone is planned."), "good")
        return go(".project", dialogue_id=dialogue_id, project_id=project_id)
    return page("levels/projects/desk_milestone.html", dialogue, row, form, milestone=None)


@blueprint.route("/<int:project_id>/delmal/<int:milestone_id>", methods=["GET", "POST"])
@access(STAFF)
def change_milestone(dialogue_id: int, project_id: int, milestone_id: int) -> Answer:
    row, dialogue = visited(dialogue_id, project_id, Do.PLAN)
    one = found(queries.milestone_in(row, milestone_id))
    form = MilestoneForm(obj=one)
    if not form.validate_on_submit():
        return page("levels/projects/desk_milestone.html", dialogue, row, form, milestone=one)
    save = lambda: service.change_milestone(actor(), row, one, *_milestone(form), version_of(form))  # noqa: E731
    if saved(form, save, one) == 409:
        return page("levels/projects/desk_milestone.html", dialogue, row, form, milestone=one, overtaken=True)
    flash(_("The milestone is saved."), "good")
    return go(".project", dialogue_id=dialogue_id, project_id=project_id)


@blueprint.post("/<int:project_id>/delmal/<int:milestone_id>/natt")
@access(STAFF)
def reach_milestone(dialogue_id: int, project_id: int, milestone_id: int) -> Response:
    row, _dialogue = visited(dialogue_id, project_id, Do.PLAN)
    service.reach_milestone(actor(), row, found(queries.milestone_in(row, milestone_id)))
    flash(_("The milestone is reached. The followers are told by e-mail."), "good")
    return go(".project", dialogue_id=dialogue_id, project_id=project_id)


@blueprint.post("/<int:project_id>/delmal/<int:milestone_id>/bort")
@access(STAFF)
def remove_milestone(dialogue_id: int, project_id: int, milestone_id: int) -> Response:
    row, _dialogue = visited(dialogue_id, project_id, Do.PLAN)
    service.remove_milestone(actor(), row, found(queries.milestone_in(row, milestone_id)))
    flash(_("The milestone is taken away."), "good")
    return go(".project", dialogue_id=dialogue_id, project_id=project_id)


def _milestone(form: MilestoneForm) -> tuple[str, date]:
    return form.title.data or "", form.due_on.data or clock.local(clock.now()).date()
