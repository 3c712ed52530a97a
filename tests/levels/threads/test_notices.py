"""Who is told: the one who is answered, once in a while; all who wrote, of the conclusion; the author, of a ground."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import clock, db
from app.accounts.models import Person
from app.contributions.models import Contribution
from app.dialogues.models import Dialogue
from app.jobs import Job
from app.levels.discussion.threads import jobs, queries, service
from app.levels.discussion.threads.models import Thread
from app.moderation import queries as moderation
from app.moderation import service as moderators
from app.moderation.service import Seen
from app.permissions import Role
from tests.factories.dialogues import make_dialogue
from tests.factories.moderation import make_leaflet
from tests.factories.people import make_actor, make_person
from tests.factories.threads import make_thread, post
from tests.mailbox import Mailbox


@pytest.fixture
def scene(app):
    """Åsa has written, in a thread where posts are shown at once."""
    with db.unit():
        asa = make_person(name="Åsa")
        thread = make_thread(make_dialogue(level="discussion"))
        mine = post(thread, by=asa)
    box = Mailbox(app)
    return asa.email, thread.id, mine.id, box


def answer(thread_id, post_id, **values):
    with db.unit() as session:
        thread, parent = session.get(Thread, thread_id), session.get(Contribution, post_id)
        return post(thread, "Ja,\nverkligen.\n\n--\nHacker", parent=parent, **values).id


def test_whoever_is_answered_is_told_in_their_language_with_the_address(app, scene):
    address, thread_id, post_id, box = scene
    number = answer(thread_id, post_id, by=None)
    (mail,) = box.to(address)
    assert "Åsa Öberg has answered what you wrote" in mail or "Åsa Öberg har svarat" in mail
    assert f"/forum/{thread_id}/inlagg/{number}" in mail
    assert "Ja, verkligen. -- Hacker" in mail  # one line: nothing in it looks like a part of the mail


def test_a_second_answer_within_the_hour_is_no_second_mail(app, scene):
    address, thread_id, post_id, box = scene
    answer(thread_id, post_id)
    answer(thread_id, post_id)
    assert len(box.to(address)) == 1
    clock.shift(timedelta(hours=2))
    answer(thread_id, post_id)
    assert len(box.to(address)) == 2


def test_nobody_is_told_of_their_own_answer(app, scene):
    address, thread_id, post_id, box = scene
    with db.unit() as session:
        author = session.get(Person, session.get(Contribution, post_id).person_id)
    answer(thread_id, post_id, by=author)
    assert box.to(address) == []


def test_an_answer_that_waits_is_told_when_it_is_shown_and_only_then(app):
    with db.unit():
        asa, dialogue = make_person(), make_dialogue(level="discussion")
        thread = make_thread(dialogue)
        mine = post(thread, by=asa)
        thread.reads_first = True
    box = Mailbox(app)
    number = answer(thread.id, mine.id)
    assert box.to(asa.email) == []
    with db.unit() as session:
        moderator = make_actor(Role.MODERATOR)
        review = session.get(Contribution, number).review
        item = moderation.item(review.id, moderator)
        moderators.show(moderator, item, Seen(review.version))
    assert len(box.to(asa.email)) == 1
    with db.unit() as session:
        row = session.get(Contribution, number)
        assert row.shown_at is not None
        item = moderation.item(row.review_id, moderator)
        moderators.hide(moderator, item, Seen(row.review.version), ground="insult")
    with db.unit() as session:
        item = moderation.item(session.get(Contribution, number).review_id, moderator)
        moderators.show(moderator, item, Seen(item.review.version))
    assert len(box.to(asa.email)) == 1


def test_the_author_of_a_hidden_post_is_told_the_ground(app, scene):
    address, _thread_id, post_id, box = scene
    with db.unit() as session:
        moderator = make_actor(Role.MODERATOR)
        item = moderation.item(session.get(Contribution, post_id).review_id, moderator)
        moderators.hide(moderator, item, Seen(1), ground="insult")
    (mail,) = box.to(address)
    assert "must not insult" in mail or "förolämp" in mail
    assert "Vad gör gatan trygg?" in mail


def test_everyone_who_wrote_hears_of_the_conclusion(app, scene):
    address, thread_id, post_id, box = scene
    answer(thread_id, post_id)
    box.all()
    box.empty()
    with db.unit() as session:
        lead, thread = make_actor(Role.OFFICIAL), session.get(Thread, thread_id)
        service.lock(lead, thread, "Klart.")
        service.conclude(lead, thread, "Det blev bänkar.", thread.version)
    mails = box.all()
    assert len(mails) == 2
    assert address in {mail["To"] for mail in mails}


def test_rulings_about_other_kinds_leave_threads_alone(unit):
    leaflet, moderator = make_leaflet(), make_actor(Role.MODERATOR)
    moderators.show(moderator, moderation.item(leaflet.id, moderator), Seen(1))
    assert db.session().query(Job).filter_by(kind="threads.count").count() == 0


def test_a_count_is_planned_once_a_minute(unit):
    thread = make_thread(make_dialogue(level="discussion"))
    for _ in range(3):
        post(thread)
    planned = db.session().query(Job).filter_by(kind="threads.count").all()
    assert 1 <= len(planned) <= 2  # two where the minute turned meanwhile
    jobs.count(type("Run", (), {"args": {"thread_id": thread.id}})())
    assert thread.posts == 3
    assert db.session().get(Dialogue, thread.dialogue_id) is not None
    assert [one.email for one in queries.participants(thread.dialogue_id)]
