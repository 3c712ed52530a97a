"""What leaves of a dialogue's projects: each project, who is in it, its tasks, milestones and status texts.

A task that is not shown leaves as it was written with personal data only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, func, select

from app import db
from app.accounts.models import Person
from app.contributions import exports as engine
from app.i18n import lazy_p
from app.ladder import Column, Export
from app.levels.influence.projects import queries
from app.levels.influence.projects.models import Member, Milestone, Project, Task
from app.reviews.models import State

PROJECT = ("id", "title", "lead", "scope", "money", "timing", "created_at", "ended_at", "conclusion")
COUNTED = ("tasks", "tasks_done", "members", "followers")
MEMBER = ("standing", "asked_at", "joined_at")
TASK = ("id", "due_on", "progress", "percent", "language", "created_at", "done_at")
MILESTONE = ("id", "title", "due_on", "reached_at")
PUBLIC = {State.WAITING: "[väntar på granskning]", State.HIDDEN: "[dold]"}


def projects(dialogue_id: int) -> Iterator[Sequence[Any]]:
    """A row for each project, with its numbers; of its followers only how many they are."""
    for row in queries.every_project(dialogue_id):
        yield [*(getattr(row, name) for name in PROJECT), *queries.numbers(row.id)]


def members(dialogue_id: int) -> Iterator[Sequence[Any]]:
    """A row for each who is in or asks to be; who they are with personal data only."""
    rows = select(Project.title, *(getattr(Member, name) for name in MEMBER), _tasks_of())
    rows = rows.add_columns(Member.name, Person.email, Member.message).join(Project, Project.id == Member.project_id)
    rows = rows.join(Person, Person.id == Member.person_id)
    yield from _streamed(_here(rows, dialogue_id).order_by(Member.project_id, Member.asked_at, Member.person_id))


def tasks(dialogue_id: int) -> Iterator[Sequence[Any]]:
    """A row for each task. `owner` says whose it is: a member's, the municipality's or nobody's."""
    for row in queries.every_task(dialogue_id):
        public = PUBLIC.get(State(row.review.state))
        words = (row.title, row.about) if public is None else (public, "")
        owner = "municipality" if row.is_municipal else "member" if row.owner_id is not None else ""
        facts = (getattr(row, name) for name in TASK)
        personal = (row.owner.name if row.owner else "", row.title, row.about)
        yield [row.project.title, *facts, owner, row.review.state, *words, *personal]


def milestones(dialogue_id: int) -> Iterator[Sequence[Any]]:
    rows = select(Project.title, *(getattr(Milestone, name) for name in MILESTONE))
    rows = _here(rows.join(Project, Project.id == Milestone.project_id), dialogue_id)
    yield from _streamed(rows.order_by(Milestone.project_id, Milestone.due_on, Milestone.id))


def statuses(dialogue_id: int) -> Iterator[Sequence[Any]]:
    """A row for each status text, project by project in the order in which they were written."""
    titles = {row.id: row.title for row in queries.every_project(dialogue_id)}
    for project_id, cells in engine.rows(dialogue_id, queries.STATUS):
        yield [titles.get(project_id, ""), *cells]


def _tasks_of() -> Any:
    mine = select(func.count(Task.id)).where(Task.project_id == Member.project_id, Task.owner_id == Member.person_id)
    return mine.where(Task.removed_at.is_(None)).correlate(Member).scalar_subquery()


def _here(rows: Select[Any], dialogue_id: int) -> Select[Any]:
    return rows.where(Project.dialogue_id == dialogue_id, Project.withdrawn_at.is_(None))


def _streamed(rows: Select[Any]) -> Iterator[Sequence[Any]]:
    for row in db.session().execute(rows.execution_options(yield_per=200)):
        yield tuple(row)


def _count(model: type[Member] | type[Milestone], dialogue_id: int) -> int:
    rows = select(func.count()).select_from(model).join(Project, Project.id == model.project_id)
    counted: int = db.session().scalars(_here(rows, dialogue_id)).one()
    return counted


def _named(*names: str, personal: Sequence[str] = ()) -> list[Column]:
    return [*map(Column, names), *(Column(name, personal=True) for name in personal)]


EXPORTS = (
    Export(
        "projects",
        lazy_p("export", "Joint projects"),
        lambda _id: _named(*PROJECT, *COUNTED),
        projects,
        lambda dialogue_id: sum(1 for _ in queries.every_project(dialogue_id)),
    ),
    Export(
        "project_members",
        lazy_p("export", "Members of joint projects"),
        lambda _id: _named("project", *MEMBER, "tasks", personal=("name", "email", "message")),
        members,
        lambda dialogue_id: _count(Member, dialogue_id),
    ),
    Export(
        "project_tasks",
        lazy_p("export", "Tasks of joint projects"),
        lambda _id: _named(
            "project", *TASK, "owner", "state", "title", "about", personal=("owner_name", "whole_title", "whole_about")
        ),
        tasks,
        queries.count_tasks,
    ),
    Export(
        "project_milestones",
        lazy_p("export", "Milestones of joint projects"),
        lambda _id: _named("project", *MILESTONE),
        milestones,
        lambda dialogue_id: _count(Milestone, dialogue_id),
    ),
    Export(
        "project_statuses",
        lazy_p("export", "Status texts of joint projects"),
        lambda _id: [Column("project"), *engine.COLUMNS],
        statuses,
        lambda dialogue_id: engine.count(dialogue_id, queries.STATUS),
    ),
)
