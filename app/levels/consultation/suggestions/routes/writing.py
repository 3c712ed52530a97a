"""Writing a suggestion, one thing a page. What was written is kept from step to step, pictures too."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from app import limits
from app.contributions import queries as contributions
from app.contributions.service import AlreadySent
from app.files.core.pictures import Unfit
from app.files.routes import answer_with
from app.forms import LineField
from app.i18n import lazy as _l
from app.levels.consultation.suggestions import queries, service
from app.levels.consultation.suggestions.core import matters
from app.levels.consultation.suggestions.forms import (
    WANTS,
    AnswerForm,
    MatterForm,
    NoForm,
    PictureForm,
    SendForm,
    TextForm,
    language_name,
    written,
)
from app.levels.consultation.suggestions.models import SuggestionBox, SuggestionPicture
from app.levels.consultation.suggestions.routes.visit import Sitting, both
from app.limits import Limit
from app.web import PUBLIC, access, actor, client, found, go

Answer = str | tuple[str, int] | Response
STEPS = Limit("suggestions.step", 200, timedelta(hours=1))  # from one network address: many may sit behind it
TOTAL = 5


@both("/nytt", methods=["GET", "POST"])
@access(PUBLIC)
def begin(dialogue_id: int | None) -> Answer:
    """What it concerns."""
    sitting = _sitting(dialogue_id)
    form = MatterForm(data=sitting.content)
    if form.validate_on_submit():
        return _next(sitting, "write", {"matter": form.matter.data})
    return _page(sitting, "levels/suggestions/begin.html", 1, form)


@both("/nytt/text", methods=["GET", "POST"])
@access(PUBLIC)
def write(dialogue_id: int | None) -> Answer:
    """The text, and where it is."""
    sitting = _sitting(dialogue_id)
    if sitting.lacks == "begin":
        return redirect(sitting.to("begin"), 303)
    form = TextForm(data=sitting.content)
    if form.validate_on_submit():
        return _next(sitting, "pictures", form.said())
    return _page(sitting, "levels/suggestions/write.html", 2, form)


@both("/nytt/bilder", methods=["GET", "POST"])
@access(PUBLIC)
def pictures(dialogue_id: int | None) -> Answer:
    """Pictures, and what each of them shows. A picture that was sent is kept whatever is said about the others."""
    sitting = _sitting(dialogue_id, service.UPLOADS if request.files else STEPS)
    if sitting.lacks in ("begin", "write"):
        return redirect(sitting.to(sitting.lacks), 303)
    form = _picture_form(sitting.pictures)
    if form.validate_on_submit() and _pictures_kept(sitting, form):
        stays = form.picture.upload is not None or "add" in request.form
        return redirect(sitting.to("pictures" if stays else "reply"), 303)
    return _page(sitting, "levels/suggestions/pictures.html", 3, form, most=service.MOST_PICTURES)


@both("/nytt/bilder/<int:picture_id>")
@access(PUBLIC)
def draft_picture(dialogue_id: int | None, picture_id: int) -> Any:
    """A picture of one's own that has not been sent yet."""
    row = next((one for one in Sitting(dialogue_id).pictures if one.id == picture_id), None)
    return answer_with(found(row).file, "small")


@both("/nytt/bilder/<int:picture_id>/bort", methods=["POST"])
@access(PUBLIC)
def drop_picture(dialogue_id: int | None, picture_id: int) -> Answer:
    sitting = _sitting(dialogue_id)
    if NoForm().validate_on_submit() and sitting.draft is not None:
        service.drop_picture(actor(), sitting.box, sitting.draft, picture_id)
    return redirect(sitting.to("pictures"), 303)


@both("/nytt/svar", methods=["GET", "POST"])
@access(PUBLIC)
def reply(dialogue_id: int | None) -> Answer:
    """Whether the name is shown, and how the answer is to come."""
    sitting = _sitting(dialogue_id)
    if sitting.lacks not in ("", "reply"):
        return redirect(sitting.to(sitting.lacks), 303)
    form = AnswerForm(data=sitting.content)
    form.use_account(actor())
    if form.validate_on_submit() and form.check_reachable():
        return _next(sitting, "check", form.said(actor()))
    return _page(sitting, "levels/suggestions/reply.html", 4, form)


