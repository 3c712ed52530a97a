"""The residents' door: what was considered and not held, and why."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from app.dialogues import bodies, criteria
from app.dialogues import texts as dialogues
from app.dialogues.intake import queries, texts
from app.dialogues.intake.models import Competence
from app.dialogues.intake.queries import Place
from app.dialogues.stages import Stage
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.web import PUBLIC, access

blueprint = Blueprint("intake", __name__)
WORDS: dict[Stage, LazyText] = {
    Stage.UNSUITABLE: _l("Not suitable for a dialogue"),
    Stage.REDIRECTED: _l("Handled in another way"),
    Stage.REJECTED: _l("Turned down by the body"),
}


@blueprint.get("/dialoger/overvagda")
@access(PUBLIC)
def register() -> str:
    """Every question that was considered and did not become a dialogue."""
    page = queries.register(Place.parse(request.args.get("fran", "")))
    said = dialogues.said(
        [row for one in page.entries for row in (dialogues.row_of(one.dialogue), texts.row_of_move(one.move))]
    )
    return render_template(
        "dialogues/intake/register.html",
        page=page,
        said=said,
        words=WORDS,
        criteria={one.key: one for one in criteria.CRITERIA},
        answers=criteria.ANSWER_NAMES,
        competence=Competence,
        body_of=lambda one: dialogues.proper(bodies.name_of(one.body_key)) if one.body_key else "",
        proper=dialogues.proper,
    )
