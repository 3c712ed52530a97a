"""The translators' desk: choose a dialogue and a language, see what remains, translate, review."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from app import richtext
from app.i18n import Language
from app.multilingual import desk, service
from app.multilingual.core.changes import changes
from app.multilingual.desk import Room, Work
from app.multilingual.forms import ReviewForm, form_for
from app.multilingual.rules import TRANSLATORS, Do
from app.permissions import refusal, require
from app.web import STAFF, access, actor, found, go

blueprint = Blueprint("multilingual", __name__, url_prefix="/oversattning")
SITE = {"dialogue_id": None}
ONE = "/<language>/<subject>/<field>"


@blueprint.get("")
@access(STAFF)
def index() -> str:
    before = request.args.get("before", "")
    number = int(before) if before.isascii() and before.isdecimal() and len(before) < 10 else None
    rooms, older = desk.rooms(actor(), TRANSLATORS, number)
    if not rooms and number is None and not _of_site():
        require(actor(), Do.VISIT)
    return render_template("multilingual/index.html", rooms=rooms, older=older, with_site=_of_site() and number is None)


@blueprint.get("/webbplatsen", defaults=SITE)
@blueprint.get("/dialoger/<int:dialogue_id>")
@access(STAFF, Do.VISIT)
def languages(dialogue_id: int | None) -> str:
    room = _room(dialogue_id)
    return render_template("multilingual/languages.html", room=room, progress=desk.progress(dialogue_id))


@blueprint.get("/webbplatsen/<language>", defaults=SITE)
@blueprint.get("/dialoger/<int:dialogue_id>/<language>")
@access(STAFF)
def texts(dialogue_id: int | None, language: str) -> str:
    room, target = _room(dialogue_id), _target(language)
    works = desk.works(dialogue_id, target)
    only_left = "kvar" in request.args
    shown = [one for one in works if not (only_left and one.is_done)]
    return render_template(
        "multilingual/texts.html", room=room, target=target, groups=desk.by_subject(shown), total=len(works),
        done=sum(one.is_done for one in works), only_left=only_left,
    )  # fmt: skip


@blueprint.route(f"/webbplatsen{ONE}", defaults=SITE, methods=["GET", "POST"])
@blueprint.route(f"/dialoger/<int:dialogue_id>{ONE}", methods=["GET", "POST"])
@access(STAFF)
def edit(dialogue_id: int | None, language: str, subject: str, field: str) -> Any:
    room, work = _room(dialogue_id), _work(dialogue_id, language, subject, field)
    form = form_for(work)
    if not form.validate_on_submit():
        return _page(room, work, form), 422 if form.errors else 200
    if "preview" in request.form:
        return _page(room, work, form, preview=richtext.from_markdown(form.text.data or ""))
    seen = {"source_version": form.source_version.data or "", "seen": form.seen.data or ""}
    try:
        service.save_draft(actor(), work, form.text.data or "", **seen)
    except (service.SwedishChanged, service.AnotherWasHere) as problem:
        return _meanwhile(room, (dialogue_id, language, subject, field), form, problem), 409
    flash(_("The draft is saved. It is shown to readers when somebody else has reviewed it."), "good")
    return _onward(work)


@blueprint.post(f"/webbplatsen{ONE}/granska", defaults=SITE)
@blueprint.post(f"/dialoger/<int:dialogue_id>{ONE}/granska")
@access(STAFF)
def review(dialogue_id: int | None, language: str, subject: str, field: str) -> BaseResponse | tuple[str, int]:
    room, work = _room(dialogue_id), _work(dialogue_id, language, subject, field)
    try:
        service.mark_reviewed(actor(), work, seen=ReviewForm().seen.data or "")
    except service.AnotherWasHere as problem:
        return _meanwhile(room, (dialogue_id, language, subject, field), None, problem), 409
    flash(_("The translation is reviewed and shown to readers."), "good")
    return _onward(work)


def _of_site() -> bool:
    return any(actor().has(role) for role in TRANSLATORS)


def _room(dialogue_id: int | None) -> Room:
    """The dialogue or the site, which one must have a right to translate in."""
    room: Room = Room(None, _("The site")) if dialogue_id is None else found(desk.room(actor(), dialogue_id))
    require(actor(), Do.VISIT, room)
    return room


def _target(code: str) -> Language:
    language: Language = found(desk.target(code))
    return language


def _work(dialogue_id: int | None, language: str, subject: str, field: str) -> Work:
    work: Work = found(desk.work(dialogue_id, _target(language), subject, field))
    return work


def _page(room: Room, work: Work, form: Any, **more: Any) -> str:
    """One text: the Swedish one beside the translation, and what may be done with it."""
    older = work.latest.source_text if work.latest and work.is_stale else None
    return render_template(
        "multilingual/edit.html", room=room, work=work, form=form, review_form=ReviewForm(data={"seen": work.seen}),
        changes=changes(older, work.item.source) if older else None, swedish=_rendered(work),
        next=_next(work),
        may_review=refusal(actor(), Do.REVIEW, work), may_translate=refusal(actor(), Do.TRANSLATE, work), **more,
    )  # fmt: skip


def _next(work: Work) -> Work | None:
    return desk.next_after(desk.works(work.dialogue_id, work.language), work, actor().person_id)


def _onward(work: Work) -> BaseResponse:
    """To the next text where that was asked for, to the list where none remains, else to this text again."""
    place = {"dialogue_id": work.dialogue_id, "language": work.language.code}
    then = _next(work) if "next" in request.form else work
    if then is None:
        return go("multilingual.texts", **place)
    return go("multilingual.edit", **place, subject=then.item.subject, field=then.item.field)


def _meanwhile(room: Room, place: tuple[int | None, str, str, str], form: Any, problem: Exception) -> str:
    """The same page with what the translator wrote, and what has changed since they opened it."""
    work = _work(*place)
    typed = form.text.data if form is not None else None
    fresh = form_for(work)
    fresh.source_version.data, fresh.seen.data = work.source_version, work.seen
    if typed is not None:
        fresh.text.data = typed
    theirs = work.latest.text if work.latest and isinstance(problem, service.AnotherWasHere) else None
    return _page(room, work, fresh, swedish_changed=isinstance(problem, service.SwedishChanged), theirs=theirs)


def _rendered(work: Work) -> Any:
    return richtext.from_markdown(work.item.source) if work.item.is_rich else None
