"""The official's draft of a change: written beside what holds, put to the body, or taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app import clock, db, ladder
from app.dialogues import bodies, purposes, queries
from app.dialogues.amendments import fields
from app.dialogues.amendments import queries as amendments
from app.dialogues.amendments.events import ChangeDrafted, ChangePut, ChangeWithdrawn
from app.dialogues.amendments.models import ProposedChange, State
from app.dialogues.amendments.rules import Do, may_change
from app.dialogues.models import Dialogue
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.service import moves
from app.dialogues.stages import Kind
from app.events import emit
from app.i18n import lazy as _l
from app.permissions import Actor, require


def propose(actor: Actor, dialogue: Dialogue, version: int, wanted: Mapping[str, Any], why: str) -> ProposedChange:
    """Write the draft, new or again: of `wanted` (by the keys of `fields`) only what differs from what holds is kept.

    `version`: of the draft when the edit began, 0 where there was none. Raises NotAccepted for what cannot hold, at
    its key, and Overtaken where somebody else has written since.
    """
    moves.lock(dialogue)
    require(actor, Do.PROPOSE, dialogue)
    row = amendments.under_way(dialogue.id)
    if (row.version if row is not None else 0) != version:
        raise Overtaken(dialogue.id)
    if not why.strip():
        raise NotAccepted("why", _l("Say why it is changed. Everyone can read this."))
    values = fields.changed(fields.values_of(dialogue, queries.scope_of(dialogue.id)), wanted)
    if not values:
        raise NotAccepted("why", _l("Nothing is changed yet: write what it is to be instead."))
    check(dialogue, values)
    if row is None:
        row = ProposedChange(dialogue_id=dialogue.id, state=State.DRAFT)
        db.session().add(row)
    else:
        require(actor, Do.WRITE, row)
    row.values, row.why, row.drafted_by, row.drafted_at = values, why.strip(), actor.person_id, clock.now()
    db.flush_or(Overtaken(dialogue.id))
    emit(ChangeDrafted(**_about(actor, dialogue), parts=list(values)))
    return row


def put(actor: Actor, row: ProposedChange, version: int) -> None:
    """Put the draft to the body: from here on it stays as it is, until the body decides or it is taken back."""
    dialogue = hold(row, version)
    require(actor, Do.PUT, row)
    check(dialogue, row.values)
    row.state, row.put_at = State.PUT, clock.now()
    db.session().flush()
    emit(ChangePut(**_about(actor, dialogue), parts=list(row.values)))


def withdraw(actor: Actor, row: ProposedChange) -> None:
    """Take the change back, before the body has decided."""
    dialogue = hold(row, None)
    require(actor, Do.WITHDRAW, row)
    row.state, row.settled_at = State.WITHDRAWN, clock.now()
    db.session().flush()
    emit(ChangeWithdrawn(**_about(actor, dialogue)))


def hold(row: ProposedChange, version: int | None) -> Dialogue:
    """Lock the dialogue of a proposed change, and read what another did while we waited. Returns the dialogue.

    Raises Overtaken where it has changed since `version` (None: whatever it says now).
    """
    dialogue = amendments.dialogue_of(row)
    moves.lock(dialogue)
    db.session().refresh(row)
    if version is not None and row.version != version:
        raise Overtaken(dialogue.id)
    return dialogue


def check(dialogue: Dialogue, values: Mapping[str, Any]) -> None:
    """Whether the dialogue would hold with these values. Raises NotAccepted for the first that would not."""
    for key, value in values.items():
        if not may_change(dialogue, key):
            raise NotAccepted(key, _l("What came in came in under this, so it can no longer be changed."))
        if key == fields.SCOPE:
            _check_scope(value)
        elif not str(value or "").strip():
            raise NotAccepted(key, _l("Write something here. It cannot be left empty."))
    if "body_key" in values and bodies.find(values["body_key"]) is None:
        raise NotAccepted("body_key", _l("Choose an elected body from the list."))
    if "purpose" in values and (problem := purposes.problem(values["purpose"])):
        raise NotAccepted("purpose", problem)
    if "level" in values:
        _check_level(dialogue, values["level"])


def _check_scope(items: Sequence[Mapping[str, Any]]) -> None:
    if not any(one["is_open"] for one in items):
        raise NotAccepted(fields.SCOPE, _l("Say at least one thing that residents can influence."))
    if not any(not one["is_open"] for one in items):
        raise NotAccepted(fields.SCOPE, _l("Say at least one thing that is already fixed, and why."))
    if any(not one["is_open"] and not one["why"].strip() for one in items):
        raise NotAccepted(fields.SCOPE, _l("Say why this is fixed."))


def _check_level(dialogue: Dialogue, level: str) -> None:
    """A level that there is, that is more than information, and that offers every method which is already there."""
    if level not in {one.key for one in ladder.LEVELS}:
        raise NotAccepted("level", _l("Choose a level."))
    if dialogue.kind == Kind.CITIZEN_DIALOGUE and level == ladder.INFORMATION.key:
        raise NotAccepted("level", _l("To inform only is not to hold a dialogue. Choose another level."))
    offered = {method.key for method in ladder.methods_at(level)}
    for card in queries.cards_of(dialogue.id):
        if card.method not in offered:
            sentence = _l("“%(title)s” is not offered at this level. Take it away first.", title=card.title)
            raise NotAccepted("level", sentence)


def _about(actor: Actor, dialogue: Dialogue) -> dict[str, Any]:
    return {"subject": moves.key_of(dialogue), "actor": actor, "dialogue_id": dialogue.id}
