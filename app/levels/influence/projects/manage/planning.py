"""Tasks as officials plan them: in whose hands they are, by when, and how far they have come."""

from __future__ import annotations

from flask import flash
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.dialogues.manage.saving import saved, version_of
from app.i18n import lazy as _l
from app.levels.influence.projects import queries, service
from app.levels.influence.projects.forms import PlanForm
from app.levels.influence.projects.manage.door import blueprint, page, visited
from app.levels.influence.projects.models import Progress, Project, Task
from app.levels.influence.projects.rules import Do
from app.levels.influence.projects.service import Taken
from app.permissions import require
from app.web import STAFF, access, actor, found, go

Answer = str | tuple[str, int] | Response


@blueprint.route("/<int:project_id>/uppgifter/ny", methods=["GET", "POST"])
@access(STAFF)
def plan_task(dialogue_id: int, project_id: int) -> Answer:
    row, dialogue = visited(dialogue_id, project_id, Do.PLAN)
    form = PlanForm(queries.all_members(row.id), None)
    if form.validate_on_submit() and _planned(row, form):
        flash(_("The task is planned."), "good")
        return go(".project", dialogue_id=dialogue_id, project_id=project_id)
    return page("levels/projects/desk_task.html", dialogue, row, form, task=None)


@blueprint.route("/<int:project_id>/uppgifter/<int:task_id>", methods=["GET", "POST"])
@access(STAFF)
def change_task(dialogue_id: int, project_id: int, task_id: int) -> Answer:
    row, dialogue = visited(dialogue_id, project_id, Do.PLAN)
    task: Task = found(queries.task_in(row, task_id))
    require(actor(), Do.READ_TASK, task)
    form = PlanForm(queries.all_members(row.id), task)
    status = _changed(task, form) if form.validate_on_submit() else 200
    if status == 303:
        flash(_("The task is saved."), "good")
        return go(".project", dialogue_id=dialogue_id, project_id=project_id)
    return page(
        "levels/projects/desk_task.html",
        dialogue,
        row,
        form,
        task=task,
        address=queries.address_of(row),
        overtaken=status == 409,
    )


def _planned(row: Project, form: PlanForm) -> bool:
    try:
        service.plan_task(actor(), row, form.words(), form.hands(), *_how_far(form))
    except Taken:
        return _refused(form)
    return True


def _changed(task: Task, form: PlanForm) -> int:
    """303 where it was saved; 409 where somebody was before; 422 where its owner has left meanwhile."""
    plan = (form.words(), form.hands(), *_how_far(form))
    try:
        return saved(form, lambda: service.change_plan(actor(), task, *plan, version_of(form)), task)
    except Taken:
        _refused(form)
        return 422


def _how_far(form: PlanForm) -> tuple[Progress, int]:
    return Progress(form.progress.data), form.percent.data or 0


def _refused(form: PlanForm) -> bool:
    form.refuse(form.whose, _l("The one whom you chose has just left the project. Choose again."))
    return False
