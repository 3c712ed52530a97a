"""The officials' pages: the first questions, what each kind must say, and sending a question on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from app import clock
from app.dialogues.forms import EditForm
from app.dialogues.intake.models import Competence
from app.dialogues.intake.queries import assessed
from app.dialogues.kinds import forms, queries, service
from app.dialogues.kinds.core.proposal import Answers, offered, proposed
from app.dialogues.kinds.rules import Do
from app.dialogues.kinds.words import MEANINGS
from app.dialogues.manage.saving import as_saved, saved, status_of, version_of, visited
from app.dialogues.models import Dialogue
from app.dialogues.routes import blueprint as dialogues
from app.dialogues.rules import Do as Dialogues
from app.dialogues.stages import KIND_NAMES, PUBLIC_STAGES, Kind
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.permissions import can, refusal, require
from app.web import STAFF, access, actor, go

blueprint = Blueprint("kinds_desk", __name__)
Answer = str | tuple[str, int] | Response
SENT_TO = (Kind.USER_DIALOGUE, Kind.INFORMATION, Kind.STATUTORY_CONSULTATION)
ASKED = frozenset(forms.FIELDS)


@dialogues.route("/arbetsyta/dialoger/ny", methods=["GET", "POST"])
@access(STAFF)
def new() -> Answer:
    """Four questions first; their answers, which the address then bears, propose the kind."""
    require(actor(), Dialogues.PROPOSE)
    asked = forms.QuestionsForm(formdata=request.args if ASKED & set(request.args) else None, slag=_wanted())
    is_answered = bool(ASKED & set(request.args)) and asked.is_answered()
    if not is_answered:
        return render_template("dialogues/kinds/questions.html", form=asked), status_of(asked)
    answers = asked.answers()
    form = forms.BeginForm(kind=_preselected(answers))
    form.offer(offered(answers))
    if form.validate_on_submit():
        made: list[Dialogue] = []
        if saved(form, lambda: made.append(_begun(form, answers))) == 303:
            return _after(made[0])
    page = render_template(
        "dialogues/kinds/begin.html",
        form=form,
        asked=asked,
        proposed=KIND_NAMES[proposed(answers)],
        meaning=MEANINGS[proposed(answers)],
    )
    return page, status_of(form)


def _wanted() -> str:
    """The kind that the link here named, such as `?slag=information`; empty where it named none."""
    wanted = request.args.get("slag", "")
    return wanted if wanted in set(Kind) else ""


def _preselected(answers: Answers) -> str:
    wanted = _wanted()
    return wanted if wanted in offered(answers) else str(proposed(answers))


def _begun(form: forms.BeginForm, answers: Answers) -> Dialogue:
    chosen = form.kind.data if form.kind.data in set(Kind) else proposed(answers)
    reason = form.reason.data or ""
    return service.begin(
        actor(), answers, Kind(chosen), reason, title=form.title.data or "", question=form.question.data or ""
    )


def _after(made: Dialogue) -> Response:
    if made.kind == Kind.CITIZEN_DIALOGUE:
        return go("dialogues.criteria", dialogue_id=made.id)
    return go("desk.dialogue", dialogue_id=made.id)


# ------------------------------------------------------------------ what each kind must say


@dataclass(frozen=True)
class Part:
    """One page of a kind: its heading, its form, who may save it, what it begins with, and what saves it."""

    heading: LazyText
    form: Callable[[Dialogue], type[EditForm]]
    do: Do
    start: Callable[[Dialogue], dict[str, Any]]
    save: Callable[..., None]


def _about_form(row: Dialogue) -> type[EditForm]:
    return forms.UserAboutForm if row.kind == Kind.USER_DIALOGUE else forms.AboutForm


def _about(row: Dialogue) -> dict[str, Any]:
    found = queries.service_of(row.id)
    return {"unit": found.unit if found is not None else ""}


def _told(row: Dialogue) -> dict[str, Any]:
    found = queries.decision_of(row.id)
    if found is None:
        return {"body_key": row.body_key}
    return {name: getattr(found, name) for name in ("body_key", "decided_on", "section_no", "url")}


def _save_told(who: Any, row: Dialogue, version: int, *, reason: str = "", **told: Any) -> None:
    service.tell_decision(who, row, version, service.Told(**told), reason)


def _process(row: Dialogue) -> dict[str, Any]:
    found = queries.process_of(row.id)
    first = clock.local(row.opens_at).date() if row.opens_at is not None else None
    last = clock.local(row.closes_at - timedelta(seconds=1)).date() if row.closes_at is not None else None
    return {"law": found.law if found else "", "url": found.url if found else "", "first": first, "last": last}


PARTS = {
    "om": Part(_l("What it is about"), _about_form, Do.ABOUT, _about, service.describe),
    "period": Part(
        _l("The period and the promise"), lambda _row: forms.PeriodForm, Do.PERIOD, lambda _row: {}, service.set_period
    ),
    "beslut": Part(
        _l("The decision that is told of"),
        lambda row: forms.CorrectedForm if row.stage in PUBLIC_STAGES else forms.ToldForm,
        Do.TELL,
        _told,
        _save_told,
    ),
    "process": Part(
        _l("Where and when the consultation is held"),
        lambda _row: forms.ProcessForm,
        Do.LINK,
        _process,
        service.link_process,
    ),
}
PARTS_OF = {
    Kind.CITIZEN_DIALOGUE: (),
    Kind.USER_DIALOGUE: ("om", "period"),
    Kind.INFORMATION: ("om", "beslut"),
    Kind.STATUTORY_CONSULTATION: ("om", "process"),
}


@blueprint.route(
    "/arbetsyta/dialoger/<int:dialogue_id>/uppgifter/<any(om, period, beslut, process):part>",
    methods=["GET", "POST"],
    endpoint="part",
)
@access(STAFF)
def edit_part(dialogue_id: int, part: str) -> Answer:
    dialogue, page = visited(dialogue_id), PARTS[part]
    if part not in PARTS_OF[Kind(dialogue.kind)]:
        abort(404)
    form = page.form(dialogue)(obj=dialogue, **page.start(dialogue))
    status = 422
    if form.validate_on_submit():
        status = saved(form, lambda: _save(page, dialogue, form), dialogue)
        if status == 303:
            return go("desk.dialogue", dialogue_id=dialogue_id)
    now_saved = page.form(dialogue)(formdata=None, obj=dialogue, **page.start(dialogue))
    shown = render_template(
        "dialogues/edit.html",
        form=form,
        dialogue=dialogue,
        heading=page.heading,
        part=part,
        overtaken=status == 409,
        refused=refusal(actor(), page.do, dialogue),
        saved=as_saved(now_saved),
    )
    return shown, status if request.method == "POST" else 200


def _save(page: Part, dialogue: Dialogue, form: EditForm) -> None:
    values = {name: value for name, value in form.data.items() if name not in ("version", "csrf_token")}
    page.save(actor(), dialogue, version_of(form), **values)


# ------------------------------------------------------------------ why it is what it is


@blueprint.route("/arbetsyta/dialoger/<int:dialogue_id>/slag", methods=["GET", "POST"])
@access(STAFF)
def choose(dialogue_id: int) -> Answer:
    """The first questions and their answers; a citizens' dialogue that was begun without them is asked here."""
    dialogue = visited(dialogue_id)
    form = forms.ChooseForm()
    if form.validate_on_submit():
        answers, reason = form.answers(), form.reason.data or ""
        status = saved(form, lambda: service.settle(actor(), dialogue, answers, reason))
        if status == 303:
            return go("desk.dialogue", dialogue_id=dialogue_id)
    page = render_template(
        "dialogues/kinds/choose.html",
        form=form,
        dialogue=dialogue,
        choice=queries.choice_of(dialogue_id),
        kind_names=KIND_NAMES,
        refused=refusal(actor(), Do.CHOOSE, dialogue),
    )
    return page, status_of(form)


