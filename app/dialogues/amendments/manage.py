"""The officials' pages of a change that only the body makes: the draft, putting it to the body, taking it back."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from app.dialogues.amendments import fields, forms, queries, service, wording
from app.dialogues.amendments.models import ProposedChange
from app.dialogues.amendments.rules import Do
from app.dialogues.forms import EditForm
from app.dialogues.manage.saving import saved, version_of, visited
from app.dialogues.models import Dialogue
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.queries import Dossier
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.permissions import can, refusal
from app.web import STAFF, access, actor, found, go

amendments = Blueprint("amendments", __name__, url_prefix="/arbetsyta/dialoger/<int:dialogue_id>/andring")
Answer = str | tuple[str, int] | Response


class PutForm(EditForm):
    """A button, and which version of the draft one has read."""


@amendments.get("")
@access(STAFF)
def show(dialogue_id: int) -> str:
    """The change that is under way, and those that decisions have made."""
    return _page(visited(dialogue_id))


def _page(dialogue: Dialogue, problem: LazyText | None = None) -> str:
    dossier = Dossier(dialogue)
    row = queries.under_way_in(dossier)
    return render_template(
        "dialogues/amendments/show.html",
        dialogue=dialogue,
        proposed=row,
        parts=wording.parts(fields.values_of(dialogue, dossier.scope), row.values) if row else [],
        form=PutForm(formdata=None, data={"version": row.version}) if row else None,
        may_put=can(actor(), Do.PUT, row),
        may_withdraw=can(actor(), Do.WITHDRAW, row),
        refused=refusal(actor(), Do.PROPOSE, dialogue),
        changes=wording.told(queries.amendments_in(dossier), dossier.records),
        problem=problem,
    )


@amendments.route("/utkast", methods=["GET", "POST"])
@access(STAFF)
def draft(dialogue_id: int) -> Answer:
    """Write what it is to be instead."""
    dialogue = visited(dialogue_id)
    dossier = Dossier(dialogue)
    row = queries.under_way_in(dossier)
    held = fields.values_of(dialogue, dossier.scope) | (row.values if row else {})
    version, why = (row.version, row.why) if row else (0, "")
    form = forms.change_form(dialogue, held, version, why)
    refused = refusal(actor(), Do.WRITE, row) if row else refusal(actor(), Do.PROPOSE, dialogue)
    status = 422
    if form.validate_on_submit() and forms.scope_is_said(form):
        status = saved(form, lambda: _propose(dialogue, form))
        if status == 303:
            return go(".show", dialogue_id=dialogue_id)
        if status == 409:
            form.begin_again(_version_now(dialogue_id))
    page = render_template(
        "dialogues/amendments/draft.html", form=form, dialogue=dialogue, refused=refused, overtaken=status == 409
    )
    return page, status if request.method == "POST" else 200


@amendments.post("/lamna")
@access(STAFF)
def put(dialogue_id: int) -> Answer:
    """Put the draft to the body, as it was read."""
    dialogue, row, form = visited(dialogue_id), _under_way(dialogue_id), PutForm()
    try:
        service.put(actor(), row, version_of(form))
    except NotAccepted as problem:
        return _page(dialogue, problem.sentence), 422
    except Overtaken:
        return _page(dialogue, _l("Somebody else wrote on the draft just before you. Read it before you go on.")), 409
    return go(".show", dialogue_id=dialogue_id)


@amendments.post("/tillbaka")
@access(STAFF)
def withdraw(dialogue_id: int) -> Response:
    service.withdraw(actor(), _under_way(dialogue_id))
    return go(".show", dialogue_id=dialogue_id)


def _propose(dialogue: Dialogue, form: forms.ChangeForm) -> None:
    try:
        service.propose(actor(), dialogue, version_of(form), forms.wanted(form), form.why.data)
    except NotAccepted as problem:
        if problem.field == fields.SCOPE:
            raise NotAccepted("item_open", problem.sentence) from problem
        raise


def _under_way(dialogue_id: int) -> ProposedChange:
    visited(dialogue_id)
    row: ProposedChange = found(queries.under_way(dialogue_id))
    return row


def _version_now(dialogue_id: int) -> int:
    row = queries.under_way(dialogue_id)
    return row.version if row is not None else 0
