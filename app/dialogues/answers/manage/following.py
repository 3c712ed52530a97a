"""Pages on which one says what the municipality does, and how far it has come."""

from __future__ import annotations

from flask import flash
from flask_babel import gettext as _

from app import clock
from app.dialogues.answers import queries, service
from app.dialogues.answers.forms import FollowUpForm, ProgressForm
from app.dialogues.answers.manage.desk import HERE, Answer, Desk, Do, blueprint
from app.dialogues.answers.models import FollowUp
from app.dialogues.answers.service import Doing
from app.dialogues.answers.wording import PROGRESS_NAMES, PROGRESS_TONES
from app.dialogues.manage.saving import as_saved, saved, version_of
from app.dialogues.queries import Dossier
from app.web import STAFF, access, actor, found, go


@blueprint.route(HERE + "/uppfoljning", methods=["GET", "POST"])
@access(STAFF)
def follow_ups(dialogue_id: int) -> Answer:
    """What there is to do, and a form for another thing."""
    desk, form, status = Desk(dialogue_id, Do.FOLLOW_UP), FollowUpForm(), None
    if form.validate_on_submit():
        status = saved(form, lambda: service.add_follow_up(actor(), desk.dialogue, _doing(form)))
        if status == 303:
            flash(_("It is added, and shown with what became of the dialogue."), "good")
            return go(".follow_ups", dialogue_id=dialogue_id)
    return desk.page(
        "dialogues/answers/follow_ups.html",
        form,
        status,
        items=queries.follow_ups(Dossier(desk.dialogue)),
        names=PROGRESS_NAMES,
        tones=PROGRESS_TONES,
        open_ones=queries.STILL_OPEN,
        today=clock.today(),
    )


@blueprint.route(HERE + "/uppfoljning/<int:follow_up_id>", methods=["GET", "POST"])
@access(STAFF)
def follow_up(dialogue_id: int, follow_up_id: int) -> Answer:
    desk, row = Desk(dialogue_id, Do.FOLLOW_UP), queries.follow_up(follow_up_id)
    item: FollowUp = found(row if row is not None and row.dialogue_id == dialogue_id else None)
    form, status = ProgressForm(obj=item), None
    if form.validate_on_submit():
        come = {"progress": form.progress.data, "why": form.why.data}
        edit = lambda: service.edit_follow_up(actor(), desk.dialogue, version_of(form), item, _doing(form), **come)  # noqa: E731
        status = saved(form, edit, item)
        if status == 303:
            return go(".follow_ups", dialogue_id=dialogue_id)
    return desk.page(
        "dialogues/answers/follow_up.html",
        form,
        status,
        item=item,
        saved=as_saved(ProgressForm(formdata=None, obj=item)),
    )


def _doing(form: FollowUpForm) -> Doing:
    return Doing(form.text.data or "", form.unit.data or "", form.due_on.data)
