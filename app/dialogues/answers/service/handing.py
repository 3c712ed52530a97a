"""Handing the result over to a body: frozen, with a digest that anyone can check."""

from __future__ import annotations

from collections.abc import Sequence

from app import clock, db
from app.dialogues import bodies, lifecycle
from app.dialogues.agenda import queries as agenda
from app.dialogues.agenda.models import BodyMeeting
from app.dialogues.answers import guards as after
from app.dialogues.answers import queries, reports
from app.dialogues.answers.events import ResultHandedOver
from app.dialogues.answers.models import ResultReport
from app.dialogues.answers.rules import Do
from app.dialogues.guards import Attempt
from app.dialogues.models import Dialogue
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.queries import Dossier
from app.dialogues.service import moves
from app.dialogues.stages import Stage
from app.events import emit
from app.i18n import lazy as _l
from app.ladder import Missing
from app.permissions import Actor, Reason, Refusal, require

OFFERED = 6  # meetings to choose from: the next ones


def meetings_open(dialogue: Dialogue, made: Sequence[ResultReport]) -> list[BodyMeeting]:
    """The meetings of the dialogue's body that still take papers.

    For a report that mends an earlier one also the meeting that it was handed over to: the body is never left with
    what is no longer so, even where the last day for papers has passed.
    """
    today = clock.today()
    ahead = agenda.meetings_of(dialogue.body_key or "", today)
    given = {one.meeting_on for one in made}
    return [one for one in ahead if one.papers_by >= today or one.held_on in given][:OFFERED]


def lacking(dossier: Dossier) -> list[Missing]:
    """What must be done before the result can be handed over as it stands."""
    attempt = Attempt(dossier, Stage.HANDED_OVER)
    wanted = [guard for guard in lifecycle.HANDING_OVER if guard is not after.report_frozen]
    return [one for guard in wanted for one in guard(attempt).missing]


def hand_over(actor: Actor, dialogue: Dialogue, meeting_id: int | None, note: str = "") -> ResultReport:
    """Freeze the result as a report for a meeting of the body. The first one moves the dialogue on.

    Pressing twice makes one report: the one of this edition, if there is one already, is given back. Raises NotAccepted
    for a meeting that takes no papers any more, and for a later report that does not say what is new.
    """
    moves.lock(dialogue)
    db.session().expire_all()  # what this request read before it waited may be no longer so
    require(actor, Do.HAND_OVER, dialogue)
    dossier = Dossier(dialogue)
    found, made = queries.compiled(dossier), dossier.rows(ResultReport)
    compilation = found.compilation
    if compilation is not None and made and made[-1].edition == compilation.edition:
        return made[-1]  # somebody else pressed first
    for missing in lacking(dossier):
        raise Refusal(Do.HAND_OVER, Reason("missing", missing.sentence))
    meeting = next((one for one in meetings_open(dialogue, made) if one.id == meeting_id), None)
    if meeting is None:
        raise NotAccepted("meeting", _l("Choose a meeting whose last day for papers has not passed."))
    if made and not note.strip():
        raise NotAccepted("note", _l("Say what is new since the report before."))
    report = _frozen(actor, dossier, meeting, number=len(made) + 1, note=note if made else "")
    if dialogue.stage == Stage.COMPILED:
        moves.move(actor, dialogue, Stage.HANDED_OVER)
    return report


def _frozen(actor: Actor, dossier: Dossier, meeting: BodyMeeting, *, number: int, note: str) -> ResultReport:
    dialogue, found = dossier.dialogue, queries.compiled(dossier)
    assert found.compilation is not None  # noqa: S101  # a guard has seen it
    body = bodies.name_of(dialogue.body_key)
    given = reports.Given(number, body, meeting.held_on, meeting.papers_by, note, clock.now())
    content = reports.content(dialogue, found, dossier.cards, given)
    report = ResultReport(
        dialogue_id=dialogue.id,
        number=number,
        edition=found.compilation.edition,
        body_key=dialogue.body_key,
        body_name=body,
        meeting_on=meeting.held_on,
        papers_by=meeting.papers_by,
        note=note,
        content=content,
        hash=reports.digest(content),
        made_by=actor.person_id,
        made_at=given.made_at,
    )
    db.session().add(report)
    db.flush_or(Overtaken(dialogue.id))
    emit(
        ResultHandedOver(
            subject=moves.key_of(dialogue),
            actor=actor,
            dialogue_id=dialogue.id,
            number=number,
            body=body,
            meeting_on=meeting.held_on,
            hash=report.hash,
        )
    )
    return report
