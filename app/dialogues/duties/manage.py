"""The page on which an official settles who does what in a dialogue."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from app.dialogues.duties import forms, queries, service
from app.dialogues.duties.duties import DUTIES
from app.dialogues.duties.rules import Do
from app.dialogues.manage.saving import saved, status_of, version_of, visited
from app.permissions import refusal
from app.web import STAFF, access, actor, go

blueprint = Blueprint("duties", __name__)


@blueprint.route("/arbetsyta/dialoger/<int:dialogue_id>/ansvariga", methods=["GET", "POST"])
@access(STAFF)
def share(dialogue_id: int) -> str | tuple[str, int] | Response:
    dialogue = visited(dialogue_id)
    able, held = queries.able(dialogue_id), queries.pairs(dialogue_id)
    form = forms.DutiesForm(data={**forms.start(able, held), "version": dialogue.version})
    form.offer(able)
    status = 200
    if form.validate_on_submit():
        status = saved(form, lambda: service.share(actor(), dialogue, version_of(form), form.chosen()), dialogue)
        if status == 303:
            return go("desk.dialogue", dialogue_id=dialogue_id)
    page = render_template(
        "dialogues/duties/share.html",
        form=form,
        dialogue=dialogue,
        duties=DUTIES,
        held=held,
        lacking=[duty for duty in DUTIES if len(able[duty.key]) < 2],  # a holder and a substitute
        overtaken=status == 409,
        refused=refusal(actor(), Do.SHARE, dialogue),
    )
    return page, status_of(form) if status == 200 else status
