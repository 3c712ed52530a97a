"""The page of the seven grounds of discrimination."""

from __future__ import annotations

from flask import render_template

from app.dialogues.manage.saving import as_saved, saved, version_of, visited
from app.dialogues.preparation import forms, service
from app.dialogues.preparation.manage.door import Answer, answered, preparation
from app.dialogues.preparation.models import GroundAnswer
from app.dialogues.preparation.rules import Do
from app.dialogues.preparation.words import FINDINGS, SEVEN
from app.dialogues.queries import Dossier
from app.permissions import refusal
from app.web import STAFF, access, actor, go


@preparation.route("/diskrimineringsgrunder", methods=["GET", "POST"])
@access(STAFF)
def grounds(dialogue_id: int) -> Answer:
    """Each ground: what is in the way and what is done, or why nothing is. What is not ready can be left empty."""
    dialogue = visited(dialogue_id)
    rows = Dossier(dialogue).rows(GroundAnswer)
    before = forms.found_before(rows)
    form = forms.GroundsForm(data=before, version=dialogue.version)
    status = 422
    if form.validate_on_submit():
        version, answers = version_of(form), form.answers()
        status = saved(form, lambda: service.answer_grounds(actor(), dialogue, version, answers), dialogue)
        if status == 303:
            return go("desk.dialogue", dialogue_id=dialogue_id)
    page = render_template(
        "dialogues/preparation/grounds.html",
        form=form,
        dialogue=dialogue,
        seven=SEVEN,
        findings=FINDINGS,
        answers={row.ground: row for row in rows},
        refused=refusal(actor(), Do.ANALYSE, dialogue),
        overtaken=status == 409,
        saved=[one for one in as_saved(forms.GroundsForm(formdata=None, data=before)) if one[1]],
    )
    return answered(page, status)
