"""Taking in what residents answer: begun, kept page by page, handed in."""

from __future__ import annotations

from datetime import timedelta

from app import clock, db, i18n, subjects
from app.dialogues.service import keep_stage
from app.levels.consultation.surveys import queries
from app.levels.consultation.surveys.events import SurveyAnswered
from app.levels.consultation.surveys.models import Survey, SurveyResponse
from app.levels.consultation.surveys.rules import Do
from app.levels.consultation.surveys.service.keeping import count_later, receipt, tell
from app.limits import Limit
from app.permissions import Actor, require
from app.questions import service as engine
from app.questions.kinds import Values
from app.questions.queries import draft

BEGINNINGS = Limit("surveys.begin", 60, timedelta(hours=1))  # opened forms from one address: a class can answer


class AlreadyAnswered(Exception):
    """Another request handed in first, under the same account or form."""


class NothingBegun(Exception):
    """There is no draft to hand in: it was handed in, or forgotten after 30 days."""


def begin(actor: Actor, row: Survey, key_hash: str) -> None:
    """Begin to answer, or go on with what was begun under this key."""
    require(actor, Do.ANSWER, row)
    engine.begin_draft(key_hash, row.set_id)


def keep_answers(actor: Actor, row: Survey, key_hash: str, values: Values) -> None:
    """Keep one page's answers, not handed in yet."""
    require(actor, Do.ANSWER, row)
    engine.keep_draft(key_hash, row.set_id, values)


def submit(actor: Actor, row: Survey, key_hash: str) -> SurveyResponse:
    """Hand in what was begun under this key. A second time gives the first response.

    Raises AlreadyAnswered where another request was faster, NotComplete where answers are missing, NothingBegun.
    """
    keep_stage(row.dialogue_id)
    clock.fresh()  # the deadline is decided now, after the wait for the lock
    require(actor, Do.ANSWER, row)
    earlier = queries.response_of(row, key_hash, actor)
    if earlier is not None:
        return earlier
    values = draft(key_hash, row.set_id)
    if values is None:
        raise NothingBegun
    response = _hand_in(actor, row, key_hash, values)
    engine.drop_draft(key_hash)
    owner = actor if response.person_id is not None else None
    tell(SurveyAnswered(subject=subjects.key("survey", row.id), actor=owner, dialogue_id=row.dialogue_id))
    count_later(row)
    return response


def _hand_in(actor: Actor, row: Survey, key_hash: str, values: Values) -> SurveyResponse:
    sheet = engine.hand_in(
        row.set_id,
        queries.questions(row),
        values,
        language=i18n.current().code,
        dialogue_id=row.dialogue_id,
        channel="web",
    )
    response = SurveyResponse(
        survey_id=row.id,
        sheet_id=sheet.id,
        person_id=actor.person_id if row.audience == "account" else None,
        form_hash=key_hash,
        receipt=receipt(),
        submitted_at=clock.now(),
    )
    db.session().add(response)
    db.flush_or(AlreadyAnswered())
    return response
