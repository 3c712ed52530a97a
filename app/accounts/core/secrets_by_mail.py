"""The two secrets of a one-time mail: a long one for its link, a short one that can be typed."""

from __future__ import annotations

import secrets
import unicodedata

TOKEN_BYTES = 32  # 256 bits
TOKEN_LENGTH = 43  # as it is written in a link
CODE_LENGTH = 8
# Nothing that looks like something else, and no vowels, so that no word comes out.
CODE_LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def spaced(code: str) -> str:
    """As it is read out: in two halves."""
    half = CODE_LENGTH // 2
    return f"{code[:half]} {code[half:]}"


def tidy_code(typed: str) -> str:
    """What was typed or pasted, as the code was made: no spaces or dashes, capitals, Western digits."""
    digits = (str(unicodedata.digit(c)) if c.isdigit() else c for c in unicodedata.normalize("NFKC", typed))
    return "".join(c for c in digits if c.isalnum()).upper()