# ------------------------------------------------------------------ sending a question on


@blueprint.route("/arbetsyta/dialoger/<int:dialogue_id>/omdirigera", methods=["GET", "POST"])
@access(STAFF)
def redirect(dialogue_id: int) -> Answer:
    """Where a question belongs that is no citizens' dialogue: a new entry of another kind, or one that is there."""
    dialogue = visited(dialogue_id)
    form = forms.RedirectForm(to=_wanted())
    told = assessed(dialogue_id)
    authority = told.basis.answers_for_it or "" if told and told.basis.competence == Competence.ELSEWHERE else ""
    entries = {row.id: f"{row.title} ({KIND_NAMES[Kind(row.kind)]})" for row in queries.linkable(actor())}
    form.offer(SENT_TO if can(actor(), Dialogues.PROPOSE) else (), entries, authority)
    if form.validate_on_submit():
        made: list[Dialogue] = []
        if saved(form, lambda: made.append(_sent(dialogue, form))) == 303:
            there = made[0] if can(actor(), Dialogues.VISIT, made[0]) else dialogue
            return go("desk.dialogue", dialogue_id=there.id)
    page = render_template(
        "dialogues/kinds/redirect.html",
        form=form,
        dialogue=dialogue,
        refused=refusal(actor(), Do.REDIRECT, dialogue),
        sent=queries.sent_on(dialogue_id),
    )
    return page, status_of(form)


def _sent(dialogue: Dialogue, form: forms.RedirectForm) -> Dialogue:
    to, reason = form.to.data or "", form.reason.data or ""
    if to == forms.ELSEWHERE:
        service.refer(actor(), dialogue, reason)
        return dialogue
    if to in set(Kind):
        return service.redirect(actor(), dialogue, Kind(to), reason)
    return service.redirect(actor(), dialogue, int(to) if to.isascii() and to.isdecimal() else 0, reason)
