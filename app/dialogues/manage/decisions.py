"""The desk of those who decide: what awaits a body, what it needs to know, and the record of what it decided."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from app import clock, ladder
from app.dialogues import bodies, criteria, queries, texts, wording
from app.dialogues.addresses import slug
from app.dialogues.amendments import fields
from app.dialogues.amendments import queries as amendments
from app.dialogues.amendments import wording as changes
from app.dialogues.intake import gate
from app.dialogues.intake.queries import assessed, overdue
from app.dialogues.intake.rules import Do as Intake
from app.dialogues.manage import matters
from app.dialogues.manage.saving import visited
from app.dialogues.queries import Dossier
from app.dialogues.rules import Do
from app.dialogues.stages import RESULT_STAGES, Stage
from app.permissions import can, require
from app.policy.texts import criteria_of
from app.web import STAFF, access, actor, way_to

decisions = Blueprint("decisions", __name__)
Answer = str | tuple[str, int] | Response


@decisions.get("/beslut")
@access(STAFF, Do.LIST_DECISIONS)
def index() -> str:
    require(actor(), Do.LIST_DECISIONS)
    waiting = queries.awaiting_decision(actor())
    return render_template(
        "dialogues/decisions.html",
        to_hold=[one for one in waiting if one.stage == Stage.PREPARED],
        to_decide=[one for one in waiting if one.stage == Stage.HANDED_OVER],
        late=queries.late(clock.today(), actor()),
        decided=queries.with_decision(actor()),
        body_of=lambda one: texts.proper(bodies.name_of(one.body_key)),
        wording=wording,
        unconsidered=overdue() if can(actor(), Intake.SEE_CHANGES) else [],
        changes=way_to(("intake.changes", {})),
    )


@decisions.get("/beslut/<int:dialogue_id>")
@access(STAFF, Do.DECISIONS)
def show(dialogue_id: int) -> str:
    """What a body needs to know to decide, and what it has decided."""
    dialogue = visited(dialogue_id, Do.DECISIONS)
    dossier = Dossier(dialogue)
    current = {record.id for record in dossier.records if dossier.stands(record)}
    return render_template(
        "dialogues/decision_page.html",
        dialogue=dialogue,
        dossier=dossier,
        criteria=criteria_of(queries.guideline_of(dialogue_id)),
        answer_names=criteria.ANSWER_NAMES,
        basis=told.basis if (told := dossier.once(assessed)) else None,
        asked=gate,
        area_words=gate.area_words,
        level=ladder.level(dialogue.level) if dialogue.level else None,
        body=texts.proper(bodies.name_of(dialogue.body_key)),
        tag=wording.tag(dialogue),
        current=current,
        ruling=wording.ruling_words,
        decision_words=wording.decision_words,
        proper=texts.proper,
        doors=matters.doors(actor(), dossier),
        proposed=(proposed := amendments.put_in(dossier)),
        parts=changes.parts(fields.values_of(dialogue, dossier.scope), proposed.values) if proposed else [],
        changes=changes.told(amendments.amendments_in(dossier), dossier.records),
        may_mend=can(actor(), Do.SUPERSEDE, dialogue),
        has_result=dialogue.stage in RESULT_STAGES,
        slug=slug(dialogue.title),
    )
