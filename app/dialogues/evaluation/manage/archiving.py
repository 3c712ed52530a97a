"""The registrar's page of a dialogue: how it is kept, what is thinned, and what is missing before it is archived."""

from __future__ import annotations

from functools import partial

from flask import flash, render_template
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.dialogues.evaluation import forms, queries, retention, service, thinning
from app.dialogues.evaluation.routes import blueprint
from app.dialogues.evaluation.rules import Do
from app.dialogues.forms import ButtonForm
from app.dialogues.lifecycle import step
from app.dialogues.manage.saving import saved, version_of, visited
from app.dialogues.queries import Dossier
from app.dialogues.service import missing_in
from app.dialogues.stages import Stage
from app.permissions import refusal
from app.web import STAFF, access, actor, go, way_to

Answer = str | tuple[str, int] | Response
HERE = "/arbetsyta/dialoger/<int:dialogue_id>/arkivering"


@blueprint.route(HERE, methods=["GET", "POST"])
@access(STAFF, Do.VISIT_ARCHIVING)
def archiving(dialogue_id: int) -> Answer:
    dialogue = visited(dialogue_id, Do.VISIT_ARCHIVING)
    dossier = Dossier(dialogue)
    plan = queries.plan_in(dossier)
    form = forms.RetentionForm(data={"retention_class": plan.retention if plan else None, "version": dialogue.version})
    status = 200
    if form.validate_on_submit():
        chosen = {"retention_class": form.retention_class.data}
        status = saved(form, partial(service.choose_retention, actor(), dialogue, version_of(form), **chosen), dialogue)
        if status == 303:
            return go(".archiving", dialogue_id=dialogue_id)
    elif form.errors:
        status = 422
    onward = step(dialogue.stage, Stage.ARCHIVED)
    left = dossier.once(thinning.left_in)
    page = render_template(
        "dialogues/evaluation/archiving.html",
        form=form,
        button=ButtonForm(),
        dialogue=dialogue,
        plan=plan,
        chosen=retention.named(plan.retention) if plan else None,
        kept=[(one.name, left[one.key]) for one in thinning.registered() if left.get(one.key)],
        missing=missing_in(dossier, onward, note="…") if onward else [],
        overtaken=status == 409,
        no_choice=refusal(actor(), Do.CHOOSE_RETENTION, dialogue),
        no_thinning=refusal(actor(), Do.THIN, dialogue),
        export_at=way_to(("exports.archive", {"dialogue_id": dialogue_id}), dialogue),
        archived=dialogue.stage == Stage.ARCHIVED,
        way_to=way_to,
    )
    return page, status


@blueprint.post(HERE + "/gallra")
@access(STAFF)
def thin(dialogue_id: int) -> Response:
    """Remove the addresses that by the plan are needed no longer."""
    dialogue = visited(dialogue_id, Do.VISIT_ARCHIVING)
    gone = service.thin(actor(), dialogue)
    flash(ngettext("%(num)s address was removed.", "%(num)s addresses were removed.", gone), "good")
    return go(".archiving", dialogue_id=dialogue_id)
