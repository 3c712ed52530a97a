"""When municipal elections are held, and how long a term lasts (vallagen 1 kap. 3 §, kommunallagen 5 kap. 9 §)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

EVERY = 4  # years
ONE_OF_THEM = 2022
SEPTEMBER, SUNDAY = 9, 6


def is_election_year(year: int) -> bool:
    return (year - ONE_OF_THEM) % EVERY == 0


def election_day(year: int) -> date:
    """The second Sunday of September. Raises ValueError for a year without a municipal election."""
    if not is_election_year(year):
        raise ValueError(f"no municipal election is held in {year}")
    first = date(year, SEPTEMBER, 1)
    return first + timedelta(days=(SUNDAY - first.weekday()) % 7 + 7)


def latest_election(today: date) -> date:
    """The latest election that has been held: on this day or before it."""
    year = today.year - (today.year - ONE_OF_THEM) % EVERY
    day = election_day(year)
    return day if day <= today else election_day(year - EVERY)


def end_of_term(begins: date) -> date:
    """The last day of the term in which a guideline begins to apply: the new council's own begins on 15 October.

    One that begins between an election and the new term belongs to those who have just been elected.
    """
    held = latest_election(begins)
    return date(held.year + EVERY, 10, 14)


def revision_due(valid_from: Iterable[date], today: date) -> date | None:
    """The election after which the guideline should have been gone through; None where that has been done.

    `valid_from`: from when each version that has been decided applies. It is done when one applies from a day after
    the election, be it to come. Nothing is due where there is no guideline at all.
    """
    known = list(valid_from)
    held = latest_election(today - timedelta(days=1))  # from the day after the election on
    return held if known and max(known) <= held else None
