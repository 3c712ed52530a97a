"""When municipal elections are held, and what that means for the guideline."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.policy.core.elections import election_day, end_of_term, is_election_year, latest_election, revision_due

DAYS = st.dates(date(1990, 1, 1), date(2200, 1, 1))


@pytest.mark.parametrize(
    ("year", "day"),
    [(2018, 9), (2022, 11), (2026, 13), (2030, 8), (2034, 10), (2038, 12)],
)
def test_the_second_sunday_of_september(year, day):
    assert election_day(year) == date(year, 9, day)


@pytest.mark.parametrize("year", [2020, 2023, 2024, 2025, 2027])
def test_no_election_in_between(year):
    assert not is_election_year(year)
    with pytest.raises(ValueError, match=str(year)):
        election_day(year)


@given(DAYS)
def test_the_latest_election_is_a_sunday_not_to_come_and_less_than_four_years_and_a_week_ago(today):
    held = latest_election(today)
    assert held.weekday() == 6
    assert 8 <= held.day <= 14
    assert held <= today < held + timedelta(days=4 * 366 + 7)


def test_on_the_day_itself_it_has_been_held():
    assert latest_election(date(2026, 9, 13)) == date(2026, 9, 13)
    assert latest_election(date(2026, 9, 12)) == date(2022, 9, 11)


def test_a_guideline_from_between_election_and_new_term_lasts_the_new_term():
    assert end_of_term(date(2022, 9, 14)) == date(2026, 10, 14)
    assert end_of_term(date(2025, 1, 1)) == date(2026, 10, 14)
    assert end_of_term(date(2026, 12, 1)) == date(2030, 10, 14)


@pytest.mark.requirement("R56")
def test_it_is_due_the_day_after_the_election_and_done_by_a_version_from_after_it():
    first = date(2022, 9, 14)
    assert revision_due([first], date(2026, 9, 13)) is None
    assert revision_due([first], date(2026, 9, 14)) == date(2026, 9, 13)
    assert revision_due([first, date(2026, 9, 1)], date(2027, 1, 1)) == date(2026, 9, 13)
    assert revision_due([first, date(2027, 3, 1)], date(2026, 12, 1)) is None
    assert revision_due([first, date(2027, 3, 1)], date(2030, 9, 9)) == date(2030, 9, 8)
    assert revision_due([], date(2026, 12, 1)) is None
