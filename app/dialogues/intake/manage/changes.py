"""Officials' pages of larger changes, and whether a dialogue was considered for each."""

from __future__ import annotations

from flask import render_template, request
from werkzeug.wrappers import Response

from app import clock
from app.dialogues import bodies
from app.dialogues.intake import areas, due, queries, service
from app.dialogues.intake.events import OUTCOME_NAMES
from app.dialogues.intake.forms import ChangeForm, ConsiderForm
from app.dialogues.intake.models import LargerChange
from app.dialogues.intake.routes import blueprint
from app.dialogues.intake.rules import Do
from app.dialogues.manage.saving import as_saved, saved, status_of, version_of
from app.permissions import can, refusal, require
from app.web import STAFF, access, actor, found, go, way_to

Answer = str | tuple[str, int] | Response
HERE = "/arbetsyta/forandringar"


@blueprint.get(HERE)
@access(STAFF, Do.SEE_CHANGES)
def changes() -> str:
    """Every larger change: what is overdue first, then what waits, then what has been considered."""
    require(actor(), Do.SEE_CHANGES)
    waiting, today = queries.waiting(), due.late_on(clock.today())
    return render_template(
        "dialogues/intake/changes.html",
        overdue=[one for one in waiting if one.decision_on <= today],
        waiting=[one for one in waiting if one.decision_on > today],
        settled=queries.settled(request.args.get("fore", None, type=int)),
        may_flag=can(actor(), Do.FLAG),
        days=due.days(),
        export=way_to(("considered.export", {})),
        consider_by=due.consider_by,
        body_of=lambda one: bodies.name_of(one.body_key),
        outcomes=OUTCOME_NAMES,
    )


@blueprint.route(HERE + "/ny", methods=["GET", "POST"])
@access(STAFF, Do.FLAG)
def new_change() -> Answer:
    require(actor(), Do.FLAG)
    form = ChangeForm()
    if form.validate_on_submit():
        made: list[LargerChange] = []
        if saved(form, lambda: made.append(service.flag(actor(), form.case()))) == 303:
            return go(".change", change_id=made[0].id)
    return render_template("dialogues/intake/change_edit.html", form=form, change=None), status_of(form)


@blueprint.route(HERE + "/<int:change_id>", methods=["GET", "POST"])
@access(STAFF, Do.SEE_CHANGES)
def change(change_id: int) -> Answer:
    """One larger change: what was considered, and the form to say so."""
    row = _change(change_id)
    considered = queries.considerations(change_id)
    latest = considered[-1].consideration.id if considered else 0
    reason = refusal(actor(), Do.CONSIDER, row)
    form = ConsiderForm(data={"version": latest})
    form.offer([] if reason else queries.dialogues_to_name(actor()))
    status = 422
    if form.validate_on_submit():
        dialogue_id, said = form.named(), {"reason": form.reason.data, "considered_by": form.considered_by.data}
        if not form.errors:
            begun = version_of(form)
            status = saved(form, lambda: service.consider(actor(), row, begun, dialogue_id=dialogue_id, **said))
            if status == 303:
                return go(".change", change_id=change_id)
    if status == 409:
        considered = queries.considerations(change_id)
        form.begin_again(considered[-1].consideration.id)
    page = render_template(
        "dialogues/intake/change.html",
        form=form,
        change=row,
        considered=considered,
        overtaken=status == 409,
        refused=reason,
        late=not considered and row.decision_on <= due.late_on(clock.today()),
        consider_by=due.consider_by(row.decision_on),
        area=areas.name_of(row.area),
        body=bodies.name_of(row.body_key),
        outcomes=OUTCOME_NAMES,
        may_edit=can(actor(), Do.FLAG),
        begin=way_to(("dialogues.new", {})) if can(actor(), Do.FLAG) else "",
        way_to=way_to,
    )
    return page, status if request.method == "POST" else 200


@blueprint.route(HERE + "/<int:change_id>/andra", methods=["GET", "POST"])
@access(STAFF, Do.FLAG)
def edit_change(change_id: int) -> Answer:
    row = _change(change_id)
    require(actor(), Do.FLAG)
    form = ChangeForm(obj=row)
    status = 422
    if form.validate_on_submit():
        status = saved(form, lambda: service.edit(actor(), row, version_of(form), form.case()), row)
        if status == 303:
            return go(".change", change_id=change_id)
    page = render_template(
        "dialogues/intake/change_edit.html",
        form=form,
        change=row,
        overtaken=status == 409,
        saved=as_saved(ChangeForm(formdata=None, obj=row)),
    )
    return page, status if request.method == "POST" else 200


def _change(change_id: int) -> LargerChange:
    row: LargerChange = found(queries.change(change_id))
    require(actor(), Do.SEE_CHANGES, row)
    return row
