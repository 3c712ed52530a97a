"""Pages on which a dialogue is evaluated: who has been heard, one's own answer, the summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from flask import flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import clock
from app.dialogues.evaluation import figures, forms, queries, service
from app.dialogues.evaluation.models import Inquiry, StaffAnswer
from app.dialogues.evaluation.queries import State
from app.dialogues.evaluation.routes import blueprint
from app.dialogues.evaluation.rules import Do
from app.dialogues.evaluation.service import AlreadyAnswered
from app.dialogues.evaluation.standard import (
    CIRCLE_NAMES,
    DUTY_NAMES,
    PART_NAMES,
    PARTY_NAMES,
    Circle,
    Duty,
    Part,
    asked,
)
from app.dialogues.evaluation.words import words_of
from app.dialogues.manage.saving import saved, status_of, version_of, visited
from app.dialogues.models import Dialogue
from app.dialogues.queries import Dossier
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l
from app.permissions import can, refusal, require
from app.questions.forms import form_of, name_of
from app.web import STAFF, access, actor, found, go

Answer = str | tuple[str, int] | Response
HERE = "/arbetsyta/dialoger/<int:dialogue_id>/utvardering"
PARTIES = ", ".join(PARTY_NAMES)


@dataclass(frozen=True)
class Line:
    """One party on the page: its state as the task list says it, a few words, and what one can do about it."""

    party: str
    label: LazyText
    state: str
    note: LazyText | str = ""
    may_be_silent: bool = False


@blueprint.get(HERE)
@access(STAFF)
def overview(dialogue_id: int) -> str:
    dialogue = visited(dialogue_id)
    state = queries.state_of(Dossier(dialogue))
    staff = state.of(Circle.STAFF)
    own = next((one for one in state.staff if one.person_id == actor().person_id), None)
    return render_template(
        "dialogues/evaluation/overview.html",
        dialogue=dialogue,
        residents=[_circle(state, circle) for circle in (Circle.PARTICIPANTS, Circle.TOLD)],
        staff=[_duty(state, duty) for duty in Duty],
        own=own,
        may_answer=staff is not None and own is None and can(actor(), Do.ANSWER_OWN, staff),
        may_record=can(actor(), Do.RECORD_SILENCE, dialogue),
        may_invite=can(actor(), Do.INVITE, dialogue),
        may_conclude=can(actor(), Do.SUMMARISE, dialogue),
        lessons=state.lessons,
        part_names={str(part): PART_NAMES[part] for part in Part},
        told=state.summary,
    )


def _circle(state: State, circle: Circle) -> Line:
    row, name = state.of(circle), CIRCLE_NAMES[circle]
    if row is None or row.closes_at is None:
        return Line(circle, name, "todo", _l("Not asked yet"))
    if clock.now() < row.closes_at:
        return Line(circle, name, "wait", _l("Can answer until %(closes_at)s", closes_at=row.closes_at))
    if row.answers is None:
        return Line(circle, name, "wait", _l("The answers are being counted"))
    if row.answers:
        return Line(circle, name, "done", _l("Answers have come in; they are on the page of the summary"))
    if circle in state.silent:
        return Line(circle, name, "done", _l("Nobody answered; it is noted why"))
    return Line(circle, name, "started", _l("Nobody answered"), may_be_silent=True)


def _duty(state: State, duty: Duty) -> Line:
    name = DUTY_NAMES[duty]
    if duty in state.answered:
        return Line(duty, name, "done", lazy_p("evaluation", "Has answered"))
    if duty in state.silent:
        return Line(duty, name, "done", _l("Nobody answered; it is noted why"))
    if state.of(Circle.STAFF) is None:
        return Line(duty, name, "blocked", _l("Is asked when the feedback has been given"))
    return Line(duty, name, "todo", _l("Has been asked"), may_be_silent=True)


@blueprint.post(HERE + "/fraga/<any(participants, told, staff):circle>")
@access(STAFF)
def invite(dialogue_id: int, circle: str) -> Response:
    """Ask by hand, where the life cycle has not."""
    dialogue = visited(dialogue_id)
    service.invite(actor(), dialogue, Circle(circle))
    return go(".overview", dialogue_id=dialogue_id)


@blueprint.route(HERE + "/svara", methods=["GET", "POST"])
@access(STAFF)
def own(dialogue_id: int) -> Answer:
    """What one thinks oneself, in one of one's duties."""
    dialogue = visited(dialogue_id)
    row: Inquiry = found(queries.inquiry(dialogue_id, Circle.STAFF))
    require(actor(), Do.ANSWER_OWN, row)
    questions = queries.questions_of(row)
    form = form_of(forms.StaffForm, questions, words_of(row, questions), {})
    form.offer(service.duties_of(actor(), dialogue_id))
    if form.validate_on_submit() and _sent(form, dialogue, row):
        return go(".overview", dialogue_id=dialogue_id)
    fields = [form[name_of(one)] for one in questions]
    page = render_template("dialogues/evaluation/own.html", form=form, dialogue=dialogue, fields=fields)
    return page, status_of(form)


