"""Who hears of what happens to a dialogue: those who must act, and those who took part."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from app import ladder
from app.accounts import queries as accounts
from app.accounts.models import Person
from app.dialogues import bodies, events, queries
from app.dialogues.addresses import slug
from app.dialogues.events import DialogueMoved
from app.dialogues.models import Dialogue
from app.dialogues.stages import Stage
from app.ladder import Notice, Recipient, nobody
from app.permissions import Role

Recipients = Callable[[DialogueMoved], Iterable[Recipient]]


def _when(to: Collection[Stage], whom: Callable[[int], Iterable[Recipient]]) -> Recipients:
    """These people, when the dialogue comes to one of these stages; nobody else at any other."""

    def recipients(event: DialogueMoved) -> Iterable[Recipient]:
        return whom(event.dialogue_id) if event.dialogue_id is not None and event.to_stage in to else ()

    return recipients


def _participants(dialogue_id: int) -> Iterable[Recipient]:
    """Whoever took part and can be reached, as each method names them."""
    for method in ladder.methods():
        yield from method.participants(dialogue_id)


def _secretaries(dialogue_id: int) -> Iterable[Recipient]:
    return map(_recipient, accounts.holders(Role.SECRETARY, dialogue_id))


def _leads(dialogue_id: int) -> Iterable[Recipient]:
    return map(_recipient, accounts.holders(Role.OFFICIAL, dialogue_id))


def _recipient(person: Person) -> Recipient:
    return Recipient(person.email, person.language, person.id)


def _facts(event: DialogueMoved) -> Mapping[str, Any]:
    """Plain values about the dialogue, for the words of a mail; texts are the Swedish source."""
    row: Dialogue | None = queries.dialogue(event.dialogue_id or 0)
    if row is None:
        return {}
    outcome = queries.outcome_of(row.id)
    return {
        "dialogue": row.title,
        "question": row.question,
        "body": bodies.name_of(row.body_key),
        "promise": row.promise,
        "path": f"/dialoger/{row.id}-{slug(row.title)}",
        "desk_path": f"/arbetsyta/dialoger/{row.id}",
        "decision_path": f"/beslut/{row.id}",
        "feedback_by": row.feedback_by.isoformat() if row.feedback_by else "",
        "to_stage": event.to_stage,
        "note": event.note,
        "heading": outcome.heading if outcome else "",
        "lead": outcome.lead if outcome else "",
    }


DECIDED = (Stage.DECIDED, Stage.REJECTED, Stage.RESOLVED, Stage.CANCELLED)

NOTICES = (
    Notice(events.DialogueProposed, None, nobody),
    Notice(events.DialogueAssessed, None, nobody),
    Notice(events.DialogueEdited, None, nobody),
    Notice(DialogueMoved, "dialogue_to_decide", _when((Stage.PREPARED, Stage.HANDED_OVER), _secretaries), _facts),
    Notice(DialogueMoved, "dialogue_decided", _when(DECIDED, _leads), _facts),
    Notice(DialogueMoved, "dialogue_closed", _when((Stage.CLOSED,), _participants), _facts),
    Notice(DialogueMoved, "dialogue_result", _when((Stage.COMPILED,), _participants), _facts),
    Notice(DialogueMoved, "dialogue_fed_back", _when((Stage.FED_BACK,), _participants), _facts),
    Notice(DialogueMoved, "dialogue_called_off", _when((Stage.CANCELLED,), _participants), _facts),
    Notice(events.DialogueExtended, None, nobody),
    Notice(events.DecisionRecorded, None, nobody),
    Notice(events.DecisionSuperseded, None, nobody),
    Notice(events.OutcomeWritten, None, nobody),
)
