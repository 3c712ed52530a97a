"""What every officials' page of projects needs."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from app.dialogues.manage.saving import status_of
from app.dialogues.models import Dialogue
from app.forms import BaseForm
from app.levels.influence.projects import queries
from app.levels.influence.projects.models import Project
from app.levels.influence.projects.rules import Do
from app.permissions import require
from app.web import actor, found

blueprint = Blueprint("project_desk", __name__, url_prefix="/arbetsyta/dialoger/<int:dialogue_id>/projekt")


def visited(dialogue_id: int, project_id: int, do: Do = Do.VISIT) -> tuple[Project, Dialogue]:
    """The project and its dialogue, or 404. Raises Refusal."""
    both: tuple[Project, Dialogue] = found(queries.project_in(dialogue_id, project_id))
    require(actor(), do, both[0])
    return both


def page(
    template: str, dialogue: Dialogue, row: Project | None, form: BaseForm, *, overtaken: bool = False, **more: Any
) -> tuple[str, int]:  # fmt: skip
    """A page with a form, and the status that goes with what has become of it."""
    names = {"form": form, "dialogue": dialogue, "project": row, "do": Do, "overtaken": overtaken, **more}
    answer = render_template(template, **names)
    return answer, 409 if overtaken else status_of(form)
