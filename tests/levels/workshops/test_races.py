"""Fifty at once by the same person: never more dots than there are, never two on a card where that is ruled."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from app import db
from app.contributions import queries as contributions
from app.dialogues.stages import Stage
from app.levels.influence.workshops import service
from app.levels.influence.workshops.models import WorkshopDot
from app.levels.influence.workshops.service import NoDotLeft
from tests.factories.dialogues import make_dialogue
from tests.factories.people import make_actor
from tests.factories.workshops import card, make_workshop

pytestmark = pytest.mark.race


def fifty(the_app, actor, wanted):
    """Each presses a button: (card id, layer). Returns how many dots were put."""

    def press(one):
        with the_app.app_context(), db.unit():
            try:
                return service.give_dot(actor, contributions.contribution(one[0]), one[1])
            except NoDotLeft:
                return False

    with ThreadPoolExecutor(25) as pool:
        return sum(pool.map(press, wanted))


@pytest.fixture
def scene(own_database, the_app):
    def make(**fields):
        with the_app.app_context(), db.unit():
            row = make_workshop(make_dialogue(Stage.OPEN, level="influence"), **fields)
            return make_actor(), [card(row).id for _ in range(10)]

    return make


def counted():
    with db.reading() as session:
        return session.scalars(select(func.count()).select_from(WorkshopDot)).one()


def test_never_more_than_the_number(the_app, scene):
    me, cards = scene(dots=3)
    assert fifty(the_app, me, [(cards[number % 10], 1) for number in range(50)]) == counted() == 3


def test_never_two_on_a_card_where_that_is_ruled(the_app, scene):
    me, cards = scene(dots=3, one_a_card=True)
    assert fifty(the_app, me, [(cards[0], 1 + number % 3) for number in range(50)]) == counted() == 1


def test_one_button_pressed_fifty_times_is_one_dot(the_app, scene):
    me, cards = scene(dots=3)
    assert fifty(the_app, me, [(cards[0], 1)] * 50) == counted() == 1
