"""Fifty at once want ten seats."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from app import db
from app.levels.information.meetings import queries, service
from app.permissions import GUEST
from tests.factories.dialogues import make_dialogue
from tests.factories.meetings import guest, make_meeting

pytestmark = pytest.mark.race


def test_fifty_at_once_get_ten_seats_and_the_rest_wait(the_app, own_database):
    with the_app.app_context(), db.unit():
        meeting_id = make_meeting(make_dialogue().id, seats=10).id

    def come(number):
        with the_app.app_context(), db.unit():
            service.sign_up(GUEST, queries.meeting(meeting_id), guest(number), f"form {number // 2}")

    with ThreadPoolExecutor(25) as pool:
        list(pool.map(come, range(100)))  # each form pressed twice
    with db.reading():
        rows = queries.sign_ups(meeting_id)
        assert sorted(one.seat for one in rows if one.seat is not None) == list(range(1, 11))
        assert len(rows) == 50
