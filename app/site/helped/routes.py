"""The readers' door: whether a page helped. A page of its own, so that reading sets no cookie."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from app import limits
from app.site.helped import service
from app.site.helped.addresses import SOMETHING, page_of
from app.site.helped.forms import HelpedForm
from app.web import PUBLIC, access, actor, client, go

blueprint = Blueprint("helped", __name__)


@blueprint.route("/hjalpte-sidan", methods=["GET", "POST"])
@access(PUBLIC)
def ask() -> str | tuple[str, int] | Response:
    if request.method == "POST":
        limits.spend(service.TRIES, client())
    form = HelpedForm(data={"sida": page_of(request.args.get("sida", ""))})
    page = page_of(form.sida.data or "")
    if form.validate_on_submit():
        if not form.website.data:
            service.take(actor(), page, helped=form.helped.data == "yes", text=form.text.data or "")
        return go(".thanks", sida=page)
    shown = render_template("site/helped/ask.html", form=form, page=page)
    return shown, 422 if form.errors else 200


@blueprint.get("/hjalpte-sidan/tack")
@access(PUBLIC)
def thanks() -> str:
    page = page_of(request.args.get("sida", ""))
    return render_template("site/helped/thanks.html", back="" if SOMETHING in page else page)
