"""Reads of the topics that residents propose, and of what was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from app import db
from app.accounts import contributions
from app.accounts.queries import hash_of
from app.dialogues.intake.events import STATUS_NAMES
from app.dialogues.intake.models import ProposedTopic, TopicAnswer, TopicStatus
from app.dialogues.intake.rules import JUDGE
from app.dialogues.models import Dialogue
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.ladder import Recipient
from app.permissions import Actor
from app.reviews.models import Reviewable, State
from app.subjects import Address, Author, Part

KIND = "proposed_topic"
PAGE = 20
LARGEST = 2**31 - 1


class Answered(NamedTuple):
    """A topic, its latest answer, and the dialogue that it was taken up as."""

    topic: ProposedTopic
    answer: TopicAnswer | None
    dialogue: Dialogue | None


class Topics(NamedTuple):
    """One page, the newest first, and the id that the next one begins before; None where there is none."""

    rows: Sequence[Answered]
    further: int | None


def topic(topic_id: int) -> ProposedTopic | None:
    """One, with its review and its author's account, in one statement."""
    return db.session().scalars(_whole().where(ProposedTopic.id == topic_id)).first()


def by_receipt(receipt: str) -> ProposedTopic | None:
    return db.session().scalars(_whole().where(ProposedTopic.receipt == receipt)).first()


def by_form(form_key: str) -> ProposedTopic | None:
    """What was sent with this form."""
    return db.session().scalars(_whole().where(ProposedTopic.form_hash == hash_of(form_key))).first()


def by_review(review_ids: Sequence[int]) -> Mapping[int, ProposedTopic]:
    rows = db.session().scalars(_whole().where(ProposedTopic.review_id.in_(review_ids)))
    return {row.review_id: row for row in rows}


def _whole() -> Select[ProposedTopic]:
    return select(ProposedTopic).options(joinedload(ProposedTopic.person))


def visible_to(actor: Actor) -> Select[Any]:
    """The topics that an actor may read. Says of rows what the rule says of one."""
    rows = select(ProposedTopic).join(Reviewable, Reviewable.id == ProposedTopic.review_id)
    rows = rows.options(contains_eager(ProposedTopic.review))
    if any(grant.role in JUDGE and grant.dialogue_id is None for grant in actor.grants):
        return rows
    shown = Reviewable.state == State.SHOWN
    return rows.where(or_(shown, ProposedTopic.person_id == actor.person_id) if actor.is_signed_in else shown)


def answers(topic_id: int) -> list[TopicAnswer]:
    """What was answered, the first one first."""
    wanted = select(TopicAnswer).where(TopicAnswer.topic_id == topic_id).order_by(TopicAnswer.id)
    return list(db.session().scalars(wanted))


def answer(answer_id: int) -> TopicAnswer | None:
    return db.session().get(TopicAnswer, answer_id)


def shown(before: int | None = None, most: int = PAGE) -> Topics:
    """One page of what everyone may read."""
    return _page(Reviewable.state == State.SHOWN, before, most)


def handled(view: str, before: int | None = None, most: int = PAGE) -> Topics:
    """One page of the officials' list: `open` ones wait for an answer, `answered` ones have one, else all that are not
    hidden by a moderator."""
    kept = Reviewable.state != State.HIDDEN
    waits = ProposedTopic.status == TopicStatus.RECEIVED
    return _page(and_(kept, {"open": waits, "answered": ~waits}.get(view, kept)), before, most)


def _page(wanted: ColumnElement[bool], before: int | None, most: int) -> Topics:
    rows = select(ProposedTopic, TopicAnswer, Dialogue).join(Reviewable, Reviewable.id == ProposedTopic.review_id)
    rows = rows.outerjoin(TopicAnswer, and_(TopicAnswer.topic_id == ProposedTopic.id, is_latest_answer()))
    rows = rows.outerjoin(Dialogue, Dialogue.id == TopicAnswer.dialogue_id)
    rows = rows.options(contains_eager(ProposedTopic.review)).where(wanted)
    if before is not None:
        rows = rows.where(ProposedTopic.id < before)
    found = db.session().execute(rows.order_by(ProposedTopic.id.desc()).limit(most + 1)).all()
    page = [Answered(*row) for row in found[:most]]
    return Topics(page, page[-1].topic.id if len(found) > most else None)


