"""The standing box as a file. What a dialogue has collected leaves by the dialogue's own export."""

from __future__ import annotations

from flask import Response, request, send_file

from app import clock, i18n, ladder, subjects
from app.exports import standing
from app.exports.formats import MEDIA_TYPES, NAMES, Format
from app.exports.rules import Do as Out
from app.levels.consultation.suggestions import queries
from app.levels.consultation.suggestions.forms import ExportForm
from app.levels.consultation.suggestions.manage.door import SITE, Desk, blueprint
from app.levels.consultation.suggestions.rules import Do
from app.levels.consultation.suggestions.service import Place
from app.permissions import refusal
from app.web import STAFF, access, actor

Answer = tuple[str, int] | Response


@blueprint.route(SITE + "/export", methods=["GET", "POST"])
@access(STAFF, Out.EXPORT)
def export() -> Answer:
    """Choose a format, and get the file at once."""
    desk = Desk(None, Out.EXPORT)
    box = desk.box
    if box is None:
        refused = refusal(actor(), Do.OPEN_BOX, Place(None))
        return desk.page("levels/suggestions/desk_empty.html", refused=refused)
    form = ExportForm()
    form.format.choices = [(key.value, str(name)) for key, name in NAMES.items()]
    if form.validate_on_submit():
        wanted = standing.Order(Format(form.format.data), bool(form.personal_data.data), i18n.current().code)
        made = standing.make(
            actor(), box, subjects.key(queries.BOX, box.id), ladder.method("suggestions").exports, wanted
        )
        answer = send_file(
            made.file, MEDIA_TYPES[made.suffix], as_attachment=True,
            download_name=f"battre-vara-{clock.today()}{made.suffix}",
        )  # fmt: skip
        answer.headers["Cache-Control"] = "private, no-store"
        return answer
    no_personal = refusal(actor(), Out.EXPORT_PERSONAL, box)
    return desk.page("levels/suggestions/desk_export.html", form, box=box, no_personal=no_personal, here=request.path)
