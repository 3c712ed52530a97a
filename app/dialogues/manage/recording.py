"""The secretary's pages: the record of what a body decided, and the record that mends a mistyped one."""

from __future__ import annotations

from typing import Any, TypeVar

from flask import abort, render_template, request

from app import clock
from app.dialogues import bodies, forms, queries, service
from app.dialogues.agenda import queries as agenda
from app.dialogues.amendments import fields, wording
from app.dialogues.amendments import queries as changes
from app.dialogues.amendments import service as amendments
from app.dialogues.amendments.models import ProposedChange
from app.dialogues.amendments.rules import Do as Amend
from app.dialogues.manage.decisions import Answer, decisions
from app.dialogues.manage.matters import HEADINGS, MATTERS, WORDS
from app.dialogues.manage.saving import saved, version_of, visited
from app.dialogues.models import DecisionRecord, Dialogue, Matter, Ruling
from app.dialogues.queries import Dossier
from app.dialogues.rules import Do
from app.dialogues.service import RULINGS, Minutes
from app.dialogues.service.records import ACTIONS
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.permissions import require
from app.web import STAFF, access, actor, found, go

MinutesFormKind = TypeVar("MinutesFormKind", bound=forms.MinutesForm)
FORMS: dict[Matter, type[forms.MinutesForm]] = {
    Matter.CANCEL: forms.CancelForm,
    Matter.CLOSE: forms.CloseForm,
    Matter.LATER: forms.LaterForm,
}


@decisions.route(f"/beslut/<int:dialogue_id>/<any({WORDS}):matter>", methods=["GET", "POST"])
@access(STAFF)
def record(dialogue_id: int, matter: str) -> Answer:
    dialogue, about = visited(dialogue_id, Do.DECISIONS), MATTERS[matter]
    if about is Matter.CHANGE:
        return _record_change(dialogue)
    require(actor(), Do.RECORD_CLOSE if about is Matter.CLOSE else ACTIONS[about], dialogue)
    form = _form(about, dialogue)
    status = saved(form, lambda: _keep(dialogue, about, form), dialogue) if form.validate_on_submit() else 422
    if status == 303:
        return go(".show", dialogue_id=dialogue_id)
    return _page(form, dialogue, HEADINGS[about], status)


def _keep(dialogue: Dialogue, about: Matter, form: forms.MinutesForm) -> None:
    reason = form["reason"].data
    if about is Matter.CLOSE:
        amendments.close_early(actor(), dialogue, _minutes(form), reason)
        return
    outcome = Ruling(form["outcome"].data) if "outcome" in form else Ruling.APPROVED
    version = version_of(form) if about is Matter.HOLD else None  # the body has decided about what one has read
    service.record(actor(), dialogue, about, outcome, _minutes(form), reason, version)


def _record_change(dialogue: Dialogue) -> Answer:
    """What the body decided about the change that was put to it; where it approved, the change holds at once."""
    proposed: ProposedChange = found(changes.under_way(dialogue.id))
    require(actor(), Amend.DECIDE, proposed)
    form = _form(Matter.CHANGE, dialogue, proposed.version)
    status = 422
    if form.validate_on_submit():
        outcome, reason, version = Ruling(form["outcome"].data), form["reason"].data, version_of(form)
        status = saved(form, lambda: amendments.decide(actor(), proposed, version, outcome, _minutes(form), reason))
        if status == 303:
            return go(".show", dialogue_id=dialogue.id)
        if status == 409:
            form.begin_again(proposed.version)
    parts = wording.parts(fields.values_of(dialogue, queries.scope_of(dialogue.id)), proposed.values)
    return _page(form, dialogue, HEADINGS[Matter.CHANGE], status, parts=parts, why=proposed.why)


@decisions.route("/beslut/<int:dialogue_id>/ratta/<int:record_id>", methods=["GET", "POST"])
@access(STAFF)
def mend(dialogue_id: int, record_id: int) -> Answer:
    """A mistake in a record: a new one takes its place."""
    dialogue = visited(dialogue_id, Do.DECISIONS)
    mistaken = _record(dialogue, record_id)
    require(actor(), Do.SUPERSEDE, mistaken)
    form = _offered(forms.MendForm(data=_as_recorded(mistaken)), bodies.find(mistaken.body_key))
    status = 422
    if form.validate_on_submit():
        status = saved(form, lambda: service.supersede(actor(), mistaken, _minutes(form), form.why.data), dialogue)
        if status == 303:
            return go(".show", dialogue_id=dialogue_id)
    return _page(form, dialogue, _l("Correct a mistake in the record"), status)


def _page(form: forms.MinutesForm, dialogue: Dialogue, heading: LazyText, status: int, **more: Any) -> Answer:
    page = render_template(
        "dialogues/record.html", form=form, dialogue=dialogue, heading=heading, overtaken=status == 409, **more
    )
    return page, status if request.method == "POST" else 200


def _form(matter: Matter, dialogue: Dialogue, version: int | None = None) -> forms.MinutesForm:
    start = {"body_key": dialogue.body_key, "version": dialogue.version if version is None else version}
    body = bodies.find(dialogue.body_key)
    if matter in FORMS:
        return _offered(FORMS[matter](data=start), body)
    form = forms.DecisionForm(data=start)
    form.outcome.choices = [(str(one), str(forms.RULING_NAMES[one])) for one in RULINGS[matter]]
    return _offered(form, body)


def _offered(form: MinutesFormKind, body: bodies.Body | None) -> MinutesFormKind:
    """The form with the days on which the body met, those that have been."""
    held = agenda.held(body.key, clock.today()) if body is not None else []
    days = [one.held_on for one in held]
    form.offer(body, days)
    if form.offered and request.method == "GET" and form.decided_on.data in days:
        form.meeting.data, form.decided_on.data = form.decided_on.data.isoformat(), None
    return form


def _as_recorded(record: DecisionRecord) -> dict[str, object]:
    names = ("body_key", "decided_on", "section_no", "case_number")
    return {**{name: getattr(record, name) for name in names}, "url": record.minutes_url}


def _minutes(form: forms.MinutesForm) -> Minutes:
    return Minutes(
        body_key=form.body_key.data,
        decided_on=form.day,
        section_no=form.section_no.data,
        case_number=form.case_number.data,
        url=form.url.data,
    )


def _record(dialogue: Dialogue, record_id: int) -> DecisionRecord:
    """A record of this dialogue that counts, or 404."""
    dossier = Dossier(dialogue)
    row: DecisionRecord = found(next((one for one in dossier.records if one.id == record_id), None))
    if not dossier.stands(row):
        abort(404)
    return row
