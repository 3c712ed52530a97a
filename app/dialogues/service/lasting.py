"""How long a dialogue lasts once it is open: later than was announced, never earlier; and what a pause has cost."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from app import clock, db
from app.dialogues import plan, queries
from app.dialogues.changes.models import Part
from app.dialogues.changes.service import Change, note
from app.dialogues.events import DialogueExtended
from app.dialogues.models import Dialogue
from app.dialogues.phases import shifting
from app.dialogues.problems import NotAccepted
from app.dialogues.rules import Do
from app.dialogues.service import moves
from app.dialogues.service.drafting import hold
from app.dialogues.stages import Stage
from app.events import emit
from app.i18n import lazy as _l
from app.permissions import Actor

A_DAY = timedelta(days=1)


def extend(actor: Actor, dialogue: Dialogue, closes_at: datetime, why: str) -> None:
    """Let an open or paused dialogue close later; phases and things that close with it do so too.

    Those who took part are told, with the reason. Raises NotAccepted for an earlier time, one after the decision, or
    no reason.
    """
    hold(actor, Do.EXTEND, dialogue, None)
    if closes_at == dialogue.closes_at:
        return
    before = dialogue.closes_at
    _close_later(actor, dialogue, closes_at, "closes_at")
    if before is not None:
        shifting.stretch(dialogue, before)
    note(actor, dialogue, Change(part=Part.PERIOD, until=closes_at), why)


def resume(actor: Actor, dialogue: Dialogue, closes_at: datetime | None, why: str, *, make_up: bool = False) -> None:
    """Open a paused dialogue again, and say why it can go on.

    `make_up`: it stays open for as many days longer as it was paused, and everything in it that had not ended when the
    pause began moves on by as many. Else it may close later than was announced, at `closes_at`.
    """
    moves.lock(dialogue)
    days, since = days_paused(dialogue), queries.paused_at(dialogue.id)
    if make_up and since is not None and dialogue.closes_at is not None:
        hold(actor, Do.EXTEND, dialogue, None)
        _close_later(actor, dialogue, clock.days_later(dialogue.closes_at, days), "make_up")
        shifting.shift(dialogue, since, days)
    elif closes_at is not None and closes_at != dialogue.closes_at:
        hold(actor, Do.EXTEND, dialogue, None)
        before = dialogue.closes_at
        _close_later(actor, dialogue, closes_at, "closes_at")
        if before is not None:
            shifting.stretch(dialogue, before)
    moves.move(actor, dialogue, Stage.OPEN, why)


def days_paused(dialogue: Dialogue) -> int:
    """How many days the pause has cost so far, begun days counted whole, so that it still closes at the same hour."""
    since = queries.paused_at(dialogue.id)
    return 0 if since is None else -((since - clock.now()) // A_DAY)


def _close_later(actor: Actor, dialogue: Dialogue, closes_at: datetime, field: str) -> None:
    if dialogue.closes_at is not None and closes_at < dialogue.closes_at:
        raise NotAccepted(field, _l("A dialogue is never closed earlier than was announced."))
    for problem in plan.problems(replace(plan.of(dialogue), closes_at=closes_at)):
        raise NotAccepted(field, problem.sentence)
    dialogue.closes_at = closes_at
    db.session().flush()
    key = moves.key_of(dialogue)
    emit(DialogueExtended(subject=key, actor=actor, dialogue_id=dialogue.id, closes_at=closes_at))
