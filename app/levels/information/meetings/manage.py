"""The officials' door: planning and holding meetings, those who have signed up, and what came of it."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from app import i18n
from app.dialogues import queries as dialogues
from app.i18n import lazy as _l
from app.levels.information.meetings import queries, service
from app.levels.information.meetings.forms import (
    CHANNELS,
    WISHES,
    CancelForm,
    MeetingForm,
    MinutesForm,
    NoForm,
    RegisterForm,
    SaidForm,
)
from app.levels.information.meetings.models import Meeting
from app.levels.information.meetings.rules import Do
from app.levels.information.meetings.service import Where
from app.permissions import can, refusal, require
from app.web import STAFF, access, actor, found, go, in_both

blueprint = Blueprint("meeting_desk", __name__)
IN = "/arbetsyta/dialoger/<int:dialogue_id>/moten"
SITE = "/arbetsyta/moten"
Answer = str | tuple[str, int] | BaseResponse
both = in_both(blueprint, IN, SITE)


@both("")
@access(STAFF)
def index(dialogue_id: int | None) -> str:
    place = _place(dialogue_id)
    return render_template(
        "levels/meetings/desk_index.html",
        meetings=queries.written(dialogue_id),
        refused=refusal(actor(), Do.WRITE, Where(dialogue_id)),
        **place,
    )


@both("/nytt", methods=["GET", "POST"])
@access(STAFF)
def create(dialogue_id: int | None) -> Answer:
    place, form = _place(dialogue_id), MeetingForm()
    form.offer(service.forms_in(place["dialogue"]))
    require(actor(), Do.WRITE, Where(dialogue_id))
    if form.validate_on_submit() and form.check_order():
        return _to(service.create(actor(), Where(dialogue_id), form.plan()))
    return _plan_page(form, None, **place)


@both("/<int:meeting_id>")
@access(STAFF)
def show(dialogue_id: int | None, meeting_id: int) -> str:
    """One meeting with everything that can be done with it, and who comes."""
    place, row = _place(dialogue_id), found(queries.meeting_in(dialogue_id, meeting_id))
    sees_names = can(actor(), Do.SEE_NAMES, row)
    return render_template(
        "levels/meetings/desk_show.html",
        meeting=row,
        guests=queries.sign_ups(row.id) if sees_names else [],
        places=queries.places(row.id),
        sees_names=sees_names,
        may={one.name.lower(): can(actor(), one, row) for one in Do if one is not Do.READ_SAID},
        wish_names=WISHES,
        channels=CHANNELS,
        languages_of={one.code: one.endonym for one in i18n.shipped()},
        address=queries.address_of(row),
        form=NoForm(),
        **place,
    )


@both("/<int:meeting_id>/andra", methods=["GET", "POST"])
@access(STAFF)
def edit(dialogue_id: int | None, meeting_id: int) -> Answer:
    place, row = _place(dialogue_id), found(queries.meeting_in(dialogue_id, meeting_id))
    require(actor(), Do.WRITE, row)
    form = MeetingForm(obj=row)
    form.offer(service.forms_in(place["dialogue"]))
    if form.validate_on_submit() and form.check_order():
        status = _changed(form, row)
        if status == 303:  # see other
            return _to(row)
        return _plan_page(form, row, overtaken=status == 409, **place)
    return _plan_page(form, row, **place)


@both("/<int:meeting_id>/publicera", methods=["POST"])
@access(STAFF)
def publish(dialogue_id: int | None, meeting_id: int) -> BaseResponse:
    row = found(queries.meeting_in(dialogue_id, meeting_id))
    service.publish(actor(), row)
    flash(_("The meeting is published."), "good")
    return _to(row)


@both("/<int:meeting_id>/stall-in", methods=["GET", "POST"])
@access(STAFF)
def cancel(dialogue_id: int | None, meeting_id: int) -> Answer:
    place, row = _place(dialogue_id), found(queries.meeting_in(dialogue_id, meeting_id))
    require(actor(), Do.CANCEL, row)
    form = CancelForm()
    if form.validate_on_submit():
        service.cancel(actor(), row, form.reason.data or "")
        flash(_("The meeting is called off. Everyone who had signed up is told by e-mail."))
        return _to(row)
    return _page("levels/meetings/desk_cancel.html", form, meeting=row, places=queries.places(row.id), **place)


@both("/<int:meeting_id>/anmal", methods=["GET", "POST"])
@access(STAFF)
def register(dialogue_id: int | None, meeting_id: int) -> Answer:
    """Sign up somebody who called or wrote."""
    place, row = _place(dialogue_id), found(queries.meeting_in(dialogue_id, meeting_id))
    require(actor(), Do.REGISTER, row)
    form = RegisterForm(data={"form_key": secrets.token_urlsafe(16), "language": "sv"})
    if form.validate_on_submit() and form.check_reachable():
        coming = service.register(actor(), row, form.guest(), form.form_key.data or secrets.token_urlsafe(16))
        flash(_told(coming.name, has_seat=coming.seat is not None), "good")
        return _to(row)
    return _page("levels/meetings/desk_register.html", form, meeting=row, **place)


@both("/<int:meeting_id>/anteckningar", methods=["GET", "POST"])
@access(STAFF)
def minutes(dialogue_id: int | None, meeting_id: int) -> Answer:
    place, row = _place(dialogue_id), found(queries.meeting_in(dialogue_id, meeting_id))
    require(actor(), Do.TAKE_MINUTES, row)
    form = MinutesForm(obj=row)
    if form.validate_on_submit():
        service.publish_minutes(actor(), row, form.minutes.data or "", form.attended.data)
        flash(_("The notes are published."), "good")
        return _to(row)
    return _page("levels/meetings/desk_minutes.html", form, meeting=row, **place)


@both("/<int:meeting_id>/sagt", methods=["GET", "POST"])
@access(STAFF)
def enter_said(dialogue_id: int | None, meeting_id: int) -> Answer:
    """What was said, typed in afterwards: looked at first, then kept."""
    place, row = _place(dialogue_id), found(queries.meeting_in(dialogue_id, meeting_id))
    require(actor(), Do.ENTER_SAID, row)
    form = SaidForm(data={"form_key": secrets.token_urlsafe(16), "language": i18n.SOURCE.code})
    is_right = form.validate_on_submit()
    if is_right and "keep" in request.form:
        if _is_entered(form, row):
            return _to(row)
        is_right = False
    preview = form.entry() if is_right else None
    return _page("levels/meetings/desk_said.html", form, meeting=row, preview=preview, **place)


def _is_entered(form: SaidForm, row: Meeting) -> bool:
    """Keep what was said, and say what became of it. False where the form shows it again: it is not kept."""
    try:
        is_new = service.enter(actor(), row, form.entry(), form.form_key.data or secrets.token_urlsafe(16))
    except service.OtherLines:
        form.begin_again()
        return False
    if not is_new:
        flash(_("This was saved before."), "info")
    elif form.reads_first.data:
        flash(_("What was said is saved. It stands on the meeting's page when a moderator has read it."), "good")
    else:
        flash(_("What was said stands on the meeting's page now."), "good")
    return True


def _told(name: str, *, has_seat: bool) -> str:
    if has_seat:
        return _("%(name)s is signed up and has a seat.", name=name)
    return _("%(name)s is on the waiting list.", name=name)


def _place(dialogue_id: int | None) -> dict[str, Any]:
    """What every page of the desk needs. Raises Refusal for those who do not work there."""
    dialogue = None if dialogue_id is None else found(dialogues.dialogue(dialogue_id))
    require(actor(), Do.VISIT, Where(dialogue_id))
    return {"dialogue": dialogue, "dialogue_id": dialogue_id}


def _changed(form: MeetingForm, row: Meeting) -> int:
    try:
        service.change(actor(), row, form.plan(), form.version.data or 0)
    except service.TooFewSeats as problem:
        sentence = _l("%(taken)s people have a seat already. Give at least that many.", taken=problem.taken)
        form.refuse(form.seats, sentence)
        return 422
    except service.Overtaken:
        form.version.data, form.version.raw_data = row.version, None
        return 409
    return 303


def _to(row: Meeting) -> BaseResponse:
    return go("meeting_desk.show", dialogue_id=row.dialogue_id, meeting_id=row.id)


def _page(template: str, form: Any, **names: Any) -> Answer:
    return render_template(template, form=form, **names), 422 if form.errors else 200


def _plan_page(form: MeetingForm, row: Meeting | None, *, overtaken: bool = False, **place: Any) -> Answer:
    page = render_template("levels/meetings/desk_plan.html", form=form, meeting=row, overtaken=overtaken, **place)
    return page, 409 if overtaken else 422 if form.errors else 200