@both("/nytt/kontrollera", methods=["GET", "POST"])
@access(PUBLIC)
def check(dialogue_id: int | None) -> Answer:
    """Read through what was written, change it, or send it."""
    sitting = _sitting(dialogue_id, service.SENDS)
    form = SendForm()
    if form.validate_on_submit() and (sent := _sent(sitting, form.key.data or "")) is not None:
        return sent
    if sitting.lacks:
        return redirect(sitting.to(sitting.lacks), 303)
    form.key.data, form.key.raw_data = secrets.token_urlsafe(24), None
    return _page(
        sitting,
        "levels/suggestions/check.html",
        5,
        form,
        content=sitting.content,
        wants=WANTS,
        language_name=language_name,
    )


def _sitting(dialogue_id: int | None, limit: Limit = STEPS) -> Sitting:
    """The sitting, with the try counted first: it is written in a transaction of its own."""
    who = actor()
    if request.method == "POST":
        limits.spend(limit, f"person {who.person_id}" if who.is_signed_in else client())
    return Sitting(dialogue_id)


def _next(sitting: Sitting, view: str, said: dict[str, Any]) -> Response:
    """Keep what the step says; then the next step, or back to the check where everything has been said before."""
    service.keep_draft(actor(), sitting.box, sitting.key_hash, said)
    return redirect(sitting.to("check" if not sitting.lacks else view), 303)


def _sent(sitting: Sitting, key: str) -> Response | None:
    """Hand it in. Sent twice, it leads to what came of the first time; None where something is missing."""
    known = _sent_before(sitting.box, key)
    if known is not None:
        return go("suggestions.receipt", receipt=known)
    if sitting.lacks or sitting.draft is None:
        return None
    try:
        case = service.send(actor(), sitting.box, written(sitting.content, key), sitting.draft)
    except AlreadySent:
        return go("suggestions.receipt", receipt=found(_sent_before(Sitting(sitting.box.dialogue_id).box, key)))
    return go("suggestions.receipt", receipt=case.receipt)


def _sent_before(box: SuggestionBox, key: str) -> str | None:
    row = contributions.by_form(box.id, key) if key else None
    case = queries.case(row.id) if row is not None else None
    return case.receipt if case is not None else None


def _picture_form(kept: list[SuggestionPicture]) -> Any:
    """The form with a field for what each kept picture shows."""
    fields = {
        f"alt_{one.id}": LineField(
            _l("What does picture %(number)s show?", number=number), longest=300,
            description=_l("For those who cannot see it, for example: a bench with two broken boards."),
        )
        for number, one in enumerate(kept, start=1)
    }  # fmt: skip
    form = type("PicturesForm", (PictureForm,), fields)(data={f"alt_{one.id}": one.alt for one in kept})
    for name in fields:
        form[name].flags.required = True  # before one goes on, not while one adds another picture
    return form


def _pictures_kept(sitting: Sitting, form: Any) -> bool:
    """Keep the words, and one picture more. False, with the sentence at its field, for what cannot be taken."""
    if sitting.draft is None:
        return False
    words = {one.id: form[f"alt_{one.id}"].data or "" for one in sitting.pictures}
    upload = form.picture.upload
    if "next" in request.form and upload is None:
        for number in (number for number, said in words.items() if not said):
            form.refuse(form[f"alt_{number}"], _l("Write what the picture shows, or take it away."))
    if form.errors:
        return False
    service.describe_pictures(actor(), sitting.box, sitting.draft, words)
    try:
        if upload is not None:
            service.add_picture(actor(), sitting.box, sitting.draft, upload)
    except Unfit as problem:
        form.refuse(form.picture, problem.sentence)
        return False
    return True


def _page(sitting: Sitting, template: str, number: int, form: Any, **more: Any) -> Answer:
    page = render_template(
        template,
        form=form,
        number=number,
        total=TOTAL,
        matter=matters.matter(sitting.content.get("matter", "")),
        sitting=sitting,
        **more,
        **sitting.frame(),
    )
    return page, 422 if form.errors else 200
