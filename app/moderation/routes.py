"""The residents' door: reporting a text."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template

from app.moderation import queries, service
from app.moderation.forms import ReportForm
from app.web import PUBLIC, access, actor, client, go

moderation = Blueprint("moderation", __name__)


@moderation.get("/anmal/<int:reviewable_id>")
@access(PUBLIC)
def report(reviewable_id: int) -> str:
    """The form for reporting a text."""
    return _report_page(reviewable_id, ReportForm())


@moderation.post("/anmal/<int:reviewable_id>")
@access(PUBLIC)
def send_report(reviewable_id: int) -> Any:
    """Take a report. Nothing is read before the service counts the try."""
    form = ReportForm()
    if not form.validate_on_submit():
        return _report_page(reviewable_id, form), 422
    if form.website.data:
        return go("moderation.report_sent")
    try:
        service.report(actor(), reviewable_id, ground=form.ground.data, note=form.note.data or "", client=client())
    except service.NothingToReport:
        abort(404)
    except service.AlreadyReported:
        return render_template("moderation/already_reported.html"), 409
    return go("moderation.report_sent")


@moderation.get("/anmal/tack")
@access(PUBLIC)
def report_sent() -> str:
    """Thank you, and what happens now."""
    return render_template("moderation/report_sent.html")


def _report_page(reviewable_id: int, form: ReportForm) -> str:
    who = actor()
    try:
        item = service.reportable(who, reviewable_id)
    except service.NothingToReport:
        abort(404)
    if who.person_id is not None and queries.has_reported(who.person_id, item.id):
        return render_template("moderation/already_reported.html")
    return render_template("moderation/report.html", form=form, item=item)
