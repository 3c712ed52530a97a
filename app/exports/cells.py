"""One value, as each format writes it. What could be taken for a formula is made harmless in CSV.

Plain CSV is for programs: ISO 8601 with its offset, decimal points. CSV for Excel and XLSX are for people: the
wall clock of the municipality, in Swedish CSV decimal commas.
"""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from app import clock
from app.i18n import LazyText

Plain = None | bool | int | float | Decimal | date | datetime | str
PLAIN_NUMBER = re.compile(r"-?\d+([.,]\d+)?", re.ASCII)
FORMULA = frozenset("=+-@")
LINE_STARTS = frozenset("\t\r\n")
INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cf", "Cc"})


def plain(value: Any) -> Plain:
    """Bring a value down to what every format knows."""
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | int | Decimal | date):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else str(value)  # NaN and the infinities are no numbers in JSON or Excel
    if isinstance(value, str):
        return str(value)
    if isinstance(value, LazyText | time):
        return str(value)
    return json.dumps(value, ensure_ascii=False, default=str)


def number(value: float | Decimal, point: str = ".") -> str:
    """Digits alone, without exponent and without trailing zeros."""
    if isinstance(value, int):
        return str(value)
    digits = format(Decimal(repr(value)) if isinstance(value, float) else value, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return digits.replace(".", point) if digits not in ("-0", "") else "0"


def wall(moment: datetime) -> datetime:
    """The moment as the clocks of the municipality show it, without a zone."""
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return clock.local(moment).replace(tzinfo=None, microsecond=0)


def iso(moment: datetime) -> str:
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return clock.local(moment).isoformat(timespec="seconds")


def for_csv(value: Any, *, swedish: bool) -> str:
    """A cell of CSV. Text that a spreadsheet could run gets an apostrophe before it."""
    known = plain(value)
    if known is None:
        return ""
    if isinstance(known, bool):
        return "true" if known else "false"
    if isinstance(known, int | float | Decimal):
        return number(known, "," if swedish else ".") if _is_finite(known) else str(known)
    if isinstance(known, datetime):
        return wall(known).isoformat(" ") if swedish else iso(known)
    if isinstance(known, date):
        return known.isoformat()
    return harmless(known)


def for_json(value: Any) -> str:
    """A value as JSON, numbers digit by digit."""
    known = plain(value)
    if isinstance(known, Decimal):
        return number(known) if known.is_finite() else json.dumps(str(known))
    if isinstance(known, datetime):
        known = iso(known)
    elif isinstance(known, date):
        known = known.isoformat()
    return json.dumps(known, ensure_ascii=False)


def harmless(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula; a plain number is left as it is.

    Spaces and invisible characters before the sign do not hide it, nor do its full-width and small forms.
    """
    return f"'{text}" if _looks_like_formula(text) else text


def _looks_like_formula(text: str) -> bool:
    if PLAIN_NUMBER.fullmatch(text):
        return False
    for character in text:
        if character in LINE_STARTS:
            return True
        if character.isspace() or unicodedata.category(character) in INVISIBLE:
            continue
        return unicodedata.normalize("NFKC", character)[:1] in FORMULA
    return False


def _is_finite(value: float | Decimal) -> bool:
    return value.is_finite() if isinstance(value, Decimal) else True
