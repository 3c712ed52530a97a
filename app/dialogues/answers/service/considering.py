"""What became of each theme in the decision: followed, in part or not, and why."""

from __future__ import annotations

from app import clock, db
from app.dialogues.answers.events import ConsiderationWritten
from app.dialogues.answers.models import Consideration, Stance, Theme
from app.dialogues.answers.rules import Do
from app.dialogues.models import Dialogue, Matter
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.queries import Dossier
from app.dialogues.service import moves
from app.events import emit
from app.i18n import lazy as _l
from app.permissions import Actor, require


def consider(actor: Actor, dialogue: Dialogue, version: int, theme: Theme, *, stance: str, why: str) -> Consideration:
    """Write it, tied to the decision on record. Nobody outside sees it before the dialogue is fed back.

    `version` is 0 where nothing was written yet. Raises Overtaken where somebody else has saved it since, NotAccepted
    without a stance or a reason, or where no decision is on record.
    """
    moves.lock(dialogue)
    require(actor, Do.CONSIDER, dialogue)
    if stance not in set(Stance):
        raise NotAccepted("stance", _l("Choose one."))
    if not why.strip():
        raise NotAccepted("why", _l("Say why, in words that everyone can read."))
    dossier = Dossier(dialogue)
    decision = dossier.record(Matter.CANCEL) or dossier.record(Matter.FINAL)
    if decision is None:
        raise NotAccepted("stance", _l("No decision in the matter is on record."))
    row = db.session().get(Consideration, theme.id, populate_existing=True)
    if (row.version if row else 0) != version:
        raise Overtaken(dialogue.id)
    row = row or Consideration(theme_id=theme.id)
    row.stance, row.why, row.decision_id = stance, why, decision.id
    row.written_by, row.written_at = actor.person_id, clock.now()
    db.session().add(row)
    db.flush_or(Overtaken(dialogue.id))
    key = moves.key_of(dialogue)
    emit(ConsiderationWritten(subject=key, actor=actor, dialogue_id=dialogue.id, theme=theme.name, stance=str(stance)))
    return row