def answered(row: ProposedTopic) -> Answered:
    """A topic with its latest answer and the dialogue, in one statement."""
    wanted = select(TopicAnswer, Dialogue).outerjoin(Dialogue, Dialogue.id == TopicAnswer.dialogue_id)
    found = db.session().execute(wanted.where(TopicAnswer.topic_id == row.id, is_latest_answer())).first()
    return Answered(row, *(found or (None, None)))


def public_answers() -> list[tuple[str, TopicAnswer]]:
    """The latest answer of each topic that everyone may read, with the topic's title."""
    wanted = select(ProposedTopic.title, TopicAnswer).join(TopicAnswer, TopicAnswer.topic_id == ProposedTopic.id)
    wanted = wanted.join(Reviewable, Reviewable.id == ProposedTopic.review_id)
    wanted = wanted.where(Reviewable.state == State.SHOWN, is_latest_answer())
    return [(title, answer) for title, answer in db.session().execute(wanted.order_by(TopicAnswer.id))]


def is_latest_answer() -> ColumnElement[bool]:
    """As a condition on answers: no later one follows."""
    later = aliased(TopicAnswer)
    return ~exists().where(later.topic_id == TopicAnswer.topic_id, later.id > TopicAnswer.id)


def proposed_as(dialogue_id: int) -> ProposedTopic | None:
    """The topic that this dialogue was made of."""
    wanted = _whole().join(TopicAnswer, TopicAnswer.topic_id == ProposedTopic.id)
    return db.session().scalars(wanted.where(TopicAnswer.dialogue_id == dialogue_id)).first()


def recipient(row: ProposedTopic) -> Recipient | None:
    """Where its sender is told, if they want that: the address that was left for it, or the account's."""
    if row.wants != "mail":
        return None
    if row.email:
        return Recipient(row.email, row.told_in)
    person = row.person
    return None if person is None or person.blocked_at else Recipient(person.email, person.language, person.id)


def author(row: ProposedTopic) -> Author | None:
    """Whom moderators tell what became of it: the account, or the address that was left."""
    if row.person is not None:
        return row.person.email, row.person.language, row.person.id
    return (row.email, row.told_in, None) if row.email else None


def parts(row: ProposedTopic) -> list[Part]:
    """What becomes public with the text."""
    return [Part(_l("Name shown"), row.name)] if row.name else []


def address_of(row: ProposedTopic) -> Address:
    return "intake.topic", {"topic_id": row.id}


def where(receipt: str) -> Address | None:
    """Where the case of a code is shown, where the code is that of a topic."""
    row = by_receipt(receipt)
    return None if row is None else ("intake.case", {"receipt": row.receipt})


def own(person_id: int) -> list[contributions.Contribution]:
    """What a person has proposed, for their own page; in one statement."""
    rows = _whole().where(ProposedTopic.person_id == person_id).order_by(ProposedTopic.id.desc())
    return [
        contributions.Contribution(row.title, address_of(row), state_of(row), row.written_at)
        for row in db.session().scalars(rows.limit(contributions.MOST))
    ]


def state_of(row: ProposedTopic) -> LazyText:
    """How it fares, in a word or two."""
    if row.is_hidden:
        return _l("Hidden by a moderator")
    return _l("Not public yet") if row.is_waiting else STATUS_NAMES[row.status]


def kept_of(person_id: int) -> list[Mapping[str, Any]]:
    """What is kept of a person's own topics."""
    names = ("id", "title", "text", "name", "email", "receipt", "wants", "written_at")
    rows = select(*(getattr(ProposedTopic, name) for name in names)).where(ProposedTopic.person_id == person_id)
    return [dict(row) for row in db.session().execute(rows.order_by(ProposedTopic.id)).mappings()]
