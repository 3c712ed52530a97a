"""Reads of tasks: one, a page of a project's, and those that a person may read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, or_, select, true, tuple_
from sqlalchemy.orm import contains_eager, lazyload

from app import db
from app.accounts.models import Person
from app.dialogues import queries as dialogues
from app.dialogues.models import Dialogue
from app.levels.influence.projects.models import Progress, Project, Task
from app.levels.influence.projects.queries.reading import address_of
from app.permissions import Actor, Role
from app.reviews.models import Reviewable, State
from app.subjects import Address, Author

TASK = "project_task"  # the kind that moderation knows them by
PAGE = 20
SOME_DAY = date(9999, 12, 31)  # where those without a due date stand in the order


@dataclass(frozen=True)
class Place:
    """A task's place in its project, written "0.2027-03-01.12" in addresses: done or not, by when, number."""

    is_done: int
    due_on: date
    id: int

    def __str__(self) -> str:
        return f"{self.is_done}.{self.due_on.isoformat()}.{self.id}"

    @staticmethod
    def read(text: str) -> Place | None:
        """What an address says; None for anything that is no place."""
        done, _, rest = text.partition(".")
        day, _, number = rest.partition(".")
        try:
            return Place(int(done[:1]), date.fromisoformat(day), int(number[:10])) if number.isdecimal() else None
        except ValueError:
            return None


class Page(NamedTuple):
    """Some tasks in their order; `further` is the place after which the next page begins."""

    rows: list[Task]
    further: Place | None


def task(task_id: int) -> Task | None:
    return db.session().get(Task, task_id)


def task_in(row: Project, task_id: int) -> Task | None:
    """A task of this project that has not been taken away."""
    mine = select(Task).where(Task.id == task_id, Task.project_id == row.id, Task.removed_at.is_(None))
    return db.session().scalars(mine.options(lazyload(Task.project))).first()


def page(project_id: int, actor: Actor, after: Place | None = None, size: int = PAGE) -> Page:
    """Those that are to be done first, then those that are done; each by its due date. One statement.

    What waits for a moderator is left out but for who wrote it and the moderators; what was hidden keeps its place.
    """
    rows = _with_review().where(Task.project_id == project_id, or_(Reviewable.state != State.WAITING, _seen_by(actor)))
    is_done = case((Task.progress == Progress.DONE, 1), else_=0)
    order = (is_done, func.coalesce(Task.due_on, SOME_DAY), Task.id)
    if after is not None:
        rows = rows.where(tuple_(*order) > tuple_(after.is_done, after.due_on, after.id))
    rows = rows.options(lazyload(Task.project)).order_by(*order).limit(size + 1)
    found = list(db.session().scalars(rows))
    return Page(found[:size], _place_of(found[size - 1]) if len(found) > size else None)


def _place_of(row: Task) -> Place:
    return Place(int(row.progress == Progress.DONE), row.due_on or SOME_DAY, row.id)


def _with_review() -> Select[*tuple[Any, ...]]:
    """Those that have not been taken away."""
    rows = select(Task).join(Reviewable, Reviewable.id == Task.review_id)
    return rows.where(Task.removed_at.is_(None)).options(contains_eager(Task.review))


def _seen_by(actor: Actor) -> ColumnElement[bool]:
    """Whose eyes what is not shown is for: who wrote it, and those who judge it."""
    held = actor.dialogues_as(Role.MODERATOR)
    if held is None:
        return true()
    mine = Task.written_by == actor.person_id if actor.is_signed_in else Task.id < 0
    return or_(mine, Reviewable.dialogue_id.in_(held)) if held else mine


def visible_to(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The tasks that an actor may read. Says row by row what the rule of `Do.READ_TASK` says of one."""
    readable = dialogues.visible_to(actor).with_only_columns(Dialogue.id)
    rows = _with_review().join(Project, Project.id == Task.project_id).options(contains_eager(Task.project))
    rows = rows.where(Project.withdrawn_at.is_(None), Project.dialogue_id.in_(readable))
    return rows.where(or_(Reviewable.state == State.SHOWN, _seen_by(actor)))


def by_review(review_ids: Sequence[int]) -> Mapping[int, Task]:
    """The tasks of these reviews, with their projects, in one statement."""
    rows = db.session().scalars(select(Task).where(Task.review_id.in_(review_ids)).order_by(Task.id))
    return {row.review_id: row for row in rows}


def every_task(dialogue_id: int) -> Iterator[Task]:
    """The tasks of a dialogue's projects, in the order in which they were written; streamed."""
    rows = select(Task).join(Project, Project.id == Task.project_id).where(Project.dialogue_id == dialogue_id)
    rows = rows.where(Project.withdrawn_at.is_(None), Task.removed_at.is_(None)).order_by(Task.project_id, Task.id)
    yield from db.session().scalars(rows.execution_options(yield_per=200))


def count_tasks(dialogue_id: int) -> int:
    rows = select(func.count(Task.id)).join(Project, Project.id == Task.project_id)
    rows = rows.where(Project.dialogue_id == dialogue_id, Project.withdrawn_at.is_(None), Task.removed_at.is_(None))
    return db.session().scalars(rows).one()


def address_of_task(row: Task) -> Address:
    return "projects.task", {**address_of(row.project)[1], "task_id": row.id}


def whole_text(row: Task) -> str:
    """Everything that it says, for those who judge it."""
    return f"{row.title}\n\n{row.about}".strip()


def writer_of(row: Task) -> Author | None:
    """The account that it was written with."""
    person = None if row.written_by is None else db.session().get(Person, row.written_by)
    return None if person is None else (person.email, person.language, person.id)
