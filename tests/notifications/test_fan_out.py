"""Where many hear of an event, its transaction plans one job; the worker plans the mails, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

import pytest
from sqlalchemy import select

from app import clock, db, events, jobs, mail
from app.i18n import LANGUAGES, Language, LazyText, lazy
from app.jobs import Job
from app.ladder import Notice, Recipient
from app.notifications import service
from app.permissions import Role

sent: list[tuple[str, str, Language]] = []
MANY = 2 * service.A_PAGE + 50


@dataclass(frozen=True, kw_only=True)
class ManyHeard(events.Event):
    sentence: ClassVar[LazyText] = lazy("Many heard.")
    role: Role
    at: datetime
    on: date


def many(_event: ManyHeard) -> Iterator[Recipient]:
    for number in range(MANY):
        yield Recipient(f"p{number}@example.se", "ar" if number % 2 else "sv")
        yield Recipient(f" P{number}@EXAMPLE.se", "en")


def few(_event: ManyHeard) -> list[Recipient]:
    return [Recipient("p1@example.se", "sv"), Recipient("q@example.se", "sv")]


@pytest.fixture
def tell(app, monkeypatch):
    """Emits the event with these notices; mails are noted, not sent."""
    sent.clear()
    monkeypatch.setitem(events._known, "ManyHeard", ManyHeard)
    monkeypatch.setattr(service, "_notices", {})
    monkeypatch.setattr(mail, "deliver", lambda *args, **_facts: sent.append(args))

    def tell(*notices: Notice) -> None:
        service.add(notices)
        with db.unit():
            now = clock.now()
            events.emit(ManyHeard(subject="tree:1", role=Role.MODERATOR, at=now, on=now.date()))

    return tell


def planned() -> list[Job]:
    with db.reading() as session:
        return list(session.scalars(select(Job).where(Job.done_at.is_(None)).order_by(Job.id)))


def told() -> list[str]:
    """Whom the worker writes to, each as often as that."""
    jobs.run_due()
    return sorted(address for _template, address, _language in sent)


EVERYONE = sorted(f"p{number}@example.se" for number in range(MANY))


def test_the_transaction_plans_one_job_and_the_worker_a_mail_each(tell):
    tell(Notice(ManyHeard, "leaf", many, lambda event: {"when": event.at.isoformat()}))
    (job,) = planned()
    assert job.kind == service.JOB
    assert len(job.args["told"]) == 0
    assert set(job.args["words"]) == {"when"}
    assert told() == EVERYONE
    assert ("leaf", "p1@example.se", LANGUAGES["ar"]) in sent


@pytest.mark.parametrize("order", [1, -1])
def test_two_notices_with_the_same_words_tell_each_once(tell, order):
    notices = (Notice(ManyHeard, "leaf", few), Notice(ManyHeard, "leaf", many))[::order]
    tell(*notices)
    assert told() == sorted(["q@example.se", *EVERYONE])


def test_a_second_run_plans_nothing_more(tell, monkeypatch):
    """As after a crash: some pages are there, the job is not done."""
    tell(Notice(ManyHeard, "leaf", many))
    post, calls = mail.post_each, []

    def breaks(*args) -> int:
        calls.append(1)
        if len(calls) == 2:
            raise ConnectionError
        return post(*args)

    monkeypatch.setattr(mail, "post_each", breaks)
    assert jobs.run_one()
    assert sum(job.kind == "mail.send" for job in planned()) == service.A_PAGE
    monkeypatch.setattr(mail, "post_each", post)
    with db.unit() as session:
        session.scalars(select(Job).where(Job.kind == service.JOB)).one().run_at = clock.now()
    assert told() == EVERYONE


def test_an_event_comes_back_as_it_was(tell):
    tell()
    with db.reading():
        now = clock.now()
    event = ManyHeard(subject="tree:1", dialogue_id=3, role=Role.MODERATOR, at=now, on=now.date())
    assert events.restored(events.stored(event)) == event
