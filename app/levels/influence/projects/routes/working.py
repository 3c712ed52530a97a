"""Tasks in the hands of members: written, taken on, given back, brought along, changed and taken away."""

from __future__ import annotations

from flask import flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.dialogues.manage.saving import saved, version_of
from app.forms import BaseForm
from app.levels.influence.projects import service
from app.levels.influence.projects.forms import ProgressForm, TaskForm
from app.levels.influence.projects.models import Progress, Task
from app.levels.influence.projects.routes.reading import task_page
from app.levels.influence.projects.routes.visit import ONE, Visit, blueprint, count_try
from app.levels.influence.projects.rules import Do
from app.levels.influence.projects.service import Taken
from app.permissions import require
from app.web import SIGNED_IN, access, actor, go

Answer = str | tuple[str, int] | Response
TASK = ONE + "/uppgifter/<int:task_id>"


@blueprint.get(ONE + "/uppgifter/ny")
@access(SIGNED_IN)
def add(dialogue_id: int, project_id: int) -> Answer:
    """A task that a member thinks of."""
    visit = Visit(dialogue_id, project_id)
    require(actor(), Do.ADD_TASK, visit.project)
    return _write_page(visit, TaskForm(), None)


@blueprint.post(ONE + "/uppgifter/ny")
@access(SIGNED_IN)
def send_add(dialogue_id: int, project_id: int) -> Answer:
    count_try()
    visit, form = Visit(dialogue_id, project_id), TaskForm()
    require(actor(), Do.ADD_TASK, visit.project)
    if not form.validate_on_submit():
        return _write_page(visit, form, None)
    row = service.add_task(actor(), visit.project, form.words())
    if row.is_waiting:
        flash(_("Thank you. The task is shown to others when a moderator has read it."), "good")
    else:
        flash(_("The task stands in the project now. Take it on yourself, or leave it to others."), "good")
    return _to(visit, row)


@blueprint.post(TASK)
@access(SIGNED_IN)
def progress(dialogue_id: int, project_id: int, task_id: int) -> Answer:
    """How far it has come. Two at once: the second is told, and loses nothing."""
    visit = Visit(dialogue_id, project_id)
    row, form = visit.task(task_id), ProgressForm()
    require(actor(), Do.PROGRESS, row)
    status = _progressed(row, form) if form.validate_on_submit() else 422
    if status == 303:
        flash(_("It is saved how far the task has come."), "good")
        return _to(visit, row)
    return task_page(visit, row, form, overtaken=status == 409), status


@blueprint.post(TASK + "/ta")
@access(SIGNED_IN)
def claim(dialogue_id: int, project_id: int, task_id: int) -> Response:
    """Take it on: whoever is first has it, and others are told so."""
    visit = Visit(dialogue_id, project_id)
    row = visit.task(task_id)
    if row.owner_id != actor().person_id:
        _claimed(row)
    return _to(visit, row)


@blueprint.post(TASK + "/lamna-tillbaka")
@access(SIGNED_IN)
def release(dialogue_id: int, project_id: int, task_id: int) -> Response:
    visit = Visit(dialogue_id, project_id)
    row = visit.task(task_id)
    service.release(actor(), row)
    flash(_("The task is free for somebody else to take on."), "good")
    return _to(visit, row)


@blueprint.route(TASK + "/andra", methods=["GET", "POST"])
@access(SIGNED_IN)
def change(dialogue_id: int, project_id: int, task_id: int) -> Answer:
    visit = Visit(dialogue_id, project_id)
    row = visit.task(task_id)
    require(actor(), Do.CHANGE_TASK, row)
    form = TaskForm(obj=row)
    if form.validate_on_submit():
        status = saved(form, lambda: service.change_task(actor(), row, form.words(), version_of(form)), row)
        return _to(visit, row) if status == 303 else _write_page(visit, form, row, overtaken=True)
    return _write_page(visit, form, row)


@blueprint.route(TASK + "/ta-bort", methods=["GET", "POST"])
@access(SIGNED_IN)
def remove_task(dialogue_id: int, project_id: int, task_id: int) -> Answer:
    """Ask first, then take it away; officials any task, members one of their own that nobody has taken on."""
    visit = Visit(dialogue_id, project_id)
    row = visit.task(task_id)
    require(actor(), Do.REMOVE_TASK, row)
    form = BaseForm()
    if form.validate_on_submit():
        service.remove_task(actor(), row)
        flash(_("The task is taken away."), "good")
        return go(".show", **visit.place)
    return render_template("levels/projects/task_remove.html", form=form, task=row, **visit.frame())


def _progressed(row: Task, form: ProgressForm) -> int:
    """303 where it was saved, 409 where somebody was before."""
    how_far, percent = Progress(form.progress.data), form.percent.data or 0
    return saved(form, lambda: service.set_progress(actor(), row, how_far, percent, version_of(form)), row)


def _claimed(row: Task) -> None:
    try:
        if not row.is_free:
            raise Taken
        service.claim(actor(), row)
        flash(_("The task is yours now. Say here how it goes."), "good")
    except Taken:
        flash(_("Somebody else was just before you and has taken this task on."))


def _to(visit: Visit, row: Task) -> Response:
    return go(".task", task_id=row.id, **visit.place)


def _write_page(visit: Visit, form: TaskForm, row: Task | None, *, overtaken: bool = False) -> Answer:
    page = render_template(
        "levels/projects/task_write.html", form=form, task=row, overtaken=overtaken, **visit.frame()
    )  # fmt: skip
    return page, 409 if overtaken else 422 if form.errors else 200
