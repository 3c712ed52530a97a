"""What time does to phases: their feedback is told when they end, and who counts hears that a thing has closed."""

from __future__ import annotations

from app import clock, db, subjects
from app.dialogues.models import Card, Dialogue
from app.dialogues.phases import queries
from app.dialogues.phases.events import PhaseEnded, ThingEnded
from app.dialogues.phases.rules import is_announced
from app.dialogues.phases.service import publish_if_ended
from app.dialogues.service import moves
from app.events import emit
from app.logs import log
from app.permissions import SYSTEM


def tick() -> int:
    """See what has ended, each dialogue in a unit of its own. Returns how many phases and things.

    Needs no open session. Twice changes nothing more; a dialogue that fails does not hold up the others. Nothing waits
    for this to close: the rules ask the times themselves.
    """
    with db.reading():
        due = queries.just_ended(clock.now())
    return sum(_see(dialogue_id) for dialogue_id in due)


def _see(dialogue_id: int) -> int:
    try:
        with db.unit() as session:
            dialogue = session.get(Dialogue, dialogue_id)
            if dialogue is None:
                return 0
            moves.lock(dialogue)
            return _phases(dialogue) + _things(dialogue) if is_announced(dialogue.stage) else 0
    except Exception:  # the clock must go on: the next look tries this one again
        log().exception("phases_failed", dialogue=dialogue_id)
        return 0


def _phases(dialogue: Dialogue) -> int:
    now = clock.now()
    ended = [one for one in queries.plan_of(dialogue.id).phases if one.ended_at is None and one.closes_at <= now]
    for one in ended:
        one.ended_at = now
        db.session().flush()
        key = subjects.key("dialogue", dialogue.id)
        emit(PhaseEnded(subject=key, actor=SYSTEM, dialogue_id=dialogue.id, name=one.name))
        publish_if_ended(SYSTEM, dialogue, one)
    return len(ended)


def _things(dialogue: Dialogue) -> int:
    now, plan = clock.now(), queries.plan_of(dialogue.id)
    ended = [
        one
        for one in plan.things.values()
        if one.ended_at is None and (until := plan.window(one.subject).closes_at) is not None and until <= now
    ]
    for one in ended:
        one.ended_at = now
        db.session().flush()
        card = db.session().get(Card, one.subject)
        title = card.title if card is not None else ""
        emit(ThingEnded(subject=one.subject, actor=SYSTEM, dialogue_id=dialogue.id, title=title))
    return len(ended)