def _sent(form: forms.StaffForm, dialogue: Dialogue, row: Inquiry) -> bool:
    """Whether it is in, now or since before."""
    duty, comment = Duty(form.duty.data), form.comment.data or ""
    send = partial(service.answer_own, actor(), dialogue, row, form.values(), duty=duty, comment=comment)
    try:
        done = saved(form, send)
    except AlreadyAnswered:
        flash(_("You have answered before. The first answer counts."), "info")
        return True
    if done == 303:
        flash(_("Thank you, your answers have come in."), "good")
    return done == 303


@blueprint.route(HERE + f"/inget-svar/<any({PARTIES}):party>", methods=["GET", "POST"])
@access(STAFF)
def silence(dialogue_id: int, party: str) -> Answer:
    """Nobody of a party answered: why, as far as one knows."""
    dialogue = visited(dialogue_id)
    form = forms.SilenceForm()
    if form.validate_on_submit():
        done = saved(form, lambda: service.record_silence(actor(), dialogue, party, form.reason.data or ""))
        if done == 303:
            return go(".overview", dialogue_id=dialogue_id)
    page = render_template(
        "dialogues/evaluation/silence.html",
        form=form,
        dialogue=dialogue,
        party=PARTY_NAMES[party],
        refused=refusal(actor(), Do.RECORD_SILENCE, dialogue),
    )
    return page, status_of(form)


@blueprint.route(HERE + "/sammanfattning", methods=["GET", "POST"])
@access(STAFF)
def summary(dialogue_id: int) -> Answer:
    """What everyone has said, and what one makes of it."""
    dialogue = visited(dialogue_id)
    state = queries.state_of(Dossier(dialogue))
    written = state.summary
    form = forms.SummaryForm(obj=written, version=dialogue.version)
    status = 200
    if form.validate_on_submit():
        said = {"text": form.text.data or "", "no_lessons": form.no_lessons.data or ""}
        status = saved(form, lambda: service.summarise(actor(), dialogue, version_of(form), **said), dialogue)
        if status == 303:
            return go(".overview", dialogue_id=dialogue_id)
    page = render_template(
        "dialogues/evaluation/summary.html",
        form=form,
        dialogue=dialogue,
        written=written,
        overtaken=status == 409,
        refused=refusal(actor(), Do.SUMMARISE, dialogue),
        asked=_said_by_residents(state),
        staff=_said_by_staff(state),
        comments=_comments(state.staff),
    )
    return page, status_of(form) if status == 200 else status


def _said_by_residents(state: State) -> list[tuple[LazyText, list[figures.Shown]]]:
    rows = [(circle, state.of(circle)) for circle in (Circle.PARTICIPANTS, Circle.TOLD)]
    return [(CIRCLE_NAMES[circle], figures.of(row)) for circle, row in rows if row is not None and row.answers]


def _said_by_staff(state: State) -> list[figures.Shown]:
    """Every count: colleagues answer with their names, for the dialogue lead."""
    row = state.of(Circle.STAFF)
    if row is None:
        return []
    tallies = queries.staff_tallies(row)
    return [figures.whole(one, tallies[one.indicator]) for one in asked(row.kind, row.edition)]


def _comments(rows: Sequence[StaffAnswer]) -> list[tuple[LazyText, str]]:
    return [(DUTY_NAMES[Duty(row.duty)], row.comment) for row in rows if row.comment]
