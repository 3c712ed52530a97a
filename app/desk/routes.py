"""The desk of those who work with dialogues: what they have in hand, what is due, and the task list of each."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from app import i18n
from app.desk import onhand, registrar, tasks
from app.desk.due import due
from app.desk.forms import LookForm
from app.dialogues import queries, texts, wording
from app.dialogues.addresses import address_of
from app.dialogues.evaluation.rules import Do as EvaluationDo
from app.dialogues.intake import queries as intake
from app.dialogues.intake.rules import Do as Intake
from app.dialogues.kinds import queries as kinds
from app.dialogues.manage.saving import visited
from app.dialogues.models import Dialogue
from app.dialogues.queries import Dossier
from app.dialogues.rules import Do
from app.dialogues.stages import KIND_NAMES, names_of
from app.i18n import LazyText
from app.permissions import can, require
from app.policy import queries as guideline
from app.web import STAFF, access, actor, way_to

desk = Blueprint("desk", __name__)
DOORS = ("decisions.show", "papers.index", "exports.index", "multilingual.languages")  # each for those whom it lets in


@desk.get("/arbetsyta")
@access(STAFF)
def home() -> str:
    rows, look = queries.in_hand(actor()), LookForm(formdata=request.args)
    return render_template(
        "desk/home.html",
        rows_in_hand=rows,
        guideline=guideline.standing(),
        keeps_guideline=way_to(("policy.desk", {})),
        keeps_ladder=way_to(("policy.steps", {})),
        pages_that_help=way_to(("helped.desk", {})),
        due=due(rows, intake.overdue() if can(actor(), Intake.SEE_CHANGES) else ()),
        changes=way_to(("intake.changes", {})),
        topics=way_to(("intake.handle_topics", {})),
        wording=wording,
        may_propose=can(actor(), Do.PROPOSE),
        suggestions=way_to(("suggestion_desk.site_index", {})),
        suggestions_file=way_to(("suggestion_desk.export", {})),
        may_see_decisions=can(actor(), Do.LIST_DECISIONS),
        look=look,
        speaks=onhand.speaks_with_people(actor()),
        speaks_first=onhand.speaks_first(actor()),
        on_hand=onhand.on_hand(actor(), look.sok.data or ""),
        most=onhand.SHOWN,
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
        groups=[(label, [_line(row, task) for task in group]) for label, group in groups],
        done=sum(task.state == tasks.DONE for task in every),
        total=len(every),
        onward=tasks.onward(actor(), dossier),
        moves=dossier.moves,
        names=names_of(row.kind),
        proper=texts.proper,
        shown_at=way_to(address_of(row), row),
        doors={name: way_to((name, {"dialogue_id": row.id}), row) for name in DOORS},
        way_to=way_to,
        may_extend=can(actor(), Do.EXTEND, row),
        choice=kinds.choice_in(dossier),
        kind_names=KIND_NAMES,
    )


@desk.get("/registrator")
@access(STAFF, EvaluationDo.LIST_ARCHIVING)
def archiving() -> str:
    """What waits for the archive."""
    require(actor(), EvaluationDo.LIST_ARCHIVING)
    return render_template("desk/archiving.html", waiting=registrar.waiting(actor()))


def _line(row: Dialogue, task: tasks.Task) -> dict[str, Any]:
    note = task.note if isinstance(task.note, LazyText) else i18n.swedish(task.note)  # its own words, or the dialogue's
    return {"label": task.label, "state": task.state, "href": way_to(task.address, row), "note": note}
