"""Writing down the answers of somebody who rang or sent a form on paper. Staff who write are never the author."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app import clock, db
from app.accounts.queries import hash_of
from app.dialogues import queries as dialogues
from app.dialogues.problems import NotAccepted
from app.dialogues.rules import takes_input
from app.dialogues.service import keep_stage
from app.dialogues.stages import Stage
from app.i18n import lazy as _l
from app.levels.consultation.surveys import queries
from app.levels.consultation.surveys.events import AnswerRegistered
from app.levels.consultation.surveys.models import Survey, SurveyRegistration, SurveyResponse
from app.levels.consultation.surveys.rules import Do
from app.levels.consultation.surveys.service.keeping import about, count_later, figures_later, receipt, tell
from app.limits import Limit
from app.permissions import Actor, require
from app.questions import service as engine
from app.questions.kinds import Values

REGISTRATIONS = Limit("surveys.register", 240, timedelta(hours=1))  # of one account: a whole desk shares one address


@dataclass(frozen=True)
class CameIn:
    """How somebody's answers came in: channel "paper" or "phone", the language they are in, and on which day."""

    channel: str
    language: str
    on: date


def register(actor: Actor, row: Survey, values: Values, came: CameIn, form_key: str) -> SurveyResponse:
    """Keep one person's answers. The same form sent twice gives the first response.

    Raises NotComplete where answers are missing, NotAccepted where the call or the paper came too late.
    """
    keep_stage(row.dialogue_id)
    clock.fresh()  # the deadline is decided now, after the wait for the lock
    require(actor, Do.REGISTER, row)
    form_hash = hash_of(f"survey {row.id} registered {form_key}")
    db.lock_key(form_hash)  # the same form pressed twice: the second waits, and finds the first
    earlier = queries.response_by_form(row, form_hash)
    if earlier is not None:
        return earlier
    _in_time(actor, row, came)
    response = _keep(actor, row, values, came, form_hash)
    tell(AnswerRegistered(**about(actor, row), title=row.title, channel=came.channel))
    count_later(row)
    dialogue = dialogues.of(row)
    if dialogue is not None and dialogue.stage == Stage.CLOSED:  # its figures have been made
        figures_later(row)
    return response


def _in_time(actor: Actor, row: Survey, came: CameIn) -> None:
    """A call counts when it comes; a paper by the day it came, which lies between the opening and the closing."""
    late = takes_input(actor, row)
    if came.channel != "paper":
        if late is not None:
            raise NotAccepted("channel", _l("Only paper that came in before the closing can be registered now."))
        return
    dialogue = dialogues.of(row)
    first = dialogue.opens_at if dialogue is not None else None
    last = dialogue.closes_at if dialogue is not None else None
    if came.on > clock.today():
        raise NotAccepted("received_on", _l("That day has not come yet."))
    if first is not None and came.on < clock.local(first).date():
        raise NotAccepted("received_on", _l("The survey opened on %(opens_at)s.", opens_at=first))
    if last is not None and came.on > clock.local(last).date():
        raise NotAccepted("received_on", _l("The survey closed on %(closes_at)s.", closes_at=last))


def _keep(actor: Actor, row: Survey, values: Values, came: CameIn, form_hash: str) -> SurveyResponse:
    sheet = engine.hand_in(
        row.set_id,
        queries.questions(row),
        values,
        language=came.language,
        dialogue_id=row.dialogue_id,
        channel=came.channel,
        received_on=came.on if came.channel == "paper" else None,
    )
    response = SurveyResponse(
        survey_id=row.id,
        sheet_id=sheet.id,
        form_hash=form_hash,
        receipt=receipt(),
        submitted_at=clock.now(),
    )
    db.session().add(response)
    db.session().flush()
    db.session().add(SurveyRegistration(response_id=response.id, registered_by=actor.person_id))
    return response
