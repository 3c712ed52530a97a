"""The calendar of the bodies: officials read it, secretaries keep it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from app import clock
from app.dialogues import bodies, texts
from app.dialogues.agenda import days, forms, queries, service
from app.dialogues.agenda.models import BodyMeeting
from app.dialogues.agenda.queries import Place
from app.dialogues.agenda.rules import Do
from app.dialogues.forms import ButtonForm
from app.dialogues.manage.saving import as_saved, saved, status_of, version_of
from app.dialogues.models import Dialogue
from app.dialogues.rules import Do as Dialogues
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.permissions import can, refusal, require
from app.web import STAFF, access, actor, found, go

agenda = Blueprint("agenda", __name__, url_prefix="/beslut/sammantraden")
Answer = str | tuple[str, int] | Response


@agenda.get("")
@access(STAFF, Do.LIST)
def index() -> str:
    require(actor(), Do.LIST)
    form = forms.LookForm(formdata=request.args)
    body = bodies.find(form.namnd.data)
    page = queries.calendar(body.key if body else None, clock.today(), _place(request.args.get("fran", "")))
    return render_template(
        "dialogues/agenda/index.html",
        form=form,
        body=body,
        page=page,
        planned=_planned(page.rows),
        today=clock.today(),
        body_of=lambda row: texts.proper(bodies.name_of(row.body_key) or row.body_key),
        warnings=_warnings,
        may_keep=can(actor(), Do.KEEP),
    )


def _planned(meetings: Sequence[BodyMeeting]) -> dict[int, list[Dialogue]]:
    """What is planned for each meeting, of what this person may know of."""
    found = queries.planned_for(meetings)
    return {number: [one for one in rows if can(actor(), Dialogues.READ, one)] for number, rows in found.items()}


@agenda.route("/nytt", methods=["GET", "POST"])
@access(STAFF, Do.KEEP)
def new() -> Answer:
    """One meeting."""
    require(actor(), Do.KEEP)
    form = forms.NewMeetingForm(data={"body_key": request.args.get("namnd", "")})
    if form.validate_on_submit():
        one = [(form.held_on.data, form.papers_by.data)]
        if saved(form, lambda: service.add(actor(), form.body_key.data, one)) == 303:
            return go(".index", namnd=form.body_key.data)
    page = render_template("dialogues/agenda/meeting.html", form=form, heading=_l("Add a meeting"), row=None)
    return page, status_of(form)


@agenda.route("/flera", methods=["GET", "POST"])
@access(STAFF, Do.KEEP)
def several() -> Answer:
    """The days of a whole term at once, pasted from the body's own calendar."""
    require(actor(), Do.KEEP)
    form = forms.SeveralForm(data={"body_key": request.args.get("namnd", ""), "papers_by": 10})
    wanted = _read(form) if form.validate_on_submit() else []
    if wanted and saved(form, lambda: service.add(actor(), form.body_key.data, wanted)) == 303:
        return go(".index", namnd=form.body_key.data)
    return render_template("dialogues/agenda/several.html", form=form), status_of(form)


@agenda.route("/<int:body_meeting_id>", methods=["GET", "POST"])
@access(STAFF, Do.KEEP)
def change(body_meeting_id: int) -> Answer:
    """Another day, or other papers; what is planned for the meeting follows."""
    require(actor(), Do.KEEP)
    row: BodyMeeting = found(queries.meeting(body_meeting_id))
    form = forms.MeetingForm(obj=row)
    status = 422
    if form.validate_on_submit():
        to = {"held_on": form.held_on.data, "papers_by": form.papers_by.data}
        status = saved(form, lambda: service.change(actor(), row, version_of(form), **to), row)
        if status == 303:
            return go(".index", namnd=row.body_key)
    page = render_template(
        "dialogues/agenda/meeting.html",
        form=form,
        heading=_l("Change the meeting"),
        row=row,
        body=texts.proper(bodies.name_of(row.body_key) or row.body_key),
        planned=queries.planned_for([row])[row.id],
        overtaken=status == 409,
        saved=as_saved(forms.MeetingForm(formdata=None, obj=row)),
    )
    return page, status if request.method == "POST" else 200


@agenda.route("/<int:body_meeting_id>/bort", methods=["GET", "POST"])
@access(STAFF, Do.KEEP)
def remove(body_meeting_id: int) -> Answer:
    """A meeting that is not held. One that something is planned for stays."""
    require(actor(), Do.KEEP)
    row: BodyMeeting = found(queries.meeting(body_meeting_id))
    form, body_key = ButtonForm(), row.body_key
    if form.validate_on_submit() and saved(form, lambda: service.remove(actor(), row)) == 303:
        return go(".index", namnd=body_key)
    page = render_template(
        "dialogues/agenda/remove.html",
        form=form,
        row=row,
        body=texts.proper(bodies.name_of(body_key) or body_key),
        planned=queries.planned_for([row])[row.id],
        refused=refusal(actor(), Do.REMOVE, row),
    )
    return page, status_of(form)


def _read(form: forms.SeveralForm) -> list[tuple[date, date]]:
    """The days of the form, each with its last day for papers; none, and a sentence at the field, where one is none."""
    read = days.pasted(form.held_on.data)
    if read.unread:
        sentence = _l("This cannot be read as a day: %(lines)s. Write it for example as 2027-03-15.")
        form.refuse(form.held_on, sentence.filled(lines=list(read.unread[:5])))
    elif len(read.days) > days.MOST_DAYS:
        form.refuse(form.held_on, _l("Write at most %(most)s days at once.", most=days.MOST_DAYS))
    elif not read.days:
        form.refuse(form.held_on, _l("Write at least one day."))
    else:
        return [(day, day - timedelta(days=form.papers_by.data)) for day in read.days]
    return []


def _warnings(row: BodyMeeting) -> list[LazyText]:
    """What is unusual about the days of a meeting; a body may meet on them all the same."""
    found = []
    if name := days.holiday(row.held_on):
        found.append(_l("The meeting is on a holiday: %(name)s.", name=name))
    elif days.is_weekend(row.held_on):
        found.append(_l("The meeting is on a weekend."))
    if name := days.holiday(row.papers_by):
        found.append(_l("The last day for papers is a holiday: %(name)s.", name=name))
    elif days.is_weekend(row.papers_by):
        found.append(_l("The last day for papers is on a weekend."))
    return found


def _place(text: str) -> Place | None:
    """A place in the calendar, as `Place` writes it; None for anything else."""
    day, _, number = text.removeprefix("-").partition("_")
    try:
        return Place(date.fromisoformat(day), int(number[:9]), text.startswith("-"))
    except ValueError:
        return None
