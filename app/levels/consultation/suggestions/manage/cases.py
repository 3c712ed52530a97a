"""The inbox, and each case with everything that can be done to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.contributions import queries as contributions
from app.contributions.models import Contribution
from app.contributions.service import AlreadySent
from app.dialogues.manage.saving import STALE
from app.forms import BaseForm
from app.i18n import lazy as _l
from app.i18n import lazy_p
from app.levels.consultation.suggestions import queries, service
from app.levels.consultation.suggestions.forms import (
    AssignForm,
    MoveForm,
    NoForm,
    NoteForm,
    RegisterForm,
    ReleaseForm,
    StatusForm,
)
from app.levels.consultation.suggestions.manage.door import Desk, both
from app.levels.consultation.suggestions.models import Status, Suggestion, SuggestionBox
from app.levels.consultation.suggestions.rules import Do
from app.moderation.service import AlreadyDecided
from app.permissions import can, refusal, require
from app.web import STAFF, access, actor, found, way_to

Answer = tuple[str, int] | Response
VIEWS = {
    "open": lazy_p("inbox", "To answer"),
    "mine": lazy_p("inbox", "Mine"),
    "free": lazy_p("inbox", "Handled by nobody"),
    "late": lazy_p("inbox", "Late"),
    "waiting": lazy_p("inbox", "Not public"),
    "closed": lazy_p("inbox", "Closed"),
}


@both("")
@access(STAFF, Do.VISIT)
def index(dialogue_id: int | None) -> Answer:
    """What has come in, what is due first."""
    desk, view = Desk(dialogue_id), request.args.get("visa", "")
    box = desk.box
    if box is None:
        refused = refusal(actor(), Do.OPEN_BOX, service.Place(dialogue_id))
        return desk.page("levels/suggestions/desk_empty.html", refused=refused)
    view = view if view in VIEWS else "open"
    sees = can(actor(), Do.SEE_CASE, box)
    return desk.page(
        "levels/suggestions/desk_index.html",
        box=box,
        do=Do,
        export="" if dialogue_id is not None else way_to(("suggestion_desk.export", {}), box),
        views=VIEWS,
        view=view,
        sees=sees,
        counts=queries.counts(box, actor().person_id) if sees else {},
        page=queries.inbox(box, view, actor().person_id, request.args.get("fran", "")) if sees else None,
        plain=NoForm(),
    )


@both("/registrera", methods=["GET", "POST"])
@access(STAFF)
def register(dialogue_id: int | None) -> Answer:
    """Write down what came by phone, on paper or at a meeting."""
    desk = Desk(dialogue_id)
    box = found(desk.box)
    require(actor(), Do.REGISTER, box)
    form = RegisterForm()
    if form.validate_on_submit() and form.check_reachable():
        case = _registered(box, form)
        if case is not None:
            flash(_("The suggestion is registered. Give the sender the case code: %(code)s", code=case.receipt), "good")
            return _to(desk, case.id)
    return desk.page("levels/suggestions/desk_register.html", form, box=box)


def _registered(box: SuggestionBox, form: RegisterForm) -> Suggestion | None:
    """The new case, or the one that the same form gave when the button was pressed twice.

    None, with the sentence at its field, where the form was used for another suggestion before (the browser's way
    back): nobody is given the code of another caller. What was written is kept, in a new form.
    """
    written = form.written()
    try:
        return service.register(actor(), box, written)
    except AlreadySent:
        earlier = found(contributions.by_form(box.id, form.key.data or ""))
    case: Suggestion = found(queries.case(earlier.id))
    if service.is_same(case, earlier, written):
        return case
    form.begin_anew()
    sentence = _l(
        "This form was used before, for the case %(code)s. If this is a new suggestion, register it again.",
        code=case.receipt,
    )
    form.refuse(form.text, sentence)
    return None


@both("/<int:suggestion_id>")
@access(STAFF)
def case(dialogue_id: int | None, suggestion_id: int) -> Answer:
    desk, row, found_case = _case(dialogue_id, suggestion_id)
    return _page(desk, row, found_case)


@both("/<int:suggestion_id>/ta", methods=["POST"])
@access(STAFF)
def claim(dialogue_id: int | None, suggestion_id: int) -> Answer:
    desk, row, _found = _case(dialogue_id, suggestion_id)
    try:
        service.claim(actor(), row)
        flash(_("You handle this case now."), "good")
    except service.Taken:
        flash(_("Somebody else has just taken this case."))
    return _to(desk, suggestion_id)


@both("/<int:suggestion_id>/tilldela", methods=["POST"])
@access(STAFF)
def assign(dialogue_id: int | None, suggestion_id: int) -> Answer:
    desk, row, found_case = _case(dialogue_id, suggestion_id)
    form = _assign_form(desk, found_case)
    chosen = int(form.person.data) if form.validate_on_submit() and form.person.data else None
    return _saved(desk, row, found_case, form, lambda version: service.assign(actor(), row, chosen, version))


@both("/<int:suggestion_id>/flytta", methods=["POST"])
@access(STAFF)
def move(dialogue_id: int | None, suggestion_id: int) -> Answer:
    desk, row, found_case = _case(dialogue_id, suggestion_id)
    form = MoveForm()
    return _saved(desk, row, found_case, form, lambda version: service.move(actor(), row, form.matter.data, version))


@both("/<int:suggestion_id>/status", methods=["POST"])
@access(STAFF)
def set_status(dialogue_id: int | None, suggestion_id: int) -> Answer:
    """Say how far it has come; the sender hears of it."""
    desk, row, found_case = _case(dialogue_id, suggestion_id)
    form = StatusForm()
    if form.validate_on_submit():
        form.check_answer()
    return _saved(
        desk, row, found_case, form,
        lambda version: service.set_status(actor(), row, Status(form.status.data), form.answer.data or "", version),
    )  # fmt: skip


@both("/<int:suggestion_id>/anteckna", methods=["POST"])
@access(STAFF)
def note(dialogue_id: int | None, suggestion_id: int) -> Answer:
    desk, row, found_case = _case(dialogue_id, suggestion_id)
    form = NoteForm()
    return _saved(desk, row, found_case, form, lambda _version: service.note(actor(), row, form.note.data or ""))


@both("/<int:suggestion_id>/slapp", methods=["POST"])
@access(STAFF)
def release(dialogue_id: int | None, suggestion_id: int) -> Answer:
    """Let everyone read it."""
    desk, row, _found = _case(dialogue_id, suggestion_id, Do.VISIT)
    form = ReleaseForm()
    try:
        if form.validate_on_submit():
            service.release(actor(), row, STALE if form.version.data is None else form.version.data)
            flash(_("Everyone can read the suggestion now, and its answer."), "good")
    except AlreadyDecided:
        flash(_("A colleague has just decided about this text. See what it says now."))
    return _to(desk, suggestion_id)


def _case(
    dialogue_id: int | None, suggestion_id: int, do: Do = Do.SEE_CASE
) -> tuple[Desk, Contribution, Suggestion]:  # fmt: skip
    """A case of this box, or 404. Raises Refusal."""
    desk = Desk(dialogue_id)
    row, found_case = found(queries.suggestion_in(found(desk.box).id, suggestion_id))
    require(actor(), do, row)
    return desk, row, found_case


def _assign_form(desk: Desk, found_case: Suggestion) -> AssignForm:
    form = AssignForm(data={"person": str(found_case.assigned_to or ""), "version": found_case.version})
    names = queries.handlers(desk.dialogue_id)
    form.person.choices = [("", str(_l("Nobody yet"))), *((str(number), name) for number, name in names.items())]
    return form


def _saved(
    desk: Desk, row: Contribution, found_case: Suggestion, form: Any, save: Callable[[int], object]
) -> Answer:  # fmt: skip
    """Save what the form says. The second of two editors is told, and keeps what was written."""
    require(actor(), Do.HANDLE, row)
    if not form.is_submitted() or form.errors or not (form.errors or form.validate()):
        return _page(desk, row, found_case, form)
    written = form["version"].data if "version" in form else None
    try:
        save(STALE if written is None else int(written))
    except service.Overtaken:
        form.version.data, form.version.raw_data = found_case.version, None
        return _page(desk, row, found_case, form, overtaken=True)[0], 409
    flash(_("The case is saved."), "good")
    return _to(desk, row.id)


def _page(
    desk: Desk, row: Contribution, found_case: Suggestion, form: BaseForm | None = None, *, overtaken: bool = False
) -> tuple[str, int]:  # fmt: skip
    """The case with all its forms; `form` is the one that was sent and is wrong."""
    version = {"version": found_case.version}
    forms: dict[str, Any] = {
        "status": StatusForm(formdata=None, data=version),
        "note": NoteForm(formdata=None),
        "assign": _assign_form(desk, found_case) if not isinstance(form, AssignForm) else form,
        "move": MoveForm(formdata=None, data={"matter": found_case.matter, **version}),
        "release": ReleaseForm(formdata=None, data={"version": row.review.version}),
    }
    kinds = {StatusForm: "status", NoteForm: "note", MoveForm: "move"}
    if form is not None and type(form) in kinds:
        forms[kinds[type(form)]] = form
    return desk.page(
        "levels/suggestions/desk_case.html",
        form,
        row=row,
        case=found_case,
        forms_of=forms,
        steps=queries.steps(row.id),
        notes_of=queries.notes(row.id),
        pictures=queries.pictures(row.id),
        may_handle=can(actor(), Do.HANDLE, row),
        may_release=can(actor(), Do.RELEASE, row),
        overtaken=overtaken,
        address=queries.address_of(row) if row.is_public else None,
    )


def _to(desk: Desk, suggestion_id: int) -> Response:
    where = url_for(desk.name("case"), suggestion_id=suggestion_id, **desk.here)
    return Response(status=303, headers={"Location": where})
