"""Reminding those responsible, once, of what people wait for: the result, and what became of it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from app import clock, db, jobs
from app.dialogues.answers.events import AnswerReminded
from app.dialogues.answers.models import About
from app.dialogues.events import DialogueMoved
from app.dialogues.models import Dialogue
from app.dialogues.service import moves
from app.dialogues.stages import PUBLIC_STAGES, TOLD_STAGES, Stage
from app.events import emit

JOB = "dialogues.remind"
RESULT_WITHIN = timedelta(days=7)  # from the closing
MORNING = time(8)


def plan_reminders(event: DialogueMoved) -> None:
    """A dialogue has closed: plan a look at whether its result is out in a week, and its answer on the day."""
    row = db.session().get(Dialogue, event.dialogue_id) if event.dialogue_id is not None else None
    if row is None:
        return
    if event.to_stage == Stage.CLOSED and row.closes_at is not None:
        _plan(row, About.RESULT, row.closes_at + RESULT_WITHIN)
    if event.to_stage in (Stage.CLOSED, Stage.CANCELLED):
        _plan_feedback(row)


def remind(dialogue_id: int, about: About) -> None:
    """Remind them, unless it has been done meanwhile; where the day was put off, look again then. In the open unit."""
    row = db.session().get(Dialogue, dialogue_id)
    if row is None:
        return
    if about is About.RESULT:
        waits = row.stage == Stage.CLOSED
    else:
        waits = row.stage in PUBLIC_STAGES - TOLD_STAGES
        if waits and row.feedback_by is not None and row.feedback_by > clock.today():
            _plan_feedback(row)
            return
    if waits:
        emit(AnswerReminded(subject=moves.key_of(row), dialogue_id=row.id, about=about))


def _plan_feedback(row: Dialogue) -> None:
    if row.feedback_by is not None:
        _plan(row, About.FEEDBACK, clock.from_local(datetime.combine(row.feedback_by, MORNING)))


def _plan(row: Dialogue, about: About, at: datetime) -> None:
    args = {"dialogue_id": row.id, "about": str(about)}
    jobs.enqueue(JOB, args, run_at=at, dedupe=f"{JOB}:{row.id}:{about}:{at.date().isoformat()}")
