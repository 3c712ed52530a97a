"""Topics that residents propose: they come in, are answered with a reason, and their senders are forgotten in time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from app import clock, db, i18n, jobs, subjects
from app.accounts.queries import hash_of
from app.dialogues import bodies, receipts
from app.dialogues.intake import areas, neutral, queries
from app.dialogues.intake.events import TopicAnswered, TopicSent
from app.dialogues.intake.models import ProposedTopic, TopicAnswer, TopicStatus
from app.dialogues.intake.queries.topics import KIND
from app.dialogues.intake.rules import Do
from app.dialogues.models import Dialogue
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.service import drafting
from app.events import emit
from app.i18n import lazy as _l
from app.limits import Limit
from app.permissions import SYSTEM, Actor, require
from app.reviews import service as reviews

SENDS = Limit("intake.topic", 30, timedelta(hours=1))  # looks and sends by one person, or from one network address
KEPT = timedelta(days=90)  # how long after the answer a sender's address is kept
FORGET = "intake.forget_topic"


class AlreadySent(Exception):
    """This form has been sent before; `queries.by_form` gives what came of it."""


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """What somebody hands in. `name` is what others see, empty for none; `email` only where `wants` is mail.

    `form_key` is the form's own: sent twice, it counts once.
    """

    title: str
    text: str
    area: str
    language: str
    name: str
    wants: str
    email: str
    form_key: str


def send(actor: Actor, said: Proposed) -> ProposedTopic:
    """Take in a topic; it waits for a moderator. Raises AlreadySent."""
    require(actor, Do.SEND_TOPIC)
    key = said.form_key or secrets.token_urlsafe(24)  # without a key of its own a form is like no other
    if queries.by_form(key) is not None:
        raise AlreadySent
    row = ProposedTopic(
        title=said.title,
        text=said.text,
        area=said.area,
        language=said.language,
        name=said.name,
        person_id=actor.person_id,
        review=reviews.submit(KIND, dialogue_id=None, language=said.language, shown=False),
        form_hash=hash_of(key),
        receipt=receipts.made(),
        wants=said.wants,
        email=said.email if said.wants == "mail" and not actor.is_signed_in else "",
        told_in=i18n.current().code,
        written_at=clock.now(),
    )
    db.session().add(row)
    db.flush_or(AlreadySent())
    emit(TopicSent(subject=subjects.key(KIND, row.id), actor=SYSTEM))
    return row


def take_up(
    actor: Actor, row: ProposedTopic, follows: int, *, title: str, question: str, body_key: str, reason: str
) -> Dialogue:
    """Make a dialogue idea of a topic, for a body, and tell its sender. Raises as `decline`."""
    require(actor, Do.ANSWER_TOPIC, row)
    body = _body(body_key)
    _check(row, follows, reason)
    dialogue = drafting.propose(actor, title, question)
    dialogue.body_key = body.key
    db.session().flush()
    _answer(actor, row, follows, TopicStatus.TAKEN_UP, body.name, reason, dialogue_id=dialogue.id)
    return dialogue


def decline(actor: Actor, row: ProposedTopic, follows: int, *, body_key: str, reason: str) -> TopicAnswer:
    """Answer that no dialogue is held about it: from a body, with its reason.

    `follows` is the answer that was the latest when this one was written, 0 for none. Raises Overtaken where there is
    a later one, NotAccepted for what is lacking.
    """
    require(actor, Do.ANSWER_TOPIC, row)
    body = _body(body_key)
    return _answer(actor, row, follows, TopicStatus.DECLINED, body.name, reason)


def refer(actor: Actor, row: ProposedTopic, follows: int, *, authority: str, reason: str) -> TopicAnswer:
    """Answer that somebody else answers for it, and why the municipality does not. Raises as `decline`."""
    require(actor, Do.ANSWER_TOPIC, row)
    to = areas.authority(authority)
    if to is None:
        raise NotAccepted("authority", _l("Choose whom the topic belongs to."))
    return _answer(actor, row, follows, TopicStatus.REFERRED, to.name, reason, authority=to.key)


def forget_sender(row: ProposedTopic) -> None:
    """Forget how to reach the sender. Whoever has the case code still reads the answer."""
    row.email = ""
    db.session().flush()


def _answer(
    actor: Actor, row: ProposedTopic, follows: int, status: TopicStatus, who: str, reason: str, *,
    dialogue_id: int | None = None, authority: str | None = None,
) -> TopicAnswer:  # fmt: skip
    _check(row, follows, reason)
    made = TopicAnswer(
        topic_id=row.id,
        follows=follows,
        status=status,
        dialogue_id=dialogue_id,
        authority=authority,
        who=who,
        reason=reason,
        by_id=actor.person_id,
        at=clock.now(),
    )
    db.session().add(made)
    db.flush_or(Overtaken(row.id))
    row.status = status
    db.session().flush()
    if row.email:
        moment = made.at + KEPT
        key = f"{FORGET}:{row.id}:{moment.isoformat()}"
        jobs.enqueue(FORGET, {"topic_id": row.id}, run_at=moment, dedupe=key)
    key = subjects.key(KIND, row.id)
    emit(TopicAnswered(subject=key, actor=actor, dialogue_id=dialogue_id, status=str(status), answer_id=made.id))
    return made


def _body(key: str) -> bodies.Body:
    body = bodies.find(key)
    if body is None:
        raise NotAccepted("body_key", _l("Choose the elected body that answers."))
    return body


def _check(row: ProposedTopic, follows: int, reason: str) -> None:
    if not reason.strip():
        raise NotAccepted("reason", _l("Write the answer, in words that everyone can read."))
    neutral.check("reason", reason)
    before = queries.answers(row.id)
    if (before[-1].id if before else 0) != follows:
        raise Overtaken(row.id)
