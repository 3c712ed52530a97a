"""Fifty at once: one official gets a case, a person supports once, one standing box."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from app import db
from app.jobs import Job
from app.levels.consultation.suggestions import queries, service
from app.levels.consultation.suggestions.models import Suggestion, SuggestionBox, SuggestionDraft
from app.levels.consultation.suggestions.service import AlreadyThere, Place, Taken
from app.permissions import GUEST, Role
from app.supports.models import Support
from tests.factories.people import make_actor
from tests.factories.suggestions import make_box, send, show

pytestmark = pytest.mark.race
MANY = 50


def fifty(the_app, act):
    """What each of fifty got, True or False."""

    def one(number):
        with the_app.app_context():
            try:
                with db.unit():
                    return act(number)
            except (Taken, AlreadyThere):
                return False

    with ThreadPoolExecutor(25) as pool:
        return list(pool.map(one, range(MANY)))


def a_public_case(the_app):
    with the_app.app_context(), db.unit():
        case = send(make_box())
        show(case)
        return case.id, [make_actor(Role.OFFICIAL) for _ in range(MANY)]


def test_fifty_officials_claim_a_case_and_one_gets_it(the_app, own_database):
    number, officials = a_public_case(the_app)

    def claim(turn):
        service.claim(officials[turn], queries.suggestion(number))
        return True

    got = fifty(the_app, claim)
    assert got.count(True) == 1
    with db.reading() as session:
        assert session.get(Suggestion, number).assigned_to == officials[got.index(True)].person_id


@pytest.mark.parametrize("has_account", [True, False])
def test_fifty_presses_are_one_support(the_app, own_database, has_account):
    number, people = a_public_case(the_app)
    who, key = (people[0], None) if has_account else (GUEST, "one browser")
    got = fifty(the_app, lambda _turn: service.support(who, queries.suggestion(number), key))
    assert got.count(True) == 1
    with db.reading() as session:
        assert session.scalars(select(func.count()).select_from(Support)).one() == 1


def test_fifty_people_are_fifty_supports(the_app, own_database):
    number, people = a_public_case(the_app)
    got = fifty(the_app, lambda turn: service.support(people[turn], queries.suggestion(number)))
    assert got.count(True) == MANY


def test_fifty_presses_at_the_first_step_are_one_draft_and_no_word_of_them_is_lost(the_app, own_database):
    with the_app.app_context(), db.unit():
        box_id = make_box().id
        queries.draft("k" * 64, box_id)

    def step(turn):
        queries.draft("k" * 64, box_id)  # as the page has read it before
        service.keep_draft(GUEST, queries.box(box_id), "k" * 64, {f"field {turn}": "said"})
        return True

    assert fifty(the_app, step).count(True) == MANY
    with db.reading() as session:
        draft = session.scalars(select(SuggestionDraft)).one()
        assert set(draft.content) == {f"field {turn}" for turn in range(MANY)}
        assert session.scalars(select(func.count()).select_from(Job)).one() == 1


def test_fifty_open_the_standing_box_and_there_is_one(the_app, own_database):
    with the_app.app_context(), db.unit():
        officials = [make_actor(Role.OFFICIAL) for _ in range(MANY)]

    def open_it(turn):
        service.open_box(officials[turn], Place(None), "Bättre Vara", "Vad kan bli bättre?")
        return True

    assert fifty(the_app, open_it).count(True) == 1
    with db.reading() as session:
        assert session.scalars(select(func.count()).select_from(SuggestionBox)).one() == 1
