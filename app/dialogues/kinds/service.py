"""Every write about the kinds: which one a question is of, what each of them must say, and sending a question on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from app import clock, db
from app.dialogues import bodies, names, plan, queries
from app.dialogues.events import DialogueEdited
from app.dialogues.kinds import queries as kinds
from app.dialogues.kinds.core.proposal import Answers, offered, proposed
from app.dialogues.kinds.events import DialogueRedirected, KindChosen
from app.dialogues.kinds.models import KindChoice, KnownDecision, OwnProcess, Redirection, UserService
from app.dialogues.kinds.rules import Do
from app.dialogues.models import Dialogue
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.rules import Do as Dialogues
from app.dialogues.service import drafting, moves
from app.dialogues.stages import PUBLIC_STAGES, Kind, Stage
from app.events import emit
from app.i18n import lazy as _l
from app.permissions import Actor, can, require
from app.richtext import is_web_address

LAWS = ("planning", "environment", "minorities", "other")
COPIED = ("summary", "affected", "contact_name", "contact_email", "contact_phone")  # what a question takes along


@dataclass(frozen=True, kw_only=True)
class Told:
    """The decision that information tells of. `url` leads to the minutes, if anywhere."""

    body_key: str
    decided_on: date
    section_no: str
    url: str = ""


def begin(actor: Actor, answers: Answers, chosen: Kind, reason: str, *, title: str, question: str) -> Dialogue:
    """Put something up as the kind that was chosen, and keep the answers for good.

    Raises NotAccepted for a kind that the answers rule out, and for another one than they propose without a reason.
    """
    require(actor, Dialogues.PROPOSE)
    _check(answers, chosen, reason, field="kind")
    made = drafting.propose(actor, title, question, chosen)
    _keep(actor, made, answers, reason)
    return made


def settle(actor: Actor, dialogue: Dialogue, answers: Answers, reason: str) -> None:
    """Answer the questions about a citizens' dialogue that was begun without them, such as a resident's topic.

    Raises NotAccepted where something is decided, and where they propose another kind and no reason is given.
    """
    moves.lock(dialogue)
    require(actor, Do.CHOOSE, dialogue)
    _check(answers, Kind.CITIZEN_DIALOGUE, reason, field="decided")
    _keep(actor, dialogue, answers, reason)


def _check(answers: Answers, chosen: Kind, reason: str, *, field: str) -> None:
    if chosen not in offered(answers):
        raise NotAccepted(field, _l("What has been decided already is told of. Nobody is asked about it."))
    if chosen is not proposed(answers) and not reason.strip():
        raise NotAccepted("reason", _l("Say why it is another kind than your answers propose."))


def _keep(actor: Actor, made: Dialogue, answers: Answers, reason: str) -> None:
    chosen = Kind(made.kind)
    choice = KindChoice(
        dialogue_id=made.id,
        proposed=proposed(answers),
        chosen=chosen,
        reason=reason if chosen is not proposed(answers) else "",
        made_by=actor.person_id,
        made_at=clock.now(),
        **vars(answers),
    )
    db.session().add(choice)
    db.flush_or(Overtaken(made.id))
    said = {"proposed": str(choice.proposed), "chosen": str(chosen), "reason": choice.reason}
    emit(KindChosen(subject=moves.key_of(made), actor=actor, dialogue_id=made.id, **said))


def describe(actor: Actor, dialogue: Dialogue, version: int, *, unit: str = "", **values: str) -> None:
    """Write what it is about: title, question (or heading), affected, and of a user dialogue purpose and unit."""
    drafting.hold(actor, Do.ABOUT, dialogue, version)
    names.no_person({"title": values["title"], "question": values["question"], "unit": unit})
    _fill(dialogue, values)
    if dialogue.kind == Kind.USER_DIALOGUE:
        row = kinds.service_of(dialogue.id) or UserService(dialogue_id=dialogue.id)
        row.unit = unit
        db.session().add(row)
    _edited(actor, dialogue, "about")


def set_period(actor: Actor, dialogue: Dialogue, version: int, *, promise: str, **dates: Any) -> None:
    """When a user dialogue opens, closes and is answered (opens_at, closes_at, feedback_by), and what is promised.

    Raises NotAccepted for the first date out of order.
    """
    drafting.hold(actor, Do.PERIOD, dialogue, version)
    held = plan.UnitPlan(dates["opens_at"], dates["closes_at"], None, dates["feedback_by"])
    for problem in plan.problems(held):
        raise NotAccepted(problem.field, problem.sentence)
    _fill(dialogue, {**dates, "promise": promise})
    _edited(actor, dialogue, "period")


def tell_decision(actor: Actor, dialogue: Dialogue, version: int, told: Told, reason: str = "") -> None:
    """Say what has been decided. What is public already is corrected with a reason; the earlier row stays.

    Raises NotAccepted for the first fact that does not hold.
    """
    drafting.hold(actor, Do.TELL, dialogue, version)
    body = bodies.find(told.body_key)
    if body is None:
        raise NotAccepted("body_key", _l("Choose an elected body from the list."))
    if told.decided_on > clock.today():
        raise NotAccepted("decided_on", _l("The meeting has not been held yet: choose today or an earlier day."))
    if not told.section_no.strip():
        raise NotAccepted("section_no", _l("Give the § in the minutes."))
    if told.url and not is_web_address(told.url):
        raise NotAccepted("url", _l("Give an address that begins with https:// or http://."))
    if dialogue.stage in PUBLIC_STAGES and not reason.strip():
        raise NotAccepted("reason", _l("Say what was wrong."))
    row = KnownDecision(
        dialogue_id=dialogue.id,
        body_key=body.key,
        body_name=body.name,
        decided_on=told.decided_on,
        section_no=told.section_no,
        url=told.url,
        reason=reason,
        made_by=actor.person_id,
        made_at=clock.now(),
    )
    db.session().add(row)
    dialogue.body_key = body.key
    _edited(actor, dialogue, "decision")


def link_process(
    actor: Actor, dialogue: Dialogue, version: int, *, law: str, url: str, first: date, last: date
) -> None:
    """Say which law demands a consultation, where it is held, and its first and last day. Raises NotAccepted."""
    drafting.hold(actor, Do.LINK, dialogue, version)
    if law not in LAWS:
        raise NotAccepted("law", _l("Choose what demands the consultation."))
    if not is_web_address(url):
        raise NotAccepted("url", _l("Give an address that begins with https:// or http://."))
    if first > last:
        raise NotAccepted("last", _l("The last day cannot come before the first."))
    row = kinds.process_of(dialogue.id) or OwnProcess(dialogue_id=dialogue.id)
    row.law, row.url = law, url
    db.session().add(row)
    _fill(dialogue, {"opens_at": _begins(first), "closes_at": _begins(last + timedelta(days=1))})
    _edited(actor, dialogue, "process")


def refer(actor: Actor, dialogue: Dialogue, reason: str) -> None:
    """Send a question to whoever else answers for it, as its assessment says. Raises NotAccepted without a reason."""
    moves.lock(dialogue)
    require(actor, Do.REDIRECT, dialogue)
    if not reason.strip():
        raise NotAccepted("reason", _l("Say why, in words that everyone can read."))
    moves.move(actor, dialogue, Stage.REDIRECTED, reason)


def _begins(day: date) -> datetime:
    """The moment at which a day begins in the municipality."""
    return clock.from_local(datetime.combine(day, time()))


def redirect(actor: Actor, dialogue: Dialogue, to: Kind | int, reason: str) -> Dialogue:
    """Send a citizens' dialogue on: to a new entry of this kind, or to one that is there already (its id).

    The reason is public with the entry. Raises NotAccepted for what it cannot be sent to.
    """
    moves.lock(dialogue)
    require(actor, Do.REDIRECT, dialogue)
    if not reason.strip():
        raise NotAccepted("reason", _l("Say why, in words that everyone can read."))
    entry = _new_entry(actor, dialogue, to) if isinstance(to, Kind) else _known_entry(actor, to)
    sent = Redirection(from_id=dialogue.id, to_id=entry.id, reason=reason, made_by=actor.person_id, made_at=clock.now())
    db.session().add(sent)
    db.flush_or(Overtaken(dialogue.id))
    emit(
        DialogueRedirected(
            subject=moves.key_of(dialogue),
            actor=actor,
            dialogue_id=dialogue.id,
            to_id=entry.id,
            kind=entry.kind,
            title=entry.title,
            reason=reason,
        )
    )
    moves.move(actor, dialogue, Stage.REDIRECTED, reason)
    return entry


def _new_entry(actor: Actor, dialogue: Dialogue, kind: Kind) -> Dialogue:
    if kind is Kind.CITIZEN_DIALOGUE:
        raise NotAccepted("to", _l("Choose where the question belongs."))
    made = drafting.propose(actor, dialogue.title, dialogue.question, kind)
    _fill(made, {name: getattr(dialogue, name) for name in COPIED})
    if kind is Kind.USER_DIALOGUE:
        made.purpose = dialogue.purpose
    return made


def _known_entry(actor: Actor, dialogue_id: int) -> Dialogue:
    row = queries.dialogue(dialogue_id)
    if row is None or not can(actor, Dialogues.READ, row):
        raise NotAccepted("to", _l("Choose where the question belongs."))
    if row.kind == Kind.CITIZEN_DIALOGUE or row.stage in (Stage.UNSUITABLE, Stage.ARCHIVED):
        raise NotAccepted("to", _l("Choose where the question belongs."))
    return row


def _fill(dialogue: Dialogue, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(dialogue, name, value)


def _edited(actor: Actor, dialogue: Dialogue, part: str) -> None:
    """Let the version grow, whatever was changed, so that an editor of an older one is told."""
    flag_modified(dialogue, "title")
    db.session().flush()
    emit(DialogueEdited(subject=moves.key_of(dialogue), actor=actor, dialogue_id=dialogue.id, part=part))
