"""The page where a purpose is read by somebody else: its author asks, the reader answers."""

from __future__ import annotations

from flask import render_template

from app.accounts import queries as accounts
from app.dialogues.manage.saving import STALE, saved, visited
from app.dialogues.models import Dialogue
from app.dialogues.preparation import forms, queries, service
from app.dialogues.preparation.manage.door import Answer, answered, preparation
from app.dialogues.preparation.rules import Do
from app.dialogues.queries import Dossier
from app.permissions import refusal, require
from app.web import STAFF, access, actor, go


@preparation.route("/syfte/lasning", methods=["GET", "POST"])
@access(STAFF)
def purpose(dialogue_id: int) -> Answer:
    """The purpose, what its reader said, and for those who may: the question whether it is concrete."""
    dialogue = visited(dialogue_id)
    form = forms.ReadForm(data={"edition": dialogue.purpose_edition})
    status = 422
    if form.validate_on_submit():
        status = saved(form, lambda: _read(dialogue, form))
        if status == 303:
            return go(".purpose", dialogue_id=dialogue_id)
    if status == 409:
        form.edition.data, form.edition.raw_data = dialogue.purpose_edition, None
    page = _page(dialogue, form=form, ask=_ask_form(dialogue), overtaken=status == 409)
    return answered(page, status)


@preparation.post("/syfte/lasare")
@access(STAFF)
def ask_reader(dialogue_id: int) -> Answer:
    """Ask somebody to read it."""
    dialogue = visited(dialogue_id)
    require(actor(), Do.ASK_READER, dialogue)
    form = _ask_form(dialogue)
    if form.validate_on_submit():
        chosen = form.reader_id.data
        reader_id = int(chosen) if chosen in dict(form.reader_id.choices or ()) else 0
        if saved(form, lambda: service.ask_reader(actor(), dialogue, reader_id)) == 303:
            return go(".purpose", dialogue_id=dialogue_id)
    page = _page(dialogue, form=forms.ReadForm(formdata=None), ask=form, overtaken=False)
    return answered(page, 422)


def _read(dialogue: Dialogue, form: forms.ReadForm) -> None:
    edition = STALE if form.edition.data is None else int(form.edition.data)
    service.read_purpose(
        actor(), dialogue, edition, is_concrete=form.is_concrete.data == "yes", note=form.note.data or ""
    )


def _ask_form(dialogue: Dialogue) -> forms.AskForm:
    form = forms.AskForm()
    form.offer(queries.readers_for(dialogue))
    return form


def _page(dialogue: Dialogue, *, form: forms.ReadForm, ask: forms.AskForm, overtaken: bool) -> str:
    dossier = Dossier(dialogue)
    asked = queries.asked(dossier)
    return render_template(
        "dialogues/preparation/purpose.html",
        form=ask if ask.errors else form,
        read=form,
        ask=ask,
        dialogue=dialogue,
        reading=queries.reading(dossier),
        asked=[accounts.person(row.reader_id) for row in asked],
        nobody=len(ask.reader_id.choices or ()) < 2,
        may_not_read=refusal(actor(), Do.READ_PURPOSE, dialogue),
        may_not_ask=refusal(actor(), Do.ASK_READER, dialogue),
        overtaken=overtaken,
    )
