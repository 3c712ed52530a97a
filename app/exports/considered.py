"""What was considered before any dialogue, as a file: topics that residents propose, and larger changes."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request, send_file
from werkzeug.wrappers import Response

from app import clock, i18n, subjects
from app.dialogues.intake.exports import STANDING
from app.exports import standing
from app.exports.formats import MEDIA_TYPES, Format
from app.exports.forms import FileForm
from app.exports.rules import Do
from app.permissions import refusal, require
from app.web import STAFF, access, actor

considered = Blueprint("considered", __name__)


@dataclass(frozen=True)
class Channel:
    """What belongs to no dialogue, for the rule to be asked about."""

    dialogue_id: int | None = None


@considered.route("/arbetsyta/amnen/export", methods=["GET", "POST"])
@access(STAFF, Do.EXPORT)
def export() -> tuple[str, int] | Response:
    """Choose a format, and get the file at once."""
    channel = Channel()
    require(actor(), Do.EXPORT, channel)
    form = FileForm()
    if form.validate_on_submit():
        wanted = standing.Order(Format(form.format.data), bool(form.personal_data.data), i18n.current().code)
        made = standing.make(
            actor(), channel, subjects.key("proposed_topic", standing.OF_NO_DIALOGUE), STANDING, wanted
        )
        answer = send_file(
            made.file, MEDIA_TYPES[made.suffix], as_attachment=True,
            download_name=f"overvagda-{clock.today()}{made.suffix}",
        )  # fmt: skip
        answer.headers["Cache-Control"] = "private, no-store"
        return answer
    no_personal = refusal(actor(), Do.EXPORT_PERSONAL, channel)
    page = render_template("exports/considered.html", form=form, no_personal=no_personal, here=request.path)
    return page, 422 if form.errors else 200
