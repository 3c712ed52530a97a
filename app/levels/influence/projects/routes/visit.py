"""One person at one project: the project, its dialogue, and what each page of it needs."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from flask import Blueprint, abort, url_for

from app import limits, subjects
from app.contributions.models import Contribution
from app.dialogues import texts
from app.dialogues.addresses import pass_over_slug
from app.dialogues.frames import frame
from app.levels.influence.projects import queries, service
from app.levels.influence.projects.models import Milestone, Task
from app.levels.influence.projects.rules import Do
from app.permissions import can
from app.web import actor, client, found

blueprint = Blueprint("projects", __name__)
ALL = "/dialoger/<int:dialogue_id>-<slug>/projekt"
ONE = ALL + "/<int:project_id>"


blueprint.url_value_preprocessor(pass_over_slug)


class Visit:
    """A project as the one who makes this request meets it. 404 for whoever may not know that it exists."""

    def __init__(self, dialogue_id: int, project_id: int) -> None:
        self.seen: queries.Seen = found(queries.seen(dialogue_id, project_id, actor()))
        self.project, self.dialogue, self.me = self.seen.project, self.seen.dialogue, self.seen.me
        self.milestones: list[Milestone] = []
        if not can(actor(), Do.READ, self.project):
            abort(404)

    @property
    def place(self) -> dict[str, Any]:
        """The values of this project's addresses."""
        return queries.place_of(self.project, self.dialogue)

    @property
    def is_member(self) -> bool:
        return self.me is not None and self.me.is_in

    @cached_property
    def said(self) -> dict[str, texts.Said]:
        """The texts of the dialogue, the project and the milestones that were asked for, in one statement."""
        steps = [queries.row_of_milestone(one) for one in self.milestones]
        return texts.said([texts.row_of(self.dialogue), queries.row_of(self.project), *steps])

    def with_milestones(self) -> Visit:
        """Reads the milestones too, before the texts."""
        self.milestones = queries.milestones(self.project.id)
        return self

    def task(self, task_id: int) -> Task:
        """A task of this project; 404 for whoever may not read it."""
        row: Task = found(queries.task_in(self.project, task_id))
        if not can(actor(), Do.READ_TASK, row):
            abort(404)
        return row

    def status(self, status_id: int) -> Contribution:
        """A status text; 404 for whoever may not read it, so that nobody learns of what waits."""
        row: Contribution = found(queries.status_in(self.project, status_id))
        if not can(actor(), Do.READ_STATUS, row):
            abort(404)
        return row

    def address(self, status: Contribution) -> str:
        """The address that always leads to this status text."""
        return url_for("projects.status", status_id=status.id, **self.place)

    def frame(self) -> dict[str, Any]:
        """What every page of a project needs."""
        return {
            "visit": self,
            "project": self.project,
            "a": self.said[subjects.key("project", self.project.id)],
            "place": self.place,
            "do": Do,
            **frame(self.dialogue, self.said),
        }


def count_try() -> None:
    """Before anything is read: see `limits.spend`."""
    who = actor()
    limits.spend(service.WRITING, f"person {who.person_id}" if who.is_signed_in else client())
