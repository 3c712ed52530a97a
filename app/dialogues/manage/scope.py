"""Pages on which one says what is open and what is fixed; their order is changed by buttons."""

from __future__ import annotations

from flask import render_template, request
from werkzeug.wrappers import Response

from app.dialogues import forms, queries, service
from app.dialogues.manage.saving import as_saved, saved, status_of, version_of, visited
from app.dialogues.models import Dialogue, ScopeItem
from app.dialogues.routes import blueprint
from app.dialogues.rules import Do
from app.permissions import refusal
from app.web import STAFF, access, actor, found, go

Answer = str | tuple[str, int] | Response
HERE = "/arbetsyta/dialoger/<int:dialogue_id>/ramar"


@blueprint.route(HERE, methods=["GET", "POST"], endpoint="scope")
@access(STAFF)
def scope_page(dialogue_id: int) -> Answer:
    dialogue = visited(dialogue_id)
    form = forms.ScopeForm()
    if form.validate_on_submit():
        added = {"is_open": form.is_open.data == "open", "text": form.text.data, "why": form.why.data}
        if saved(form, lambda: service.add_item(actor(), dialogue, **added)) == 303:
            return go(".scope", dialogue_id=dialogue_id)
    items = queries.scope_of(dialogue_id)
    page = render_template(
        "dialogues/scope.html",
        form=form,
        dialogue=dialogue,
        open_items=[one for one in items if one.is_open],
        fixed_items=[one for one in items if not one.is_open],
        refused=refusal(actor(), Do.DRAFT, dialogue),
    )
    return page, status_of(form)


@blueprint.route(HERE + "/<int:item_id>", methods=["GET", "POST"])
@access(STAFF)
def scope_item(dialogue_id: int, item_id: int) -> Answer:
    dialogue, item = _item(dialogue_id, item_id)
    start = {"is_open": "open" if item.is_open else "fixed", "text": item.text, "why": item.why}
    form = forms.ScopeForm(data={**start, "version": dialogue.version})
    status = 422
    if form.validate_on_submit():
        to = {"is_open": form.is_open.data == "open", "text": form.text.data, "why": form.why.data}
        status = saved(form, lambda: service.edit_item(actor(), dialogue, version_of(form), item, **to), dialogue)
        if status == 303:
            return go(".scope", dialogue_id=dialogue_id)
    page = render_template(
        "dialogues/scope_item.html",
        form=form,
        dialogue=dialogue,
        item=item,
        overtaken=status == 409,
        saved=as_saved(forms.ScopeForm(formdata=None, data=start)),
    )
    return page, status if request.method == "POST" else 200


@blueprint.post(HERE + "/<int:item_id>/<any(upp, ner, bort):how>")
@access(STAFF)
def scope_change(dialogue_id: int, item_id: int, how: str) -> Response:
    """Move one up or down, or take it away."""
    dialogue, item = _item(dialogue_id, item_id)
    if how == "bort":
        service.remove_item(actor(), dialogue, item)
    else:
        service.shift_item(actor(), dialogue, item, up=how == "upp")
    return go(".scope", dialogue_id=dialogue_id)


def _item(dialogue_id: int, item_id: int) -> tuple[Dialogue, ScopeItem]:
    dialogue = visited(dialogue_id)
    item = next((one for one in queries.scope_of(dialogue_id) if one.id == item_id), None)
    return dialogue, found(item)
