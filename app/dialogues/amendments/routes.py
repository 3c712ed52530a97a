"""What the body has decided about a dialogue, for everyone: each record, what was mistyped, and what was changed."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from app.dialogues import bodies, queries, texts, wording
from app.dialogues.addresses import pass_over_slug
from app.dialogues.amendments.queries import amendments_in
from app.dialogues.amendments.wording import told
from app.dialogues.frames import frame
from app.dialogues.models import DecisionRecord, Dialogue
from app.dialogues.queries import Dossier
from app.dialogues.rules import Do
from app.permissions import can
from app.web import PUBLIC, access, actor, found

decided = Blueprint("decided", __name__)
decided.url_value_preprocessor(pass_over_slug)


@decided.get("/dialoger/<int:dialogue_id>-<slug>/beslut")
@access(PUBLIC)
def show(dialogue_id: int) -> str:
    dialogue: Dialogue = found(queries.dialogue(dialogue_id))
    if not can(actor(), Do.READ, dialogue):
        abort(404)
    dossier = Dossier(dialogue)
    return render_template(
        "dialogues/amendments/decided.html",
        **frame(dialogue, texts.said([texts.row_of(dialogue)])),
        records=[(one, _mistaken(one, dossier.records)) for one in dossier.records if dossier.stands(one)],
        changes=told(amendments_in(dossier), dossier.records),
        body=texts.proper(bodies.name_of(dialogue.body_key)),
        decision_late=wording.decide_by(dialogue) if wording.is_decision_late(dialogue) else None,
        ruling=wording.ruling_words,
        decision_words=wording.decision_words,
    )


def _mistaken(record: DecisionRecord, rows: list[DecisionRecord]) -> list[tuple[DecisionRecord, str]]:
    """The records that this one has taken the place of, the latest first, each with what was wrong with it."""
    found: list[tuple[DecisionRecord, str]] = []
    by_id = {row.id: row for row in rows}
    while record.supersedes_id is not None:
        earlier = by_id[record.supersedes_id]
        found.append((earlier, record.supersede_reason))
        record = earlier
    return found
