"""The residents' door: the meetings of a dialogue and of the site, signing up, and giving a seat back."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from app import limits, subjects
from app.accounts import queries as accounts
from app.contributions import queries as contributions
from app.contributions.queries import Place
from app.dialogues import queries as dialogues
from app.dialogues import rules as dialogue_rules
from app.dialogues import texts
from app.dialogues.addresses import slug as slug_of
from app.dialogues.models import Dialogue
from app.dialogues.stages import PUBLIC_STAGES
from app.levels.information.meetings import queries, service
from app.levels.information.meetings.core import calendar_file
from app.levels.information.meetings.forms import FORMS, WISHES, NoForm, SignUpForm
from app.levels.information.meetings.models import Meeting
from app.levels.information.meetings.rules import Do
from app.limits import Limit
from app.moderation import queries as moderation
from app.permissions import can, refusal, require
from app.web import PUBLIC, access, actor, client, found, go, in_both

blueprint = Blueprint("meetings", __name__)
IN = "/dialoger/<int:dialogue_id>-<slug>/moten/<int:meeting_id>"
SITE = "/moten/<int:meeting_id>-<slug>"
SIGN_UPS = Limit("meetings.sign_up", 20, timedelta(hours=1))  # from one address: a school class signs up together
WORDS = ("efter", "fore", "fran")  # a page begins after a place, ends before it, or begins at it
Answer = str | tuple[str, int] | BaseResponse
both = in_both(blueprint, IN, SITE, mark="site_")


@blueprint.url_value_preprocessor
def pass_over_slug(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """The ids decide; the name in the address only helps people, so the views never see it."""
    if values is not None:
        values.pop("slug", None)


@blueprint.get("/moten")
@access(PUBLIC)
def calendar() -> str:
    """Every meeting of the municipality's dialogues, those ahead first."""
    is_past = request.args.get("visa") == "tidigare"
    page = queries.calendar(actor(), is_past=is_past, after=_cursor(request.args.get("fran", "")))
    return render_template(
        "levels/meetings/calendar.html",
        page=page,
        is_past=is_past,
        said=queries.said([row for row, _dialogue in page.rows]),
        titles=texts.of_dialogues([one for _row, one in page.rows if one is not None]),
        address_of=_address_beside,
    )


@blueprint.get("/dialoger/<int:dialogue_id>-<slug>/moten")
@access(PUBLIC)
def index(dialogue_id: int) -> str:
    frame = _frame(dialogue_id)
    rows = queries.published(dialogue_id)
    return render_template("levels/meetings/index.html", meetings=rows, said=queries.said(rows), **frame)


@both("")
@access(PUBLIC)
def show(dialogue_id: int | None, meeting_id: int) -> Answer:
    row, frame = _shown(dialogue_id, meeting_id)
    address = url_for(frame["prefix"] + "show", **frame["place"])
    if request.script_root + request.path != address:
        return redirect(address, 301)
    refused = refusal(actor(), Do.SIGN_UP, row)
    places = queries.places(row.id) if refused is None else None
    return render_template(
        "levels/meetings/show.html",
        left=places.left(row.seats) if places else None,
        refused=refused,
        **_said(frame["talk_id"]),
        form_name=FORMS[row.form],  # type: ignore[index]  # a StrEnum's key is found by its string
        **frame,
    )


@both("/sagt/<int:said_id>")
@access(PUBLIC)
def said(dialogue_id: int | None, meeting_id: int, said_id: int) -> BaseResponse:
    """Leads to the line on the page where it stands, whatever has been entered since."""
    row, frame = _shown(dialogue_id, meeting_id)
    line = found(queries.said_in(row, said_id))
    if line.is_waiting and not can(actor(), Do.READ_SAID, line):
        abort(404)
    start = contributions.landing(line, actor())
    where = {**frame["place"], "fran": str(start) if start else None, "_anchor": f"sagt-{line.id}"}
    return redirect(url_for(frame["prefix"] + "show", **where), 302)


@both("/kalender.ics")
@access(PUBLIC)
def calendar_entry(dialogue_id: int | None, meeting_id: int) -> Response:
    """The meeting as a file that calendars take in."""
    row, frame = _shown(dialogue_id, meeting_id)
    words = {field: text.text for field, text in frame["m"].items()}
    address = current_app.config["SETTINGS"].base_url + queries.path_of(row)
    body = calendar_file.written(row, words, address)
    return Response(body, mimetype="text/calendar", headers={"Content-Disposition": "attachment; filename=mote.ics"})


