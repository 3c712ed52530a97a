"""Who hears of what happens to a dialogue: those who must act, and those who took part."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from app import ladder
from app.accounts.models import Person
from app.dialogues import events, queries
from app.dialogues.addresses import slug
from app.dialogues.duties.duties import LEAD, RECORDS
from app.dialogues.duties.queries import whom_to_tell
from app.dialogues.evaluation.notices import invitation
from app.dialogues.events import DialogueMoved
from app.dialogues.kinds import queries as kinds
from app.dialogues.models import Dialogue
from app.dialogues.stages import Stage
from app.ladder import Notice, Recipient, nobody

Recipients = Callable[[DialogueMoved], Iterable[Recipient]]


def _when(to: Collection[Stage], whom: Callable[[int], Iterable[Recipient]]) -> Recipients:
    """These people, when the dialogue comes to one of these stages; nobody else at any other."""

    def recipients(event: DialogueMoved) -> Iterable[Recipient]:
        return whom(event.dialogue_id) if event.dialogue_id is not None and event.to_stage in to else ()

    return recipients


def participants(dialogue_id: int) -> Iterable[Recipient]:
    """Whoever took part and can be reached, as each method names them."""
    for method in ladder.methods():
        yield from method.participants(dialogue_id)


def secretaries(dialogue_id: int) -> Iterable[Recipient]:
    return map(_recipient, whom_to_tell(dialogue_id, RECORDS))


def leads(dialogue_id: int) -> Iterable[Recipient]:
    return map(_recipient, whom_to_tell(dialogue_id, LEAD))


def _recipient(person: Person) -> Recipient:
    return Recipient(person.email, person.language, person.id)


def facts_of(dialogue_id: int | None) -> dict[str, Any]:
    """Plain values about a dialogue, for the words of every mail about it; texts are the Swedish source."""
    row: Dialogue | None = queries.dialogue(dialogue_id or 0)
    if row is None:
        return {}
    path = f"/dialoger/{row.id}-{slug(row.title)}"
    return {
        "dialogue": row.title,
        "question": row.question,
        "body": kinds.owner_name(row),
        "promise": row.promise,
        "path": path,
        "desk_path": f"/arbetsyta/dialoger/{row.id}",
        "decision_path": f"/beslut/{row.id}",
        "feedback_by": row.feedback_by.isoformat() if row.feedback_by else "",
    }


def _facts(event: DialogueMoved) -> Mapping[str, Any]:
    about = facts_of(event.dialogue_id)
    if not about:
        return {}
    outcome = queries.outcome_of(event.dialogue_id or 0)
    return {
        **about,
        "to_stage": event.to_stage,
        "note": event.note,
        "heading": outcome.heading if outcome else "",
        "lead": outcome.lead if outcome else "",
        **invitation(event.dialogue_id or 0, about["path"], event.to_stage),
    }


DECIDED = (Stage.DECIDED, Stage.REJECTED, Stage.RESOLVED, Stage.CANCELLED)

NOTICES = (
    Notice(events.DialogueProposed, None, nobody),
    Notice(events.DialogueAssessed, None, nobody),
    Notice(events.DialogueEdited, None, nobody),
    Notice(DialogueMoved, "dialogue_to_decide", _when((Stage.PREPARED, Stage.HANDED_OVER), secretaries), _facts),
    Notice(DialogueMoved, "dialogue_decided", _when(DECIDED, leads), _facts),
    Notice(DialogueMoved, "dialogue_closed", _when((Stage.CLOSED,), participants), _facts),
    Notice(DialogueMoved, "dialogue_result", _when((Stage.COMPILED,), participants), _facts),
    Notice(DialogueMoved, "dialogue_fed_back", _when((Stage.FED_BACK,), participants), _facts),
    Notice(DialogueMoved, "dialogue_called_off", _when((Stage.CANCELLED,), participants), _facts),
    Notice(events.DialogueExtended, None, nobody),
    Notice(events.DecisionRecorded, None, nobody),
    Notice(events.DecisionSuperseded, None, nobody),
    Notice(events.OutcomeWritten, None, nobody),
)
