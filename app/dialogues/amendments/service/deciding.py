"""The body's decision about a change, and to close early: recorded, and in force in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from app import clock, db, i18n
from app.dialogues import queries
from app.dialogues.amendments import fields
from app.dialogues.amendments.events import ChangeRejected, DialogueAmended
from app.dialogues.amendments.models import Amendment, ProposedChange, State
from app.dialogues.amendments.rules import Do
from app.dialogues.amendments.service.proposing import check, hold
from app.dialogues.changes.models import Part
from app.dialogues.changes.service import Change, note
from app.dialogues.models import DecisionRecord, Dialogue, Matter, Ruling, ScopeItem
from app.dialogues.problems import NotAccepted
from app.dialogues.rules import Do as Dialogues
from app.dialogues.service import moves
from app.dialogues.service.records import Minutes, enter
from app.dialogues.stages import Stage
from app.dialogues.wording import decision_words
from app.events import emit
from app.permissions import SYSTEM, Actor, require


def decide(
    actor: Actor, row: ProposedChange, version: int, outcome: Ruling, minutes: Minutes, reason: str = ""
) -> DecisionRecord:
    """Enter what the body decided about a proposed change; where it approved, the values change now.

    `version`: of the proposed change as the secretary read it. Raises NotAccepted for what the record lacks or what
    would no longer hold, Overtaken where somebody else was before, Refusal where the role or the stage is against it.
    """
    dialogue = hold(row, version)
    require(actor, Do.DECIDE, row)
    record = enter(actor, dialogue, Matter.CHANGE, outcome, minutes, reason)
    row.settled_at = clock.now()
    if outcome is not Ruling.APPROVED:
        row.state = State.REJECTED
        db.session().flush()
        key = moves.key_of(dialogue)
        emit(ChangeRejected(subject=key, actor=actor, dialogue_id=dialogue.id, parts=list(row.values)))
        return record
    row.state = State.ADOPTED
    _still_holds(dialogue, row)
    scope = queries.scope_of(dialogue.id)
    before = {key: value for key, value in fields.values_of(dialogue, scope).items() if key in row.values}
    _apply(dialogue, scope, row.values)
    made = Amendment(proposal_id=row.id, before=before, after=dict(row.values), why=row.why)
    _keep(actor, dialogue, record, made)
    note(actor, dialogue, _told(record, made), row.why)
    return record


def close_early(actor: Actor, dialogue: Dialogue, minutes: Minutes, reason: str) -> DecisionRecord:
    """Enter that the body closes the dialogue before its time: it closes now. The time that was announced is kept.

    Raises NotAccepted for what the record lacks, Refusal where the role or the stage is against it.
    """
    moves.lock(dialogue)
    require(actor, Dialogues.RECORD_CLOSE, dialogue)
    record = enter(actor, dialogue, Matter.CLOSE, Ruling.APPROVED, minutes, reason)
    before, now = dialogue.closes_at, clock.now()
    dialogue.closes_at = now
    values = [{fields.CLOSES_AT: _written(moment)} for moment in (before, now)]
    _keep(actor, dialogue, record, Amendment(before=values[0], after=values[1], why=reason))
    moves.move(SYSTEM, dialogue, Stage.CLOSED, reason)  # as the clock would: the record lets it, not the secretary
    return record


def _still_holds(dialogue: Dialogue, row: ProposedChange) -> None:
    """What was put may no longer fit what has been added since. Raises NotAccepted at what the body decided."""
    try:
        check(dialogue, row.values)
    except NotAccepted as problem:
        raise NotAccepted("outcome", problem.sentence) from problem


def _keep(actor: Actor, dialogue: Dialogue, record: DecisionRecord, made: Amendment) -> None:
    made.dialogue_id, made.record_id, made.at = dialogue.id, record.id, clock.now()
    db.session().add(made)
    db.session().flush()
    emit(
        DialogueAmended(
            subject=moves.key_of(dialogue),
            actor=actor,
            dialogue_id=dialogue.id,
            parts=list(made.after),
            amendment_id=made.id,
            stage=dialogue.stage,
        )
    )


def _told(record: DecisionRecord, made: Amendment) -> Change:
    """The change for those who have taken part, in Swedish, as every note is."""
    with i18n.speaking(i18n.SOURCE):
        title = f"{record.body_name}, {decision_words(record)}"
        before, after = fields.in_words(made.before), fields.in_words(made.after)
    return Change(part=Part.AMENDED, title=title, before=before, after=after)


def _apply(dialogue: Dialogue, scope: Sequence[ScopeItem], values: Mapping[str, Any]) -> None:
    for key in fields.TEXTS:
        if key in values:
            setattr(dialogue, key, values[key])
    if fields.SCOPE in values:
        _apply_scope(dialogue, scope, values[fields.SCOPE])
    flag_modified(dialogue, "title")  # its version grows, so that an editor of an older one is told


def _apply_scope(dialogue: Dialogue, scope: Sequence[ScopeItem], wanted: Sequence[Mapping[str, Any]]) -> None:
    """Items that stay keep their row, and with it their translations."""
    there, kept = {one.id: one for one in scope}, set()
    for position, one in enumerate(wanted, start=1):
        row = there.get(one["id"]) if one["id"] not in kept else None
        if row is None:
            row = ScopeItem(dialogue_id=dialogue.id)
            db.session().add(row)
        else:
            kept.add(row.id)
        row.position, row.is_open, row.text, row.why = position, one["is_open"], one["text"], one["why"]
    for number, row in there.items():
        if number not in kept:
            db.session().delete(row)


def _written(moment: datetime | None) -> str:
    return moment.isoformat() if moment is not None else ""
