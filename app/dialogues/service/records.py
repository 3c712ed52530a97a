"""What a body decided, as its secretary enters it. A record is never edited: a new one supersedes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from app import clock, db
from app.dialogues import bodies
from app.dialogues.events import DecisionRecorded, DecisionSuperseded
from app.dialogues.models import DecisionRecord, Dialogue, Matter, Ruling
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.queries import Dossier
from app.dialogues.rules import Do
from app.dialogues.service import moves
from app.dialogues.stages import Stage
from app.events import emit
from app.i18n import lazy as _l
from app.permissions import Actor, require

ACTIONS: Mapping[Matter, Do] = {
    Matter.HOLD: Do.RECORD_HOLD,
    Matter.FINAL: Do.RECORD_FINAL,
    Matter.CANCEL: Do.RECORD_CANCEL,
}
RULINGS: Mapping[Matter, tuple[Ruling, ...]] = {
    Matter.HOLD: (Ruling.APPROVED, Ruling.REJECTED),
    Matter.FINAL: (Ruling.APPROVED, Ruling.REJECTED, Ruling.NONE),
    Matter.CANCEL: (Ruling.APPROVED,),
}
LEADS_TO: Mapping[tuple[Matter, Ruling], Stage] = {
    (Matter.HOLD, Ruling.APPROVED): Stage.DECIDED,
    (Matter.HOLD, Ruling.REJECTED): Stage.REJECTED,
    (Matter.FINAL, Ruling.APPROVED): Stage.RESOLVED,
    (Matter.FINAL, Ruling.REJECTED): Stage.RESOLVED,
    (Matter.FINAL, Ruling.NONE): Stage.RESOLVED,
    (Matter.CANCEL, Ruling.APPROVED): Stage.CANCELLED,
}


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """What the minutes say: the body, the day of its meeting, the § and the case; `url` leads to them, if anywhere."""

    body_key: str
    decided_on: date
    section_no: str
    case_number: str
    url: str = ""


def record(
    actor: Actor, dialogue: Dialogue, matter: Matter, outcome: Ruling, minutes: Minutes, reason: str = ""
) -> DecisionRecord:
    """Enter a decision and move the dialogue to where it leads.

    Raises NotAccepted for what the record lacks, Refusal where the stage, the role or a guard stands against it.
    """
    moves.lock(dialogue)
    require(actor, ACTIONS[matter], dialogue)
    if outcome not in RULINGS[matter]:
        raise NotAccepted("outcome", _l("Choose what the body decided."))
    if (outcome is not Ruling.APPROVED or matter is Matter.CANCEL) and not reason.strip():
        raise NotAccepted("reason", _l("Say why, in words that everyone can read."))
    made = _add(actor, dialogue, matter, outcome, minutes, reason)
    moves.move(actor, dialogue, LEADS_TO[matter, outcome], reason)
    return made


def supersede(actor: Actor, mistaken: DecisionRecord, minutes: Minutes, why: str) -> DecisionRecord:
    """Mend a mistake in a record by a new one that takes its place; both stay, with the reason.

    Only what was mistyped is mended: another outcome would be another decision. Raises Overtaken where the record
    has been mended already.
    """
    dialogue = db.session().get_one(Dialogue, mistaken.dialogue_id)
    moves.lock(dialogue)
    require(actor, Do.SUPERSEDE, mistaken)
    if not why.strip():
        raise NotAccepted("why", _l("Say what was wrong."))
    matter = Matter(mistaken.matter)
    if Dossier(dialogue).record(matter) is not mistaken:
        raise Overtaken(dialogue.id)
    made = _add(actor, dialogue, matter, Ruling(mistaken.outcome), minutes, mistaken.reason, mistaken, why)
    key = moves.key_of(dialogue)
    emit(
        DecisionSuperseded(
            subject=key, actor=actor, dialogue_id=dialogue.id, record_id=made.id, replaced_id=mistaken.id, reason=why
        )
    )
    return made


def _add(
    actor: Actor,
    dialogue: Dialogue,
    matter: Matter,
    outcome: Ruling,
    minutes: Minutes,
    reason: str,
    mistaken: DecisionRecord | None = None,
    why: str = "",
) -> DecisionRecord:
    body = _checked(minutes)
    made = DecisionRecord(
        dialogue_id=dialogue.id,
        matter=matter,
        outcome=outcome,
        body_key=body.key,
        body_name=body.name,
        decided_on=minutes.decided_on,
        section_no=minutes.section_no,
        case_number=minutes.case_number,
        minutes_url=minutes.url,
        reason=reason,
        recorded_by=actor.person_id,
        recorded_at=clock.now(),
        supersedes_id=mistaken.id if mistaken else None,
        supersede_reason=why,
    )
    db.session().add(made)
    db.flush_or(Overtaken(dialogue.id))
    emit(
        DecisionRecorded(
            subject=moves.key_of(dialogue),
            actor=actor,
            dialogue_id=dialogue.id,
            matter=matter,
            outcome=outcome,
            body=body.name,
            decided_on=minutes.decided_on,
            section_no=minutes.section_no,
        )
    )
    return made


def _checked(minutes: Minutes) -> bodies.Body:
    """The body of the minutes. Raises NotAccepted for the first fact that does not hold."""
    body = bodies.find(minutes.body_key)
    if body is None:
        raise NotAccepted("body_key", _l("Choose an elected body from the list."))
    if minutes.decided_on > clock.today():
        raise NotAccepted("decided_on", _l("The meeting has not been held yet: choose today or an earlier day."))
    if not minutes.section_no.strip():
        raise NotAccepted("section_no", _l("Give the § in the minutes."))
    if not minutes.case_number.strip():
        raise NotAccepted("case_number", _l("Give the case number."))
    if minutes.url and not _is_web_address(minutes.url):
        raise NotAccepted("url", _l("Give an address that begins with https:// or http://."))
    return body


def _is_web_address(url: str) -> bool:
    if " " in url or not url.isprintable():  # urlsplit overlooks line breaks, a browser overrides of direction
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
    except ValueError:
        return False