@both("/anmalan", methods=["GET", "POST"])
@access(PUBLIC)
def sign_up(dialogue_id: int | None, meeting_id: int) -> Answer:
    if request.method == "POST":
        limits.spend(SIGN_UPS, client())  # first: it is written in a transaction of its own
    row, frame = _shown(dialogue_id, meeting_id)
    require(actor(), Do.SIGN_UP, row)
    form = SignUpForm(data=_known())
    if form.validate_on_submit():
        coming = service.sign_up(actor(), row, form.guest(), form.form_key.data or secrets.token_urlsafe(16))
        return go(".receipt", receipt=coming.receipt)
    left = queries.places(row.id).left(row.seats)
    page = render_template("levels/meetings/sign_up.html", form=form, left=left, **frame)
    return page, 422 if form.errors else 200


@blueprint.get("/moten/anmalan/<receipt>")
@access(PUBLIC)
def receipt(receipt: str) -> str:
    """Whoever has the number sees how the sign-up stands and may withdraw it; it does not say who it is."""
    coming = found(queries.sign_up_by_receipt(receipt.upper()))
    row = found(queries.meeting(coming.meeting_id))
    return render_template(
        "levels/meetings/receipt.html",
        meeting=row,
        m=queries.said([row])[row.id],
        coming=coming,
        before=queries.in_line_before(coming) if coming.seat is None else 0,
        wishes=[WISHES[key] for key in coming.wishes if key in WISHES],
        may_leave=can(actor(), Do.LEAVE, row),
        address=queries.address_of(row),
        form=NoForm(),
    )


@blueprint.post("/moten/anmalan/<receipt>/avsta")
@access(PUBLIC)
def leave(receipt: str) -> BaseResponse:
    coming = found(queries.sign_up_by_receipt(receipt.upper()))
    row = found(queries.meeting(coming.meeting_id))
    service.leave(row, coming)
    flash(_("You are no longer signed up. Somebody else can have the seat."), "good")
    endpoint, values = queries.address_of(row)
    return go(endpoint, **values)


def _said(talk_id: int | None) -> dict[str, Any]:
    """A page of what was said there; what waits for a moderator, for moderators only."""
    if talk_id is None:
        return {"lines": None, "why": {}}
    after, before, start = (Place.read(request.args.get(word, "")) for word in WORDS)
    page = contributions.page(talk_id, actor(), after=after, before=before, start=start)
    hidden = [line.review_id for line in page.rows if line.is_hidden]
    return {"lines": page, "why": moderation.hidden_because(hidden)}


def _shown(dialogue_id: int | None, meeting_id: int) -> tuple[Meeting, dict[str, Any]]:
    """The meeting with what its pages show, or 404 for whoever may not know of it."""
    row, dialogue, talk_id = found(queries.met(dialogue_id, meeting_id))
    if not can(actor(), Do.READ, row):
        abort(404)
    sources = [queries.row_of(row), *([] if dialogue is None else [texts.row_of(dialogue)])]
    words = texts.said(sources)
    frame = {} if dialogue is None else _around(dialogue, words[subjects.key("dialogue", dialogue.id)])
    endpoint, values = queries.address_of(row)
    own = {"meeting": row, "m": words[subjects.key("meeting", row.id)], "talk_id": talk_id}
    return row, {**own, "place": values, "prefix": endpoint.removesuffix("show"), **frame}


def _frame(dialogue_id: int) -> dict[str, Any]:
    """What the frame of a dialogue's pages asks for, or 404."""
    dialogue: Dialogue = found(dialogues.dialogue(dialogue_id))
    if not can(actor(), dialogue_rules.Do.READ, dialogue):
        abort(404)
    return _around(dialogue, texts.of_dialogues([dialogue])[dialogue.id])


def _around(dialogue: Dialogue, said: texts.Said) -> dict[str, Any]:
    return {
        "dialogue": dialogue,
        "here": {"dialogue_id": dialogue.id, "slug": slug_of(dialogue.title)},
        "t": said,
        "is_preview": dialogue.stage not in PUBLIC_STAGES,
    }


def _known() -> dict[str, str]:
    """What the form need not ask of somebody who is signed in, and a key that makes a second press harmless."""
    key = {"form_key": secrets.token_urlsafe(16)}
    person_id = actor().person_id
    who = accounts.person(person_id) if person_id is not None else None
    return key if who is None else {**key, "name": who.name, "email": who.email}


def _address_beside(row: Meeting, dialogue: Dialogue | None) -> str:
    """Where a meeting is read, without asking the database again."""
    if dialogue is None:
        return url_for("meetings.site_show", meeting_id=row.id, slug=slug_of(row.title))
    return url_for("meetings.show", dialogue_id=dialogue.id, slug=slug_of(dialogue.title), meeting_id=row.id)


def _cursor(written: str) -> tuple[datetime, int] | None:
    """Where a page begins; None for the first one, and for what is no place at all."""
    moment, _, number = written.partition("~")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    small = number.isascii() and number.isdecimal() and len(number) < 10  # digits of an id
    return (at, int(number)) if at.tzinfo is not None and small else None
