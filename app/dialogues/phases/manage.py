"""The officials' pages of the phases of a dialogue, the times of its things, and what came of each phase."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from app import richtext
from app.dialogues import queries as dialogues
from app.dialogues.forms import EditForm
from app.dialogues.manage.saving import as_saved, saved, status_of, version_of, visited
from app.dialogues.models import Card, Dialogue
from app.dialogues.phases import queries, service
from app.dialogues.phases.forms import InterimForm, PhaseForm, RemoveForm, TimesForm
from app.dialogues.phases.models import Phase
from app.dialogues.phases.rules import Do, is_announced
from app.dialogues.phases.service import NEVER_SAVED, Facts
from app.dialogues.routes import blueprint
from app.dialogues.times import of_dialogue
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.permissions import can, refusal, require
from app.web import STAFF, access, actor, found, go

Answer = str | tuple[str, int] | Response
HERE = "/arbetsyta/dialoger/<int:dialogue_id>/faser"
ONE = HERE + "/<int:phase_id>"


@blueprint.get(HERE)
@access(STAFF)
def phases(dialogue_id: int) -> str:
    """Every phase with what belongs to it, and what belongs to none."""
    dialogue = visited(dialogue_id)
    plan, cards = queries.plan_of(dialogue_id), dialogues.cards_of(dialogue_id)
    return render_template(
        "dialogues/phases/index.html",
        dialogue=dialogue,
        parts=[(one, plan.in_phase(one, cards)) for one in plan.phases],
        rest=plan.in_phase(None, cards),
        window=lambda card: plan.window(card.subject).within(of_dialogue(dialogue)),
        is_told=queries.is_told,
        refused=refusal(actor(), Do.PLAN, dialogue),
        may_tell=can(actor(), Do.TELL, dialogue),
        is_announced=is_announced(dialogue.stage),
    )


@blueprint.route(HERE + "/ny", methods=["GET", "POST"])
@access(STAFF)
def new_phase(dialogue_id: int) -> Answer:
    dialogue = visited(dialogue_id)
    require(actor(), Do.PLAN, dialogue)
    form = PhaseForm().of_dialogue(dialogue)
    return _edited(
        dialogue, form, _l("New phase"), lambda: service.add_phase(actor(), dialogue, _facts(form), form.reason)
    )


@blueprint.route(ONE, methods=["GET", "POST"])
@access(STAFF)
def phase(dialogue_id: int, phase_id: int) -> Answer:
    """Change a phase."""
    dialogue, row = _phase(dialogue_id, phase_id)
    require(actor(), Do.PLAN, dialogue)
    form = PhaseForm(obj=row).of_dialogue(dialogue)
    return _edited(
        dialogue,
        form,
        _l("Change the phase"),
        lambda: service.change_phase(actor(), dialogue, row, version_of(form), _facts(form), form.reason),
        row,
    )


@blueprint.route(ONE + "/bort", methods=["GET", "POST"])
@access(STAFF)
def remove_phase(dialogue_id: int, phase_id: int) -> Answer:
    dialogue, row = _phase(dialogue_id, phase_id)
    require(actor(), Do.PLAN, dialogue)
    form = RemoveForm(obj=row).of_dialogue(dialogue)
    return _edited(
        dialogue,
        form,
        _l("Take the phase away"),
        lambda: service.remove_phase(actor(), dialogue, row, form.reason),
        sentence=_l("“%(name)s” is taken away. What belongs to it belongs to no phase then.", name=row.name),
    )


@blueprint.route(HERE + "/tider/<thing>", methods=["GET", "POST"])
@access(STAFF)
def thing_times(dialogue_id: int, thing: str) -> Answer:
    """The phase of a thing, and its own opening and closing time. `thing`: its key, as its card has it."""
    dialogue = visited(dialogue_id)
    card: Card = found(next((one for one in dialogues.cards_of(dialogue_id) if one.subject == thing), None))
    require(actor(), Do.PLAN, dialogue)
    plan = queries.plan_of(dialogue_id)
    row = plan.things.get(thing)
    form = _times_form(dialogue, plan, row)

    def save() -> None:
        chosen = next((one for one in plan.phases if str(one.id) == form.phase.data), None)
        times = {"opens_at": form.opens_at.data, "closes_at": form.closes_at.data}
        service.set_times(actor(), dialogue, card, version_of(form), phase=chosen, **times, why=form.reason)

    return _edited(dialogue, form, _l("When it is open"), save, row, name=card.title)


@blueprint.route(ONE + "/aterkoppling", methods=["GET", "POST"])
@access(STAFF)
def interim(dialogue_id: int, phase_id: int) -> Answer:
    """What came of a phase: written, looked at, saved; it is public from the end of the phase on."""
    dialogue, row = _phase(dialogue_id, phase_id)
    require(actor(), Do.TELL, dialogue)
    form = InterimForm(obj=row)
    form.of_dialogue(dialogue if row.published_at is not None else None)
    status = status_of(form)
    if form.validate_on_submit() and not form.preview.data:
        text = form.interim.data or ""
        save = lambda: service.write_interim(actor(), dialogue, row, version_of(form), text, form.reason)  # noqa: E731
        status = saved(form, save, row)
        if status == 303:
            return go(".phases", dialogue_id=dialogue_id)
    page = render_template(
        "dialogues/phases/interim.html",
        form=form,
        dialogue=dialogue,
        phase=row,
        is_told=queries.is_told(row),
        overtaken=status == 409,
        preview=richtext.from_markdown(form.interim.data or "") if form.preview.data and not form.errors else None,
    )
    return page, 422 if form.errors else status


def _phase(dialogue_id: int, phase_id: int) -> tuple[Dialogue, Phase]:
    dialogue = visited(dialogue_id)
    return dialogue, found(queries.phase_in(dialogue_id, phase_id))


def _facts(form: PhaseForm) -> Facts:
    return Facts(form.name.data, form.opens_at.data, form.closes_at.data)


def _times_form(dialogue: Dialogue, plan: queries.Plan, row: Any) -> TimesForm:
    start = {"opens_at": row.opens_at, "closes_at": row.closes_at, "version": row.version} if row else {}
    phase_id = str(row.phase_id) if row and row.phase_id else ""
    form = TimesForm(data={"version": NEVER_SAVED, **start, "phase": phase_id}).of_dialogue(dialogue)
    form.phase.choices = [("", str(_l("No phase"))), *((str(one.id), one.name) for one in plan.phases)]
    return form


def _edited(
    dialogue: Dialogue,
    form: EditForm,
    heading: LazyText,
    save: Callable[[], object],
    row: Any = None,
    **said: Any,
) -> Answer:
    """One form: saved, or shown with what is wrong, or with what another saved meanwhile."""
    status = 422
    if form.validate_on_submit():
        status = saved(form, save, row)
        if status == 303:
            return go(".phases", dialogue_id=dialogue.id)
    page = render_template(
        "dialogues/phases/edit.html",
        form=form,
        dialogue=dialogue,
        heading=heading,
        overtaken=status == 409,
        saved=as_saved(type(form)(formdata=None, obj=row)) if status == 409 and row is not None else [],
        **said,
    )
    return page, status if request.method == "POST" else 200
