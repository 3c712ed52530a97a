"""Days as people write them in a list of meetings, and days on which a body hardly meets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from holidays.constants import OPTIONAL, PUBLIC
from holidays.countries.sweden import Sweden

_public = Sweden(categories=(PUBLIC,), language="sv")
_others = Sweden(categories=(OPTIONAL,), language="sv")
EVES = {"Julafton", "Midsommarafton", "Nyårsafton"}  # no public holidays, but nobody works
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
SATURDAY, SUNDAY = 5, 6  # of date.weekday()
EARLIEST = 1900  # before, a day is a slip of the hand
MOST_DAYS = 60  # in one paste: more is hardly a year's calendar

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/. ]\s*(\d{4})")
_WORDS = re.compile(r"(?:[a-zåäö]+\s+)?(?:den\s+)?(\d{1,2})(?::?[ae])?\.?\s+([a-z]{3,9})\.?\s+(\d{4})")


@dataclass(frozen=True)
class Pasted:
    """What a pasted list holds: its days in their order, and what could not be read as one."""

    days: tuple[date, ...]
    unread: tuple[str, ...]


def pasted(text: str) -> Pasted:
    """The days of a list, one on each line or parted by commas or semicolons.

    As 2027-03-15, 15/3 2027, 15.3.2027, 15 mars 2027 or måndag den 15 mars 2027.
    """
    days, unread = [], []
    for piece in re.split(r"[\n,;]+", text):
        words = " ".join(piece.split())
        if not words:
            continue
        day = _day(words.casefold())
        if day is None:
            unread.append(words)
        else:
            days.append(day)
    return Pasted(tuple(days), tuple(unread))


def _day(words: str) -> date | None:
    if match := _ISO.fullmatch(words):
        year, month, day = match.groups()
    elif match := _SLASHED.fullmatch(words):
        day, month, year = match.groups()
    elif (match := _WORDS.fullmatch(words)) and match[2][:3] in MONTHS:
        day, month, year = match[1], str(MONTHS.index(match[2][:3]) + 1), match[3]
    else:
        return None
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if found.year >= EARLIEST else None


def is_weekend(day: date) -> bool:
    return day.weekday() in (SATURDAY, SUNDAY)


def holiday(day: date) -> str:
    """The Swedish name of the holiday on this day, eves that are held as one among them; empty on other days."""
    if not 1950 <= day.year <= 2200:  # what the library knows well
        return ""
    names = [name for name in str(_public.get(day) or "").split("; ") if name not in ("", "Söndag")]
    names += EVES & set(str(_others.get(day) or "").split("; "))
    return ", ".join(names)
