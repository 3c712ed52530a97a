"""Numbers as people type them: Swedish decimal comma, spaces between thousands, any digits."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

DECIMALS = 4  # as many as are stored
LARGEST = 99_999_999_999  # in either direction, so that a stored number is exact on both databases
SPACES = dict.fromkeys(map(ord, " \u00a0\u202f\u2009'’"))
SIGNS = str.maketrans({"−": "-", "٫": ",", "٬": None})
SHAPE = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")
LONGEST = 40


class NotANumber(ValueError):
    """Cannot be read as a number."""


class TooFine(ValueError):
    """More decimals than are kept."""


def read_number(typed: str) -> Decimal:
    """1 250,5 → Decimal("1250.5"). One comma or one full stop is the decimal mark.

    Raises NotANumber, or TooFine for more than DECIMALS decimals. A number beyond LARGEST counts as none.
    """
    bare = typed.strip().translate(SIGNS).translate(SPACES)
    if len(bare) > LONGEST or not SHAPE.fullmatch(bare):
        raise NotANumber(typed[:LONGEST])
    digits = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in bare)
    value = Decimal(digits.replace(",", "."))
    if abs(value) > LARGEST:
        raise NotANumber(typed[:LONGEST])
    if value != round(value, DECIMALS):
        raise TooFine(typed)
    return value.normalize() + Decimal(0)  # no negative zero


def tidy(value: Decimal) -> int | Decimal:
    """A whole number as int, others without needless zeros: what a table should hold."""
    return int(value) if value == value.to_integral_value() else value.normalize()
