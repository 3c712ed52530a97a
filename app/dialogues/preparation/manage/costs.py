"""The page of what the dialogue costs, and what the options under discussion do."""

from __future__ import annotations

from flask import render_template
from werkzeug.wrappers import Response

from app.dialogues.manage.saving import as_saved, saved, status_of, version_of, visited
from app.dialogues.models import Dialogue
from app.dialogues.preparation import forms, service
from app.dialogues.preparation.manage.door import Answer, answered, preparation
from app.dialogues.preparation.models import CostItem
from app.dialogues.preparation.rules import Do
from app.dialogues.preparation.sums import sums
from app.dialogues.preparation.words import Cost
from app.dialogues.queries import Dossier
from app.permissions import can, refusal, require
from app.web import STAFF, access, actor, found, go


@preparation.route("/kostnad", methods=["GET", "POST"])
@access(STAFF)
def costs(dialogue_id: int) -> Answer:
    """What has been noted, and its sums; one more is added below."""
    dialogue = visited(dialogue_id)
    form = forms.CostForm()
    form.offer(_allowed(dialogue))
    if form.validate_on_submit() and saved(form, lambda: service.add_cost(actor(), dialogue, form.price())) == 303:
        return go(".costs", dialogue_id=dialogue_id)
    page = render_template(
        "dialogues/preparation/costs.html",
        form=form,
        dialogue=dialogue,
        sums=sums(Dossier(dialogue)),
        may_change=lambda row: can(actor(), Do.PRICE, row),
        refused=refusal(actor(), Do.PRICE, dialogue),
    )
    return page, status_of(form)


@preparation.route("/kostnad/<int:cost_id>", methods=["GET", "POST"])
@access(STAFF)
def cost(dialogue_id: int, cost_id: int) -> Answer:
    dialogue, row = _cost(dialogue_id, cost_id)
    require(actor(), Do.PRICE, row)
    form = forms.CostForm(obj=row, version=dialogue.version)
    form.offer(_allowed(dialogue))
    status = 422
    if form.validate_on_submit():
        version = version_of(form)
        status = saved(form, lambda: service.change_cost(actor(), dialogue, version, row, form.price()), dialogue)
        if status == 303:
            return go(".costs", dialogue_id=dialogue_id)
    kept = forms.CostForm(formdata=None, obj=row)
    kept.offer(list(Cost))
    page = render_template(
        "dialogues/preparation/cost.html",
        form=form,
        dialogue=dialogue,
        overtaken=status == 409,
        saved=as_saved(kept),
    )
    return answered(page, status)


@preparation.post("/kostnad/<int:cost_id>/bort")
@access(STAFF)
def remove_cost(dialogue_id: int, cost_id: int) -> Response:
    dialogue, row = _cost(dialogue_id, cost_id)
    service.remove_cost(actor(), dialogue, row)
    return go(".costs", dialogue_id=dialogue_id)


def _allowed(dialogue: Dialogue) -> list[Cost]:
    """What may still be noted or changed."""
    return [kind for kind in Cost if can(actor(), Do.PRICE, CostItem(dialogue_id=dialogue.id, kind=kind))]


def _cost(dialogue_id: int, cost_id: int) -> tuple[Dialogue, CostItem]:
    dialogue = visited(dialogue_id)
    rows = Dossier(dialogue).rows(CostItem)
    return dialogue, found(next((row for row in rows if row.id == cost_id), None))
