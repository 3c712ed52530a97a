"""Who hears of what comes after a dialogue: those responsible, where people wait. The rest is told by its moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.dialogues import queries
from app.dialogues.answers import events
from app.dialogues.answers.events import AnswerReminded
from app.dialogues.answers.models import About
from app.dialogues.duties.duties import FEEDBACK, LEAD
from app.dialogues.duties.queries import whom_to_tell
from app.dialogues.models import Dialogue
from app.ladder import Notice, Recipient, nobody


def _responsible(event: AnswerReminded) -> Iterable[Recipient]:
    """Those who lead the dialogue; what became of it is also for those who give feedback."""
    for duty in (LEAD, FEEDBACK) if event.about == About.FEEDBACK else (LEAD,):
        for person in whom_to_tell(event.dialogue_id or 0, duty):
            yield Recipient(person.email, person.language, person.id)


def _facts(event: AnswerReminded) -> Mapping[str, Any]:
    row: Dialogue | None = queries.dialogue(event.dialogue_id or 0)
    if row is None:
        return {}
    return {
        "dialogue": row.title,
        "about": str(event.about),
        "feedback_by": row.feedback_by.isoformat() if row.feedback_by else "",
        "desk_path": f"/arbetsyta/dialoger/{row.id}",
    }


NOTICES = (
    *(Notice(kind, None, nobody) for kind in events.EVENTS if kind is not AnswerReminded),
    Notice(AnswerReminded, "dialogue_reminder", _responsible, _facts),
)
