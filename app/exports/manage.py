"""The officials' door: order an export, see how far it has come, fetch it."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request, send_file
from werkzeug.wrappers import Response

from app import clock, i18n
from app.dialogues import queries as dialogues
from app.dialogues.addresses import slug
from app.dialogues.models import Dialogue
from app.exports import queries, service, store
from app.exports.formats import MEDIA_TYPES, NAMES, Format
from app.exports.forms import ButtonForm, OrderForm
from app.exports.making import Order
from app.exports.models import ExportRun
from app.exports.rules import Do, has_expired
from app.permissions import refusal, require
from app.web import STAFF, access, actor, found, go

exports = Blueprint("exports", __name__, url_prefix="/arbetsyta/dialoger/<int:dialogue_id>/export")


@exports.route("", methods=["GET", "POST"])
@access(STAFF, Do.EXPORT)
def index(dialogue_id: int) -> str | tuple[str, int] | Response:
    """The form, and what has been ordered lately."""
    dialogue: Dialogue = found(dialogues.dialogue(dialogue_id))
    require(actor(), Do.EXPORT, dialogue)
    form = OrderForm()
    if form.validate_on_submit():
        only, personal = form.table.data or None, bool(form.personal_data.data)
        wanted = Order(dialogue.id, Format(form.format.data), personal, only, i18n.current().code)
        run = service.order(actor(), dialogue, wanted)
        return go("exports.run", dialogue_id=dialogue_id, run_id=run.id)
    page = render_template(
        "exports/index.html",
        dialogue=dialogue,
        form=form,
        runs=queries.latest_of(actor(), dialogue_id),
        names=NAMES,
        has_expired=has_expired,
        no_personal=refusal(actor(), Do.EXPORT_PERSONAL, dialogue),
    )
    return (page, 422) if request.method == "POST" else page


@exports.get("/<int:run_id>")
@access(STAFF)
def run(dialogue_id: int, run_id: int) -> str:
    """How far it has come; then the button that fetches it. The script asks for this very page again and again."""
    row = _own(dialogue_id, run_id)
    return render_template(
        "exports/run.html",
        dialogue=found(dialogues.dialogue(dialogue_id)),
        run=row,
        expired=has_expired(row),
        name=NAMES[Format(row.format)],
    )


@exports.post("/<int:run_id>/fil")
@access(STAFF)
def fetch(dialogue_id: int, run_id: int) -> Response:
    """The file itself. By a button and not a link, because taking it is written down."""
    row = _own(dialogue_id, run_id)
    _check_alive(row)
    service.fetched(actor(), row)
    dialogue: Dialogue = found(dialogues.dialogue(dialogue_id))
    made_on = clock.local(row.ready_at).date() if row.ready_at else ""
    name = "-".join(filter(None, ("dialog", str(dialogue_id), slug(dialogue.title), row.table, str(made_on))))
    suffix = row.suffix or ""
    answer = send_file(
        store.path(row.key), MEDIA_TYPES[suffix], as_attachment=True, download_name=name + suffix, conditional=False
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@exports.get("/<int:run_id>/fil")
@access(STAFF)
def file(dialogue_id: int, run_id: int) -> Response:
    """The address of the file when it is opened as a link: to the page with the button, if the file is still there."""
    _check_alive(_own(dialogue_id, run_id))
    return go("exports.run", dialogue_id=dialogue_id, run_id=run_id)


@exports.post("/<int:run_id>/igen")
@access(STAFF)
def retry(dialogue_id: int, run_id: int) -> Response:
    """Try a failed one again."""
    row = _own(dialogue_id, run_id)
    if ButtonForm().validate_on_submit():
        service.retry(actor(), row)
    return go("exports.run", dialogue_id=dialogue_id, run_id=run_id)


def _own(dialogue_id: int, run_id: int) -> ExportRun:
    """A run of this dialogue, or 404. Raises Refusal where it is somebody else's."""
    row: ExportRun = found(queries.run(dialogue_id, run_id))
    require(actor(), Do.FETCH, row)
    return row


def _check_alive(row: ExportRun) -> None:
    """410 where the file is gone, 404 where there is none yet."""
    if has_expired(row):
        abort(410)
    if row.ready_at is None:
        abort(404)
    if not store.path(row.key).is_file():
        abort(410)
