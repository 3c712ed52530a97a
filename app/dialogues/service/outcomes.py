"""What became of it: the body's answer to those who took part. It is published by the move to fed back."""

from __future__ import annotations

from sqlalchemy.orm.attributes import flag_modified

from app import clock, db, richtext
from app.dialogues.events import OutcomeWritten
from app.dialogues.models import Dialogue, Outcome
from app.dialogues.rules import Do
from app.dialogues.service import drafting, moves
from app.events import emit
from app.permissions import Actor


def write_outcome(actor: Actor, dialogue: Dialogue, version: int, *, heading: str, lead: str, body: str) -> Outcome:
    """Write the answer, or write it anew; `body` is Markdown. Nobody outside sees it before it is published.

    Raises Overtaken where somebody else has saved it since `version` (of the dialogue).
    """
    drafting.hold(actor, Do.ANSWER, dialogue, version)
    row = db.session().get(Outcome, dialogue.id) or Outcome(dialogue_id=dialogue.id)
    row.heading, row.lead, row.body = heading, lead, body
    row.html = richtext.from_markdown(body)
    row.written_by, row.written_at = actor.person_id, clock.now()
    db.session().add(row)
    flag_modified(dialogue, "title")  # its version grows, so that an editor of an older one is told
    db.session().flush()
    emit(OutcomeWritten(subject=moves.key_of(dialogue), actor=actor, dialogue_id=dialogue.id, heading=heading))
    return row
