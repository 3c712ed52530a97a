"""Tasks: written by members and officials, taken on by one, and brought to their end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import update

from app import clock, db
from app.contributions import rules as marks
from app.levels.influence.projects import queries
from app.levels.influence.projects.events import (
    TaskAdded,
    TaskChanged,
    TaskClaimed,
    TaskProgressed,
    TaskReleased,
    TaskRemoved,
)
from app.levels.influence.projects.models import Progress, Project, Task
from app.levels.influence.projects.rules import Do
from app.levels.influence.projects.service.keeping import begun_at, held, held_member, keep, tell
from app.permissions import Actor, require
from app.reviews import service as reviews


class Taken(Exception):
    """Somebody else was first."""


@dataclass(frozen=True)
class Words:
    """What a task says."""

    title: str
    about: str
    due_on: date | None
    language: str


@dataclass(frozen=True)
class Hands:
    """Whose it is: a member's, the municipality's, or nobody's yet."""

    owner_id: int | None = None
    is_municipal: bool = False


def add_task(actor: Actor, row: Project, words: Words) -> Task:
    """A task by a member, for anyone in the project to take on."""
    row = held(row)
    require(actor, Do.ADD_TASK, row)
    return _add(actor, row, words, Hands())


def plan_task(
    actor: Actor, row: Project, words: Words, hands: Hands, progress: Progress = Progress.NOT_BEGUN, percent: int = 0
) -> Task:  # fmt: skip
    """A task by an official. Raises Taken where its owner has left meanwhile."""
    row = held(row)
    require(actor, Do.PLAN, row)
    task = _add(actor, row, words, hands)
    _come_to(task, progress, percent)
    db.session().flush()
    keep(row)
    return task


def change_task(actor: Actor, row: Task, words: Words, version: int) -> None:
    """The member whose it is says it in other words. Raises Overtaken."""
    project = held(row.project)
    require(actor, Do.CHANGE_TASK, row)
    begun_at(row, version)
    said = (row.title, row.about, row.language)
    _say(row, words)
    if _waits(actor, project) and said != (row.title, row.about, row.language):
        reviews.wait_again(row.review)
        keep(project)
    tell(actor, project, TaskChanged)


def change_plan(
    actor: Actor, row: Task, words: Words, hands: Hands, progress: Progress, percent: int, version: int
) -> None:  # fmt: skip
    """An official changes anything about a task. Raises Overtaken; Taken where its owner has left meanwhile."""
    project = held(row.project)
    require(actor, Do.PLAN, project)
    begun_at(row, version)
    _say(row, words)
    row.owner_id, row.is_municipal = hands.owner_id, hands.is_municipal
    _come_to(row, progress, percent)
    db.flush_or(Taken())
    keep(project)
    tell(actor, project, TaskChanged)


def claim(actor: Actor, row: Task) -> None:
    """Take a task on. Raises Taken: however many press at once, one of them has it."""
    project = held(row.project)
    held_member(project.id, actor.person_id)
    require(actor, Do.CLAIM, row)
    free = (Task.owner_id.is_(None), Task.is_municipal.is_(False), Task.progress != Progress.DONE)
    mine = update(Task).where(Task.id == row.id, Task.removed_at.is_(None), *free)
    mine = mine.values(owner_id=actor.person_id, version=Task.version + 1)
    done = db.session().execute(mine.execution_options(synchronize_session=False))
    if not done.rowcount:  # type: ignore[attr-defined]  # an update has one
        raise Taken
    db.session().refresh(row)
    tell(actor, project, TaskClaimed)


def release(actor: Actor, row: Task) -> None:
    """Give it back, for somebody else to take on; how far it has come stays."""
    project = held(row.project)
    require(actor, Do.RELEASE, row)
    row.owner_id = None
    tell(actor, project, TaskReleased)


def set_progress(actor: Actor, row: Task, progress: Progress, percent: int, version: int) -> None:
    """Say how far it has come; `percent` counts where it is under way. Raises Overtaken."""
    project = held(row.project)
    require(actor, Do.PROGRESS, row)
    begun_at(row, version)
    _come_to(row, progress, percent)
    db.session().flush()
    keep(project)
    tell(actor, project, TaskProgressed, percent=row.percent)


def remove_task(actor: Actor, row: Task) -> None:
    """Take it away: nobody is to do it any longer."""
    project = held(row.project)
    require(actor, Do.REMOVE_TASK, row)
    row.removed_at = clock.now()
    db.session().flush()
    keep(project)
    tell(actor, project, TaskRemoved)


def _add(actor: Actor, row: Project, words: Words, hands: Hands) -> Task:
    shown = not _waits(actor, row)
    review = reviews.submit(queries.TASK, dialogue_id=row.dialogue_id, language=words.language, shown=shown)
    task = Task(
        project=row,
        project_id=row.id,
        review=review,
        owner_id=hands.owner_id,
        is_municipal=hands.is_municipal,
        written_by=actor.person_id,
        created_at=clock.now(),
        progress=Progress.NOT_BEGUN,
        percent=0,
        title=words.title,
        about=words.about,
        due_on=words.due_on,
        language=words.language,
    )
    db.session().add(task)
    db.flush_or(Taken())
    tell(actor, row, TaskAdded)
    return task


def _waits(actor: Actor, row: Project) -> bool:
    """A moderator reads first, where the project says so; not what is written in a role."""
    return row.reads_first and not marks.mark(actor, row.dialogue_id)


def _say(row: Task, words: Words) -> None:
    row.title, row.about, row.due_on = words.title, words.about, words.due_on
    row.language = row.review.language = words.language


def _come_to(row: Task, progress: Progress, percent: int) -> None:
    """Progress and percent that go together, as the constraint wants them."""
    fixed = {Progress.NOT_BEGUN: 0, Progress.DONE: 100}
    row.progress, row.percent = progress, fixed.get(progress, min(max(percent, 0), 99))
    row.done_at = (row.done_at or clock.now()) if progress is Progress.DONE else None
