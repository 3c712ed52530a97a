"""Swedish working days: Monday to Friday, but for public holidays and the three eves that the law counts with them."""

from __future__ import annotations

from datetime import date, timedelta

from holidays.constants import PUBLIC
from holidays.countries.sweden import Sweden

_days_off = Sweden(categories=(PUBLIC,))
FRIDAY, SATURDAY = 4, 5  # of date.weekday()
CHRISTMAS_EVE, NEW_YEARS_EVE = (12, 24), (12, 31)
MIDSUMMER_EVE = range(19, 26)  # the Friday among these days of June


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in _days_off and not _is_eve(day)


def due_on(start: date, days: int) -> date:
    """The working day that lies so many working days after `start`, which itself does not count."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def _is_eve(day: date) -> bool:
    """Those that the Annual Leave Act (1977:480, 3 a §) treats as Sundays, which the library gives as other days."""
    is_midsummer = day.month == 6 and day.day in MIDSUMMER_EVE and day.weekday() == FRIDAY
    return is_midsummer or (day.month, day.day) in (CHRISTMAS_EVE, NEW_YEARS_EVE)
