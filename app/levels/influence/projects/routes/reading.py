"""Reading: the projects of a dialogue, one of them, a task of it, who is in it, and its status texts."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import clock, kept, subjects
from app.contributions import queries as contributions
from app.contributions.models import Contribution
from app.contributions.queries import Place as StatusPlace
from app.dialogues import queries as dialogues
from app.dialogues import rules as dialogue_rules
from app.dialogues import texts
from app.dialogues.frames import frame
from app.dialogues.models import Dialogue
from app.levels.influence.projects import queries
from app.levels.influence.projects.forms import PROGRESS_NAMES, ProgressForm, StatusForm
from app.levels.influence.projects.models import Task
from app.levels.influence.projects.queries import Place
from app.levels.influence.projects.routes.visit import ALL, ONE, Visit, blueprint
from app.levels.influence.projects.rules import GOES_ON, Do
from app.moderation import queries as moderation
from app.permissions import can, refusal, require
from app.web import PUBLIC, access, actor, found

LATEST = 3  # status texts on the project's own page
WORDS = ("efter", "fore", "fran")  # a page begins after a place, ends before it, or begins at it


@blueprint.get(ALL)
@access(PUBLIC)
def index(dialogue_id: int) -> str:
    """What residents and the municipality do together in this dialogue."""
    dialogue: Dialogue = found(dialogues.dialogue(dialogue_id))
    if not can(actor(), dialogue_rules.Do.READ, dialogue):
        abort(404)
    rows = queries.in_dialogue(dialogue_id)
    said = texts.said([texts.row_of(dialogue), *map(queries.row_of, rows)])
    projects = [(row, said[subjects.key("project", row.id)]) for row in rows]
    numbers = queries.numbers_of(dialogue_id)
    return render_template(
        "levels/projects/index.html", projects=projects, numbers=numbers, **frame(dialogue, said)
    )  # fmt: skip


@blueprint.get(ONE)
@access(PUBLIC)
def show(dialogue_id: int, project_id: int) -> str:
    """The goal, the frame, how far it has come, and what there is to do. Reading it leaves no cookie."""
    visit = Visit(dialogue_id, project_id).with_milestones()
    tasks = queries.page(visit.project.id, actor(), Place.read(request.args.get("efter", "")))
    news = contributions.page(visit.project.id, actor(), newest_first=True, size=LATEST)
    judged: list[Task | Contribution] = [*tasks.rows, *news.rows]
    hidden = [row.review_id for row in judged if row.is_hidden]
    may = {one.name.lower(): refusal(actor(), one, visit.project) for one in (Do.JOIN, Do.FOLLOW, Do.WRITE_STATUS)}
    return render_template(
        "levels/projects/show.html",
        tasks=tasks,
        news=news,
        why=moderation.hidden_because(hidden),
        refused=may,
        may_add=visit.is_member and can(actor(), Do.ADD_TASK, visit.project),
        why_on=GOES_ON.why if visit.dialogue.stage in GOES_ON.stages else None,
        today=clock.local(clock.now()).date(),
        names=PROGRESS_NAMES,
        back=request.script_root + request.path,
        **visit.frame(),
    )


@blueprint.get(ONE + "/uppgifter/<int:task_id>")
@access(PUBLIC)
def task(dialogue_id: int, project_id: int, task_id: int) -> str:
    """A task, whose it is, and what the reader may do with it."""
    visit = Visit(dialogue_id, project_id)
    return task_page(visit, visit.task(task_id))


def task_page(visit: Visit, row: Task, form: ProgressForm | None = None, *, overtaken: bool = False) -> str:
    """`form` is one that was sent and is wrong, or late."""
    may = {one.name.lower(): can(actor(), one, row) for one in TASK_ACTIONS} if actor().is_signed_in else {}
    if kept.is_shown_again():  # signed out while writing: the page without a form would lose what was written
        require(actor(), Do.PROGRESS, row)
    if form is None and may.get("progress"):
        form = ProgressForm(obj=row)
    return render_template(
        "levels/projects/task.html",
        task=row,
        form=form,
        may=may,
        overtaken=overtaken,
        reason=refusal(actor(), Do.CLAIM, row) if row.is_free else None,
        today=clock.local(clock.now()).date(),
        names=PROGRESS_NAMES,
        **visit.frame(),
    )


TASK_ACTIONS = (Do.CLAIM, Do.RELEASE, Do.PROGRESS, Do.CHANGE_TASK, Do.REMOVE_TASK)


@blueprint.get(ONE + "/deltagare")
@access(PUBLIC)
def members(dialogue_id: int, project_id: int) -> str:
    """Who is in it, by the names that they chose."""
    visit = Visit(dialogue_id, project_id)
    after = request.args.get("efter", "")
    crowd = queries.members(visit.project.id, int(after[:9]) if after.isdecimal() and after.isascii() else 0)
    return render_template("levels/projects/members.html", crowd=crowd, **visit.frame())


@blueprint.get(ONE + "/nytt")
@access(PUBLIC)
def news(dialogue_id: int, project_id: int) -> str:
    """All status texts, the newest first."""
    visit = Visit(dialogue_id, project_id)
    if kept.is_shown_again():
        require(actor(), Do.WRITE_STATUS, visit.project)
    return news_page(visit)


def news_page(visit: Visit, form: StatusForm | None = None) -> str:
    """`form` is one that was sent and is wrong."""
    after, before, start = (StatusPlace.read(request.args.get(word, "")) for word in WORDS)
    page = contributions.page(
        visit.project.id, actor(), after=after, before=before, start=start, newest_first=True
    )  # fmt: skip
    reason = refusal(actor(), Do.WRITE_STATUS, visit.project)
    return render_template(
        "levels/projects/news.html",
        page=page,
        why=moderation.hidden_because([row.review_id for row in page.rows if row.is_hidden]),
        form=form if form is not None or reason else StatusForm(),
        reason=reason,
        **visit.frame(),
    )


@blueprint.get(ONE + "/nytt/<int:status_id>")
@access(PUBLIC)
def status(dialogue_id: int, project_id: int, status_id: int) -> Response:
    """Leads to the status text on a page that holds it, whatever has been written since; also to where it stood."""
    visit = Visit(dialogue_id, project_id)
    row = found(queries.status_in(visit.project, status_id))
    if row.is_waiting and not can(actor(), Do.READ_STATUS, row):
        abort(404)
    latest = contributions.page(visit.project.id, actor(), newest_first=True).rows
    start = None if row in latest else str(StatusPlace.of(row))
    return redirect(url_for(".news", fran=start, _anchor=f"status-{row.id}", **visit.place), 302)
