"""What was considered and not held, and why."""

from __future__ import annotations

from flask import render_template, request

from app.dialogues import bodies, criteria
from app.dialogues import queries as dossiers
from app.dialogues import texts as dialogues
from app.dialogues.intake import gate, queries, texts
from app.dialogues.intake.models import Competence
from app.dialogues.intake.queries import NotHeld, Place
from app.dialogues.intake.routes.door import blueprint
from app.dialogues.stages import Stage
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.policy.texts import CriterionText, criteria_of_each
from app.web import PUBLIC, access

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
    return render_template(
        "dialogues/intake/register.html",
        page=page,
        said=dialogues.said(texts.rows_of(page.entries)),
        words=WORDS,
        criteria=_criteria([one.dialogue.id for one in page.entries if isinstance(one, NotHeld)]),
        answers=criteria.ANSWER_NAMES,
        competence=Competence,
        stops=lambda one: gate.stops(one.basis, decided=False) if one.basis is not None else [],
        body_of=lambda one: dialogues.proper(bodies.name_of(one.body_key)) if one.body_key else "",
        proper=dialogues.proper,
    )


def _criteria(dialogue_ids: list[int]) -> dict[int, dict[str, CriterionText]]:
    """Dialogue → criterion → its words, in the version of the guideline that the dialogue was assessed under."""
    each = criteria_of_each(dossiers.guidelines_of(dialogue_ids))
    return {dialogue_id: {one.key: one for one in four} for dialogue_id, four in each.items()}
