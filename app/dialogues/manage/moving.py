"""Pages on which a dialogue is moved on, kept open longer, and what became of it is written."""

from __future__ import annotations

from flask import abort, render_template
from werkzeug.wrappers import Response

from app import richtext
from app.dialogues import forms, lifecycle, queries, service
from app.dialogues.manage.saving import saved, status_of, version_of, visited
from app.dialogues.models import Dialogue
from app.dialogues.queries import Dossier
from app.dialogues.routes import blueprint
from app.dialogues.rules import Do
from app.dialogues.stages import STAGE_NAMES, Kind, Stage, names_of
from app.dialogues.steps import Step
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.permissions import Reason, Refusal, refusal
from app.web import STAFF, access, actor, go, way_to

Answer = str | tuple[str, int] | Response
BY_RECORD = frozenset({Stage.DECIDED, Stage.REJECTED, Stage.RESOLVED, Stage.CANCELLED})
# What the note of a step is for; without an entry it is a note for the log that nobody has to write.
NOTES: dict[Stage, LazyText] = {
    Stage.PAUSED: _l("Why is it paused? Everyone can read this."),
    Stage.UNSUITABLE: _l("Why is it not held? Everyone can read this in the register of considered questions."),
    Stage.ARCHIVED: _l("Where and how is it kept?"),
}
STAGES = ", ".join(Stage)


@blueprint.route(f"/arbetsyta/dialoger/<int:dialogue_id>/flytta/<any({STAGES}):to>", methods=["GET", "POST"])
@access(STAFF)
def confirm(dialogue_id: int, to: str) -> Answer:
    """One step: what it needs, and the button."""
    dialogue = visited(dialogue_id)
    step = lifecycle.step(dialogue.kind, dialogue.stage, to)
    if step is None:
        service.missing(dialogue, Stage(to))  # refuses, and says that no step leads there
        abort(404)
    if step.to in BY_RECORD:
        return go("decisions.show", dialogue_id=dialogue_id)
    if step.to is Stage.REDIRECTED:
        return go("kinds_desk.redirect", dialogue_id=dialogue_id)
    if (step.start, step.to) == (Stage.PAUSED, Stage.OPEN):
        return go(".resume", dialogue_id=dialogue_id)
    form = forms.NoteForm() if step.to in NOTES else forms.MoveForm()
    if form.validate_on_submit():
        service.move(actor(), dialogue, step.to, form.note.data)
        return go("desk.dialogue", dialogue_id=dialogue_id)
    return _confirm_page(dialogue, step, form), status_of(form)


def _confirm_page(dialogue: Dialogue, step: Step, form: forms.MoveForm) -> str:
    if step.to in NOTES:
        in_register = step.to is not Stage.UNSUITABLE or dialogue.kind == Kind.CITIZEN_DIALOGUE
        form.note.label.text = NOTES[step.to] if in_register else _l("Why is it set aside?")
    return render_template(
        "dialogues/confirm.html",
        form=form,
        dialogue=dialogue,
        step=step,
        names=names_of(dialogue.kind),
        missing=service.missing_in(Dossier(dialogue), step, note="…"),  # the note is written here
        refused=step.by(actor(), dialogue),
        way_to=way_to,
    )


@blueprint.route("/arbetsyta/dialoger/<int:dialogue_id>/oppna-igen", methods=["GET", "POST"])
@access(STAFF)
def resume(dialogue_id: int) -> Answer:
    """Open a paused dialogue again, with a later closing time where one is wanted."""
    dialogue = visited(dialogue_id)
    step = lifecycle.step(dialogue.kind, dialogue.stage, Stage.OPEN)
    if step is None or dialogue.stage != Stage.PAUSED:
        raise Refusal(Do.MOVE, _not_paused(dialogue))
    days = service.days_paused(dialogue)
    form = forms.ResumeForm(data={"closes_at": dialogue.closes_at})
    form.make_up.label.text = _l("Let it stay open for as many days longer as it was paused: %(days)s", days=days)
    form.make_up.description = _l("Phases and everything in them that had not ended move on by as many days.")
    if form.validate_on_submit() and saved(form, lambda: _resumed(dialogue, form)) == 303:
        return go("desk.dialogue", dialogue_id=dialogue_id)
    heading = _l("Open the dialogue again")
    return _longer_page(dialogue, form, heading, step.by(actor(), dialogue)), status_of(form)


@blueprint.route("/arbetsyta/dialoger/<int:dialogue_id>/forlang", methods=["GET", "POST"])
@access(STAFF)
def extend(dialogue_id: int) -> Answer:
    """Let it stay open longer."""
    dialogue = visited(dialogue_id)
    form = forms.ExtendForm(data={"closes_at": dialogue.closes_at})
    save = lambda: service.extend(actor(), dialogue, form.closes_at.data, form.why.data)  # noqa: E731
    if form.validate_on_submit() and saved(form, save) == 303:
        return go("desk.dialogue", dialogue_id=dialogue_id)
    heading = _l("Keep the dialogue open longer")
    return _longer_page(dialogue, form, heading, refusal(actor(), Do.EXTEND, dialogue)), status_of(form)


def _resumed(dialogue: Dialogue, form: forms.ResumeForm) -> None:
    service.resume(actor(), dialogue, form.closes_at.data, form.why.data, make_up=form.make_up.data)


def _longer_page(dialogue: Dialogue, form: forms.ExtendForm, heading: LazyText, refused: Reason | None) -> str:
    return render_template("dialogues/longer.html", form=form, dialogue=dialogue, heading=heading, refused=refused)


def _not_paused(dialogue: Dialogue) -> Reason:
    sentence = _l("The dialogue is not paused. It is now: %(stage)s.", stage=STAGE_NAMES[Stage(dialogue.stage)])
    return Reason("stage", sentence)


@blueprint.route("/arbetsyta/dialoger/<int:dialogue_id>/aterkoppling", methods=["GET", "POST"])
@access(STAFF)
def outcome(dialogue_id: int) -> Answer:
    """What became of it: written, looked at, saved; the step “fed back” publishes it."""
    dialogue = visited(dialogue_id)
    written = queries.outcome_of(dialogue_id)
    form = forms.OutcomeForm(obj=written, version=dialogue.version)
    status = 200
    if form.validate_on_submit() and not form.preview.data:
        said = {"heading": form.heading.data, "lead": form.lead.data, "body": form.body.data}
        status = saved(form, lambda: service.write_outcome(actor(), dialogue, version_of(form), **said), dialogue)
        if status == 303:
            return go("desk.dialogue", dialogue_id=dialogue_id)
    page = render_template(
        "dialogues/outcome.html",
        form=form,
        dialogue=dialogue,
        written=written,
        overtaken=status == 409,
        refused=refusal(actor(), Do.ANSWER, dialogue),
        preview=richtext.from_markdown(form.body.data or "") if form.preview.data and not form.errors else None,
    )
    return page, status_of(form) if status == 200 else status
