"""What comes in while a dialogue is closed or paused: decided in the transaction, whoever is first."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import func, select

from app import clock, db
from app.accounts.queries import hash_of
from app.dialogues import service as dialogues
from app.dialogues.models import Dialogue
from app.dialogues.stages import Stage
from app.levels.consultation.surveys import queries, service
from app.levels.consultation.surveys.models import SurveyResponse
from app.limits import LimitCount
from app.permissions import GUEST, SYSTEM, Refusal, Role
from tests.factories.dialogues import make_dialogue
from tests.factories.people import make_actor
from tests.factories.surveys import make_survey, values_for
from tests.visitor import Visitor

KEY = hash_of("a form")


@pytest.fixture
def begun(own_database, the_app):
    """A survey with a draft that can be handed in."""
    with the_app.test_request_context(), db.unit():
        row = make_survey(make_dialogue(), "anyone")
        service.begin(GUEST, row, KEY)
        service.keep_answers(GUEST, row, KEY, values_for(row))
    return row


def hand_in(the_app, row, before_commit=lambda: None):
    with the_app.test_request_context(), db.unit():
        response = service.submit(GUEST, queries.survey(row.id), KEY)
        before_commit()
        return response


def test_an_answer_waits_for_a_pause_that_is_under_way_and_is_refused(the_app, begun):
    paused = Event()

    def pause():
        with db.unit() as session:
            dialogue = session.get(Dialogue, begun.dialogue_id)
            dialogues.move(make_actor(Role.MODERATOR), dialogue, Stage.PAUSED, "Något är fel.")
            paused.set()
            time.sleep(0.5)  # as long as it takes the other one to arrive

    with ThreadPoolExecutor(2) as pool:
        pausing = pool.submit(pause)
        assert paused.wait(10)
        answering = pool.submit(hand_in, the_app, begun)
        pausing.result()
        with pytest.raises(Refusal) as refused:
            answering.result()
    assert refused.value.reason.code == "paused"


def test_the_closing_waits_for_an_answer_that_is_on_its_way(the_app, begun):
    """So that the figures, which are made at the closing, have counted it."""
    arrived, seen = Event(), []

    def close():
        arrived.wait(10)
        with db.unit() as session:
            dialogue = session.get(Dialogue, begun.dialogue_id)
            dialogues.move(make_actor(Role.MODERATOR), dialogue, Stage.PAUSED, "Något är fel.")
            seen.append(session.scalars(select(func.count()).select_from(SurveyResponse)).one())

    def linger():
        arrived.set()
        time.sleep(0.5)

    with ThreadPoolExecutor(2) as pool:
        closing = pool.submit(close)
        hand_in(the_app, begun, linger)
        closing.result()
    assert seen == [1]


def test_the_last_moment_is_outside_even_for_who_waited_for_the_lock(the_app, begun):
    """The deadline is asked of the clock after the wait, not when the request came."""
    with the_app.test_request_context(), db.unit() as session:
        row = queries.survey(begun.id)
        before = clock.now()
        session.get_one(Dialogue, row.dialogue_id).closes_at = before + timedelta(milliseconds=50)
        session.flush()
        time.sleep(0.2)
        assert clock.now() == before, "one request has one now"
        with pytest.raises(Refusal) as refused:
            service.submit(GUEST, row, KEY)
    assert refused.value.reason.code == "closed"


def test_a_cookie_from_before_the_opening_does_not_answer_without_end(the_app, isolated):
    """What was counted against the limit belongs to one key, so a copied cookie is worth one answer."""
    with the_app.test_request_context(), db.unit():
        row = make_survey(make_dialogue(Stage.ANNOUNCED, opens_at=clock.now() + timedelta(minutes=1)), "anyone")
    path = f"/dialoger/{row.dialogue_id}-x/enkat/{row.id}/fraga/1"
    early = Visitor(the_app)
    early.get("/logga-in")
    token = early.page.form("password").findall(".//*[@name='csrf_token']")[0].get("value")
    assert early.post(path, {"csrf_token": token}).status == 403
    with early.client.session_transaction() as cookie:
        kept = dict(cookie)
    clock.shift(timedelta(minutes=2))
    with db.unit() as session:
        dialogues.move(SYSTEM, session.get_one(Dialogue, row.dialogue_id), Stage.OPEN)
    keys = set()
    for _ in range(5):
        copy = Visitor(the_app)
        with copy.client.session_transaction() as cookie:
            cookie.update(kept)
        assert copy.post(path, {"csrf_token": token, "later": "1"}, follow=False).status == 303
        with copy.client.session_transaction() as cookie:
            keys.add(cookie["form"])
    with db.reading() as session:
        counted = session.scalars(select(func.sum(LimitCount.tries))).one()
    assert counted >= len(keys)
