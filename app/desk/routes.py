"""The desk of those who work with dialogues: what they have in hand, what is due, and the task list of each."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, url_for
from werkzeug.routing import BuildError

from app.desk import tasks
from app.desk.due import due
from app.dialogues import queries, texts, wording
from app.dialogues.addresses import address_of
from app.dialogues.manage.saving import visited
from app.dialogues.queries import Dossier
from app.dialogues.rules import Do
from app.dialogues.stages import STAGE_NAMES
from app.permissions import can
from app.web import STAFF, access, actor

desk = Blueprint("desk", __name__)
# Doors of other packages that the task list leads to, where they exist.
DOORS = ("exports.index", "multilingual.index")


@desk.get("/arbetsyta")
@access(STAFF)
def home() -> str:
    rows = queries.in_hand(actor())
    return render_template(
        "desk/home.html",
        rows_in_hand=rows,
        due=due(rows),
        wording=wording,
        may_propose=can(actor(), Do.PROPOSE),
        may_see_decisions=can(actor(), Do.DECISIONS),
    )


@desk.get("/arbetsyta/dialoger/<int:dialogue_id>")
@access(STAFF)
def dialogue(dialogue_id: int) -> str:
    row = visited(dialogue_id)
    dossier = Dossier(row)
    groups = tasks.groups(dossier)
    every = [task for _, group in groups for task in group]
    return render_template(
        "desk/dialogue.html",
        dialogue=row,
        tag=wording.tag(row),
        groups=[(label, [_line(task) for task in group]) for label, group in groups],
        done=sum(task.state == tasks.DONE for task in every),
        total=len(every),
        onward=tasks.onward(actor(), dossier),
        moves=dossier.moves,
        names=STAGE_NAMES,
        proper=texts.proper,
        shown_at=_href(*address_of(row)),
        doors={name: _href(name, {"dialogue_id": row.id}) for name in DOORS},
        may_extend=can(actor(), Do.EXTEND, row),
    )


def _line(task: tasks.Task) -> dict[str, Any]:
    return {"label": task.label, "state": task.state, "href": _href(*task.address), "note": str(task.note)}


def _href(endpoint: str, values: dict[str, Any]) -> str:
    """An address, or nothing where the page is not in this installation."""
    try:
        return url_for(endpoint, **values)
    except BuildError:
        return ""
