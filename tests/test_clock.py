"""Wall-clock times and moments: what daylight saving skips, what it has twice, and that the database is asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from app import clock, db
from app.dialogues.models import Dialogue
from app.dialogues.stages import Stage
from app.permissions import Role
from tests.factories.dialogues import make_whole
from tests.factories.people import make_person


@pytest.mark.parametrize(
    ("wall", "moment"),
    [
        ("2027-01-15T23:59", "2027-01-15T22:59"),
        ("2027-03-28T01:59", "2027-03-28T00:59"),
        ("2027-03-28T03:00", "2027-03-28T01:00"),
        ("2027-10-31T01:59", "2027-10-30T23:59"),
        ("2027-10-31T02:30", "2027-10-31T01:30"),  # twice: the later, so nothing closes early
        ("2027-10-31T03:00", "2027-10-31T02:00"),
        ("2028-02-29T00:00", "2028-02-28T23:00"),
        ("2027-01-01T00:00", "2026-12-31T23:00"),
    ],
)
def test_a_wall_clock_time_is_one_moment(wall, moment):
    assert clock.from_local(datetime.fromisoformat(wall)) == datetime.fromisoformat(moment + "Z")


@pytest.mark.parametrize("minute", [0, 30, 59])
def test_a_time_that_daylight_saving_skips_is_none(minute):
    with pytest.raises(clock.NoSuchTime):
        clock.from_local(datetime.fromisoformat(f"2027-03-28T02:{minute:02}"))


def test_an_official_is_told_that_a_time_does_not_exist_and_loses_nothing(visitor, isolated):
    with db.unit():
        row = make_whole(Stage.DECIDED)
        lead = make_person(Role.OFFICIAL)
    visitor.sign_in_as(lead).get(f"/arbetsyta/dialoger/{row.id}/tidplan")
    page = visitor.submit({"opens_at": "2027-03-28T02:30", "closes_at": "2027-10-31T02:30"}, holding="opens_at")
    assert page.status == 422
    assert "That time does not exist" in page.words
    assert "2027-03-28T02:30" in page.text
    with db.reading() as session:
        assert session.get_one(Dialogue, row.id).opens_at == row.opens_at


def test_a_moment_is_written_and_read_back_as_the_same_wall_clock_time(visitor, isolated):
    with db.unit():
        row = make_whole(
            Stage.DECIDED, decision_on=date(2027, 12, 1), feedback_by=date(2028, 1, 1)
        )  # fmt: skip
        lead = make_person(Role.OFFICIAL)
    path = f"/arbetsyta/dialoger/{row.id}/tidplan"
    visitor.sign_in_as(lead).get(path)
    visitor.submit({"opens_at": "2027-03-28T03:00", "closes_at": "2027-10-31T02:30"}, holding="opens_at")
    for _ in range(2):  # saved again unchanged, nothing moves
        visitor.get(path)
        assert 'value="2027-03-28T03:00"' in visitor.page.text
        assert 'value="2027-10-31T02:30"' in visitor.page.text
        visitor.submit({}, holding="opens_at")
    with db.reading() as session:
        assert session.get_one(Dialogue, row.id).closes_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_the_clock_is_the_databases_and_one_request_has_one_now(app):
    with db.reading():
        before = clock.now()
        assert clock.now() == before
        assert clock.fresh() >= before
    assert abs(before - datetime.now(UTC)) < timedelta(minutes=5)
