"""Mail: nobody is told a text that they may not read, unless they wrote it themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flask import Flask
from sqlalchemy import select

from app import db, subjects
from app.accounts.models import RoleGrant
from app.ladder import Method, Notice, Recipient
from app.permissions import GUEST, Actor, Grant, Role, can
from app.reviews.models import State
from app.subjects import Subject
from tests.conformance import checks_events, moments, people, samples, texts

# Events that happen only to what everyone may read at that moment.
WHEN_READABLE = {
    "PostShown": "It is what makes a post readable; a mail about it is planned in the same transaction.",
}


def check(method: Method, app: Flask) -> list[str]:
    """As if each event of the method had happened to each of its rows: as they are, and hidden by a moderator."""
    found: dict[str, None] = {}
    told = [one for one in method.notices if one.template is not None and one.event.__name__ not in WHEN_READABLE]
    with app.app_context(), samples.undone():
        texts.plant(method)
        for subject in method.subjects if told else ():
            found |= dict.fromkeys(_of_kind(told, subject))
            if samples.is_judged(subject):
                with samples.changed():
                    moments.judge(subject, State.HIDDEN)
                    found |= dict.fromkeys(_of_kind(told, subject))
    return list(found)


def _of_kind(told: Iterable[Notice], subject: Subject) -> Iterator[str]:
    for number, row in samples.rows_of(subject).items():
        secret = texts.protected(subject, row)
        for notice in told:
            event = checks_events.happened(notice.event, subjects.key(subject.kind, number), samples.dialogue_of(row))
            if not texts.found_in(_plain(notice.facts(event))) & secret:
                continue
            for one in notice.recipients(event):
                if not _wrote(subject, row, one) and not can(_actor(one), subject.read, row):
                    yield f"{notice.event.__name__} tells somebody the text of a {subject.kind} that they may not read"


def _plain(facts: Any) -> Iterator[Any]:
    """Every value among facts, however deep."""
    if isinstance(facts, dict):
        facts = list(facts.values())
    if isinstance(facts, list | tuple):
        for one in facts:
            yield from _plain(one)
    else:
        yield facts


def _wrote(subject: Subject, row: Any, recipient: Recipient) -> bool:
    author = subject.author(row)
    return author is not None and author[0] == recipient.email


def _actor(recipient: Recipient) -> Actor:
    if recipient.person_id is None:
        return GUEST
    held = db.session().scalars(select(RoleGrant).filter_by(person_id=recipient.person_id))
    return people.actor_of(recipient.person_id, *(Grant(Role(one.role), one.dialogue_id) for one in held))
