"""Communications' door: which pages helped, and what readers missed."""

from __future__ import annotations

from flask import render_template, request
from werkzeug.wrappers import Response

from app import i18n
from app.permissions import require
from app.site.helped import queries, service
from app.site.helped.addresses import SOMETHING
from app.site.helped.routes import blueprint
from app.site.helped.rules import Do
from app.web import STAFF, access, actor, found, go


@blueprint.get("/arbetsyta/sidor")
@access(STAFF, Do.READ)
def desk() -> str:
    require(actor(), Do.READ)
    return render_template(
        "site/helped/desk.html",
        listing=queries.written(request.args.get("fore", type=int)),
        pages=queries.by_page(),
        names={language.code: language.endonym for language in i18n.LANGUAGES.values()},
        hidden=SOMETHING,
    )


@blueprint.post("/arbetsyta/sidor/<int:answer_id>/bort")
@access(STAFF)
def remove(answer_id: int) -> Response:
    require(actor(), Do.READ)
    service.remove(actor(), found(queries.answer(answer_id)))
    return go(".desk")
