"""An event becomes mails: to whom, in which language, and to each of them once."""

from dataclasses import dataclass
from typing import ClassVar

import pytest
from sqlalchemy import select

from app import db, events
from app.i18n import LazyText, lazy
from app.jobs import Job
from app.ladder import Notice, Recipient, nobody
from app.notifications import service


@dataclass(frozen=True, kw_only=True)
class LeafFell(events.Event):
    sentence: ClassVar[LazyText] = lazy("A leaf fell from %(tree)s.")
    tree: str


@pytest.fixture
def told(unit, monkeypatch):
    """Registers notices of LeafFell, lets a leaf fall, and gives the mails that are planned."""
    monkeypatch.setitem(events._known, "LeafFell", LeafFell)
    monkeypatch.setattr(service, "_notices", {})

    def told(*notices):
        service.add(notices)
        events.emit(LeafFell(subject="tree:1", tree="Eken"))
        jobs = db.session().scalars(select(Job).where(Job.kind == "mail.send").order_by(Job.id))
        return [(job.args["template"], job.args["to"], job.args["language"], job.args["facts"]) for job in jobs]

    return told


def to(*recipients):
    return lambda _event: [Recipient(*one) for one in recipients]


def facts(event):
    return {"tree": event.tree}


def test_each_hears_in_their_own_language_with_the_facts(told):
    assert told(Notice(LeafFell, "leaf", to(("a@x.example", "ar"), ("b@x.example", "en")), facts)) == [
        ("leaf", "a@x.example", "ar", {"tree": "Eken"}),
        ("leaf", "b@x.example", "en", {"tree": "Eken"}),
    ]


def test_an_unknown_language_is_swedish(told):
    assert [mail[2] for mail in told(Notice(LeafFell, "leaf", to(("a@x.example", "tlh"), ("b@x.example", ""))))] == [
        "sv",
        "sv",
    ]


def test_nobody_hears_the_same_thing_twice(told):
    same = to(("Kim@x.example", "en"), ("kim@x.example", "sv"), (" kim@X.EXAMPLE ", "ar"))
    mails = told(Notice(LeafFell, "leaf", same), Notice(LeafFell, "leaf", to(("KIM@x.example", "sv")), facts))
    assert [(template, address, language) for template, address, language, _ in mails] == [
        ("leaf", "Kim@x.example", "en")
    ]


def test_one_person_may_hear_two_things_of_one_event(told):
    one = to(("a@x.example", "sv"))
    assert [m[0] for m in told(Notice(LeafFell, "leaf", one), Notice(LeafFell, "tree", one))] == ["leaf", "tree"]


def test_a_notice_taken_in_twice_counts_once(told):
    notice = Notice(LeafFell, "leaf", to(("a@x.example", "sv")))
    assert len(told(notice, notice)) == 1
    assert service.notices_for(LeafFell) == (notice,)


def test_without_a_template_nobody_is_asked_who_they_are(told):
    def never(_event):
        raise AssertionError

    assert told(Notice(LeafFell, None, never, never)) == []


def test_without_recipients_no_facts_are_gathered(told):
    def never(_event):
        raise AssertionError

    assert told(Notice(LeafFell, "leaf", nobody, never), Notice(LeafFell, "leaf", to(("  ", "sv")), never)) == []


def test_mails_are_planned_in_the_same_transaction(app, monkeypatch):
    monkeypatch.setitem(events._known, "LeafFell", LeafFell)
    monkeypatch.setattr(service, "_notices", {})
    service.add([Notice(LeafFell, "leaf", to(("a@x.example", "sv")))])
    with db.unit() as session:
        events.emit(LeafFell(subject="tree:1", tree="Eken"))
        session.rollback()
    with db.reading() as session:
        assert session.scalars(select(Job)).all() == []
