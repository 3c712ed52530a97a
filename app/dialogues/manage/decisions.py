"""The desk of those who decide: what awaits a body, what it needs to know, and the record of what it decided."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from app import ladder
from app.dialogues import bodies, criteria, forms, queries, service, texts, wording
from app.dialogues.addresses import slug
from app.dialogues.manage.saving import saved, visited
from app.dialogues.models import DecisionRecord, Dialogue, Matter, Ruling
from app.dialogues.queries import Dossier
from app.dialogues.rules import Do
from app.dialogues.service import RULINGS, Minutes
from app.dialogues.service.records import ACTIONS
from app.dialogues.stages import RESULT_STAGES, Stage
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.permissions import can, require
from app.web import STAFF, access, actor, found, go

decisions = Blueprint("decisions", __name__)
Answer = str | tuple[str, int] | Response
MATTERS = {"halla": Matter.HOLD, "arendet": Matter.FINAL, "avbryta": Matter.CANCEL}
HEADINGS: dict[Matter, LazyText] = {
    Matter.HOLD: _l("Record the decision to hold the dialogue"),
    Matter.FINAL: _l("Record the decision in the matter"),
    Matter.CANCEL: _l("Record that the dialogue is called off"),
}


@decisions.get("/beslut")
@access(STAFF, Do.LIST_DECISIONS)
def index() -> str:
    require(actor(), Do.LIST_DECISIONS)
    waiting = queries.awaiting_decision(actor())
    return render_template(
        "dialogues/decisions.html",
        to_hold=[one for one in waiting if one.stage == Stage.PREPARED],
        to_decide=[one for one in waiting if one.stage == Stage.HANDED_OVER],
        decided=queries.with_decision(actor()),
        body_of=lambda one: texts.proper(bodies.name_of(one.body_key)),
        wording=wording,
    )


@decisions.get("/beslut/<int:dialogue_id>")
@access(STAFF, Do.DECISIONS)
def show(dialogue_id: int) -> str:
    """What a body needs to know to decide, and what it has decided."""
    dialogue = visited(dialogue_id, Do.DECISIONS)
    dossier = Dossier(dialogue)
    current = {record.id for matter in Matter if (record := dossier.record(matter)) is not None}
    return render_template(
        "dialogues/decision_page.html",
        dialogue=dialogue,
        dossier=dossier,
        criteria=criteria.CRITERIA,
        answer_names=criteria.ANSWER_NAMES,
        level=ladder.level(dialogue.level) if dialogue.level else None,
        body=texts.proper(bodies.name_of(dialogue.body_key)),
        tag=wording.tag(dialogue),
        current=current,
        ruling=wording.ruling_words,
        decision_words=wording.decision_words,
        proper=texts.proper,
        doors=[(path, HEADINGS[one]) for path, one in MATTERS.items() if can(actor(), ACTIONS[one], dialogue)],
        may_mend=can(actor(), Do.SUPERSEDE, dialogue),
        has_result=dialogue.stage in RESULT_STAGES,
        slug=slug(dialogue.title),
    )


@decisions.route("/beslut/<int:dialogue_id>/<any(halla, arendet, avbryta):matter>", methods=["GET", "POST"])
@access(STAFF)
def record(dialogue_id: int, matter: str) -> Answer:
    dialogue, about = visited(dialogue_id, Do.DECISIONS), MATTERS[matter]
    require(actor(), ACTIONS[about], dialogue)
    form = _form(about, dialogue)
    status = 422
    if form.validate_on_submit():
        outcome = Ruling.APPROVED if about is Matter.CANCEL else Ruling(form["outcome"].data)
        reason = form["reason"].data
        status = saved(
            form, lambda: service.record(actor(), dialogue, about, outcome, _minutes(form), reason), dialogue
        )
        if status == 303:
            return go(".show", dialogue_id=dialogue_id)
    page = render_template(
        "dialogues/record.html", form=form, dialogue=dialogue, heading=HEADINGS[about], overtaken=status == 409
    )
    return page, status if request.method == "POST" else 200


@decisions.route("/beslut/<int:dialogue_id>/ratta/<int:record_id>", methods=["GET", "POST"])
@access(STAFF)
def mend(dialogue_id: int, record_id: int) -> Answer:
    """A mistake in a record: a new one takes its place."""
    dialogue = visited(dialogue_id, Do.DECISIONS)
    mistaken = _record(dialogue, record_id)
    require(actor(), Do.SUPERSEDE, mistaken)
    form = forms.MendForm(obj=mistaken, url=mistaken.minutes_url)
    status = 422
    if form.validate_on_submit():
        status = saved(form, lambda: service.supersede(actor(), mistaken, _minutes(form), form.why.data), dialogue)
        if status == 303:
            return go(".show", dialogue_id=dialogue_id)
    heading = _l("Correct a mistake in the record")
    page = render_template(
        "dialogues/record.html", form=form, dialogue=dialogue, heading=heading, overtaken=status == 409
    )
    return page, status if request.method == "POST" else 200


def _form(matter: Matter, dialogue: Dialogue) -> forms.MinutesForm:
    start = {"body_key": dialogue.body_key}
    if matter is Matter.CANCEL:
        return forms.CancelForm(data=start)
    form = forms.DecisionForm(data=start)
    form.outcome.choices = [(str(one), str(forms.RULING_NAMES[one])) for one in RULINGS[matter]]
    return form


def _minutes(form: forms.MinutesForm) -> Minutes:
    return Minutes(
        body_key=form.body_key.data,
        decided_on=form.decided_on.data,
        section_no=form.section_no.data,
        case_number=form.case_number.data,
        url=form.url.data,
    )


def _record(dialogue: Dialogue, record_id: int) -> DecisionRecord:
    """A record of this dialogue that counts, or 404."""
    dossier = Dossier(dialogue)
    row: DecisionRecord = found(next((one for one in dossier.records if one.id == record_id), None))
    if dossier.record(Matter(row.matter)) is not row:
        abort(404)
    return row
