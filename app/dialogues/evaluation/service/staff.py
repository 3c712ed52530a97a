"""What those who worked with a dialogue think of it, each for themselves; and that somebody did not answer."""

from __future__ import annotations

from app import clock, db, i18n
from app.dialogues.evaluation import queries
from app.dialogues.evaluation.events import SilenceRecorded, StaffEvaluated
from app.dialogues.evaluation.models import Inquiry, Silence, StaffAnswer
from app.dialogues.evaluation.rules import Do
from app.dialogues.evaluation.service.telling import about
from app.dialogues.evaluation.standard import PARTY_NAMES, Circle, Duty
from app.dialogues.models import Dialogue
from app.dialogues.problems import NotAccepted
from app.dialogues.queries import Dossier
from app.events import emit
from app.i18n import lazy as _l
from app.permissions import Actor, Role, require
from app.questions import service as engine
from app.questions.kinds import Values

ROLES = {
    Duty.LEAD: (Role.OFFICIAL,),
    Duty.DECIDER: (Role.ELECTED, Role.SECRETARY),
    Duty.MODERATOR: (Role.MODERATOR,),
    Duty.FACILITATOR: tuple(Role),  # whoever works here may have led a meeting
}


class AlreadyAnswered(Exception):
    """This person has answered before, perhaps this very moment in another window."""


def duties_of(actor: Actor, dialogue_id: int) -> list[Duty]:
    """In which duties somebody may answer: those whose roles they hold."""
    return [duty for duty, roles in ROLES.items() if any(actor.has(role, dialogue_id) for role in roles)]


def answer_own(actor: Actor, dialogue: Dialogue, row: Inquiry, values: Values, *, duty: Duty, comment: str) -> None:
    """Take in what one member of staff answers. Raises AlreadyAnswered, NotComplete, NotAccepted for another's duty."""
    require(actor, Do.ANSWER_OWN, row)
    if duty not in duties_of(actor, dialogue.id):
        raise NotAccepted("duty", _l("Choose a duty that you have."))
    sheet = engine.hand_in(
        row.set_id, queries.questions_of(row), values, language=i18n.SOURCE.code, dialogue_id=dialogue.id, channel="web"
    )
    db.session().flush()
    made = StaffAnswer(
        inquiry_id=row.id, person_id=actor.person_id, duty=duty, sheet_id=sheet.id, comment=comment
    )  # fmt: skip
    db.session().add(made)
    db.flush_or(AlreadyAnswered())
    emit(StaffEvaluated(**about(actor, dialogue), duty=duty))


def record_silence(actor: Actor, dialogue: Dialogue, party: str, reason: str) -> Silence:
    """Put on record that nobody of a party has answered although they were asked, and why.

    Raises NotAccepted where they have answered, have not been asked, or can still answer.
    """
    require(actor, Do.RECORD_SILENCE, dialogue)
    if not reason.strip():
        raise NotAccepted("reason", _l("Say why."))
    if party not in PARTY_NAMES or not _is_silent(dialogue, party):
        raise NotAccepted("reason", _l("They have answered, can still answer, or have not been asked."))
    made = Silence(
        dialogue_id=dialogue.id, party=party, reason=reason, recorded_by=actor.person_id, recorded_at=clock.now()
    )
    db.session().add(made)
    db.session().flush()
    emit(SilenceRecorded(**about(actor, dialogue), party=party, reason=reason))
    return made


def _is_silent(dialogue: Dialogue, party: str) -> bool:
    state = queries.state_of(Dossier(dialogue))
    if party in set(Duty):
        return state.of(Circle.STAFF) is not None and party not in state.answered
    row = state.of(Circle(party))
    return row is not None and row.answers == 0
