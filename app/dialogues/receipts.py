"""Case codes: with one, somebody without an account follows what they have sent in.

Each package that gives codes says where a case of its own is shown, so that one door serves all of them.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from app.subjects import Address

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that look alike
HALF = 5  # letters of a code before its dash
Where = Callable[[str], Address | None]  # a code, tidied → where its case is shown; None where it is not one's own
_known: list[Where] = []


def made(choose: Callable[[str], str] = secrets.choice) -> str:
    """Ten letters and digits that can be read aloud: 49 bits of chance, and few tries an hour."""
    letters = "".join(choose(LETTERS) for _ in range(2 * HALF))
    return f"{letters[:HALF]}-{letters[HALF:]}"


def tidy(code: str) -> str:
    """As it is kept, however it was typed: capitals, with a dash in the middle."""
    letters = "".join(c for c in code.upper() if c.isalnum())[: 2 * HALF + 1]
    return f"{letters[:HALF]}-{letters[HALF:]}"


def register(where: Where) -> None:
    """Add a package's own way of finding a case."""
    if where not in _known:
        _known.append(where)


def address_of(code: str) -> Address | None:
    """Where the case of this code is shown; None where no package knows it."""
    return next((address for where in _known if (address := where(tidy(code))) is not None), None)
