"""The page of those whom the question concerns, and the page of what became of what was done for some of them."""

from __future__ import annotations

from flask import render_template
from werkzeug.wrappers import Response

from app.dialogues.manage.saving import as_saved, saved, status_of, version_of, visited
from app.dialogues.models import Dialogue
from app.dialogues.preparation import forms, queries, service
from app.dialogues.preparation.manage.door import Answer, answered, preparation
from app.dialogues.preparation.models import Stakeholder
from app.dialogues.preparation.rules import Do
from app.dialogues.preparation.words import INFLUENCES, channel_names
from app.dialogues.queries import Dossier
from app.permissions import refusal, require
from app.web import STAFF, access, actor, found, go


@preparation.route("/manniskor", methods=["GET", "POST"])
@access(STAFF)
def people(dialogue_id: int) -> Answer:
    """Who is concerned and how they are reached; one more is added below the list."""
    dialogue = visited(dialogue_id)
    form = forms.GroupForm()
    if form.validate_on_submit() and saved(form, lambda: service.add_group(actor(), dialogue, form.group())) == 303:
        return go(".people", dialogue_id=dialogue_id)
    page = render_template(
        "dialogues/preparation/people.html",
        form=form,
        dialogue=dialogue,
        groups=Dossier(dialogue).rows(Stakeholder),
        channel_names=channel_names,
        influences=INFLUENCES,
        refused=refusal(actor(), Do.ANALYSE, dialogue),
    )
    return page, status_of(form)


@preparation.route("/manniskor/<int:stakeholder_id>", methods=["GET", "POST"])
@access(STAFF)
def group(dialogue_id: int, stakeholder_id: int) -> Answer:
    dialogue, row = _group(dialogue_id, stakeholder_id)
    require(actor(), Do.ANALYSE, dialogue)
    form = forms.GroupForm(obj=row, version=dialogue.version)
    status = 422
    if form.validate_on_submit():
        version = version_of(form)
        status = saved(form, lambda: service.change_group(actor(), dialogue, version, row, form.group()), dialogue)
        if status == 303:
            return go(".people", dialogue_id=dialogue_id)
    page = render_template(
        "dialogues/preparation/group.html",
        form=form,
        dialogue=dialogue,
        group=row,
        overtaken=status == 409,
        saved=as_saved(forms.GroupForm(formdata=None, obj=row)),
    )
    return answered(page, status)


@preparation.post("/manniskor/<int:stakeholder_id>/bort")
@access(STAFF)
def remove_group(dialogue_id: int, stakeholder_id: int) -> Response:
    dialogue, row = _group(dialogue_id, stakeholder_id)
    service.remove_group(actor(), dialogue, row)
    return go(".people", dialogue_id=dialogue_id)


@preparation.route("/uppfoljning", methods=["GET", "POST"])
@access(STAFF)
def follow_up(dialogue_id: int) -> Answer:
    """How many came to what was done for each priority group, and what they said."""
    dialogue = visited(dialogue_id)
    groups = queries.priority(Dossier(dialogue))
    kind = forms.FollowUpForm.for_groups(groups)
    form = kind(data=forms.told_before(groups), version=dialogue.version)
    status = 422
    if form.validate_on_submit():
        version, told = version_of(form), form.told(groups)
        status = saved(form, lambda: service.note_turnout(actor(), dialogue, version, told), dialogue)
        if status == 303:
            return go("desk.dialogue", dialogue_id=dialogue_id)
    page = render_template(
        "dialogues/preparation/follow_up.html",
        form=form,
        dialogue=dialogue,
        groups=groups,
        refused=refusal(actor(), Do.FOLLOW_UP, dialogue),
        overtaken=status == 409,
        saved=as_saved(kind(formdata=None, data=forms.told_before(groups))),
    )
    return answered(page, status)


def _group(dialogue_id: int, stakeholder_id: int) -> tuple[Dialogue, Stakeholder]:
    dialogue = visited(dialogue_id)
    rows = Dossier(dialogue).rows(Stakeholder)
    return dialogue, found(next((row for row in rows if row.id == stakeholder_id), None))
