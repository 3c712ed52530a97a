"""The one way in which a change after the opening is told: note() writes it down for everyone, and the mails follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app import clock, db, subjects
from app.dialogues.changes import rules
from app.dialogues.changes.events import ChangeNoted
from app.dialogues.changes.models import ChangeNote, Part
from app.dialogues.models import Dialogue
from app.dialogues.problems import NotAccepted
from app.events import emit
from app.i18n import lazy as _l
from app.permissions import Actor

LONGEST_TITLE = 300


@dataclass(frozen=True, kw_only=True)
class Change:
    """What changed: see ChangeNote. `subject`: the thing's key; empty for the dialogue itself.

    `told_by` is the key of a method that tells those who took part in it of this very change in a mail of its own.
    """

    part: Part
    subject: str = ""
    title: str = ""
    before: str = ""
    after: str = ""
    until: datetime | None = None
    told_by: str = ""


def note(actor: Actor, dialogue: Dialogue | None, change: Change, why: str) -> ChangeNote | None:
    """Tell everyone, and by mail those who took part, what was changed and why; in the open unit of the change itself.

    None where nobody can have taken part yet, and for what belongs to no dialogue. Raises NotAccepted, for the field
    `why`, where the reason is missing. What the note says must be readable by everyone.
    """
    if dialogue is None or not rules.is_noted(dialogue):
        return None
    if not why.strip():
        raise NotAccepted("why", _l("Say why it is changed. Everyone can read this."))
    key = subjects.key("dialogue", dialogue.id)
    made = ChangeNote(
        dialogue_id=dialogue.id,
        subject=change.subject or key,
        part=change.part,
        title=change.title[:LONGEST_TITLE],
        before=change.before,
        after=change.after,
        until=change.until,
        why=why.strip(),
        by_id=actor.person_id,
        at=clock.now(),
    )
    db.session().add(made)
    db.session().flush()
    emit(
        ChangeNoted(
            subject=key,
            actor=actor,
            dialogue_id=dialogue.id,
            part=change.part,
            note_id=made.id,
            told_by=change.told_by,
        )
    )
    return made
