"""The meetings of the elected bodies."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from app import clock, db
from app.dialogues.agenda import queries
from tests.factories import dialogues as make


def test_the_coming_meetings_of_a_body_are_listed_the_next_one_first(unit):
    today = clock.today()
    for days in (40, 5, -3):
        make.meeting_of("kommunstyrelsen", today + timedelta(days=days))
    make.meeting_of("tekniska-namnden", today + timedelta(days=6))
    assert [one.held_on for one in queries.meetings_of("kommunstyrelsen", today)] == [
        today + timedelta(days=5),
        today + timedelta(days=40),
    ]


def test_a_body_meets_once_a_day(unit):
    day = clock.today() + timedelta(days=5)
    make.meeting_of("kommunstyrelsen", day)
    with pytest.raises(IntegrityError), db.session().begin_nested():
        make.meeting_of("kommunstyrelsen", day)
