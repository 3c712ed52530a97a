"""What time moves: dialogues open and close by the clock, and by nobody else; consultations end."""

from __future__ import annotations

from app import clock, db
from app.dialogues import queries
from app.dialogues.models import Dialogue
from app.dialogues.service import moves
from app.dialogues.stages import INPUT_KINDS, Stage
from app.logs import log
from app.permissions import SYSTEM, Refusal


def tick() -> int:
    """Open and close what is due, each dialogue in a unit of its own. Returns how many steps were taken.

    Needs no open session. Running it twice changes nothing more; several clocks at once take each step once, because
    the lock comes first and the stage is read after it. One dialogue that fails does not hold up the others.
    """
    with db.reading():
        due = queries.due_by_clock(clock.now())
    return sum(_advance(dialogue_id) for dialogue_id in due)


def _advance(dialogue_id: int) -> int:
    steps = 0
    try:
        with db.unit() as session:
            dialogue = session.get(Dialogue, dialogue_id)
            if dialogue is None:
                return 0
            moves.lock(dialogue)
            while (to := _next(dialogue)) is not None:  # one that was never looked at opens and closes
                moves.move(SYSTEM, dialogue, to)
                steps += 1
    except Refusal as problem:  # something is missing still: it stays as it is, and its task list says so
        log().warning("clock_refused", dialogue=dialogue_id, reason=problem.reason.code)
        return 0
    except Exception:  # the clock must go on: the next look tries this one again
        log().exception("clock_failed", dialogue=dialogue_id)
        return 0
    return steps


def _next(dialogue: Dialogue) -> Stage | None:
    now = clock.now()
    if dialogue.kind not in INPUT_KINDS:  # a statutory consultation, which is held elsewhere, is over
        over = dialogue.stage == Stage.ANNOUNCED and dialogue.closes_at is not None and dialogue.closes_at <= now
        return Stage.ARCHIVED if over else None
    if dialogue.stage == Stage.ANNOUNCED and dialogue.opens_at is not None and dialogue.opens_at <= now:
        return Stage.OPEN
    running = dialogue.stage in (Stage.OPEN, Stage.PAUSED)
    return Stage.CLOSED if running and dialogue.closes_at is not None and dialogue.closes_at <= now else None
