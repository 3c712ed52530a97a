"""Voting codes for letters: twelve letters and digits in fours, none that is mistaken for another."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 12  # sixty bits of chance
MISREAD = str.maketrans({"0": "", "O": "", "1": "", "I": "", "-": "", " ": ""})


def new_code(choose: Callable[[str], str] = secrets.choice) -> str:
    letters = "".join(choose(LETTERS) for _ in range(LENGTH))
    return "-".join(letters[place : place + 4] for place in range(0, LENGTH, 4))


def code_hash(box: str, code: str) -> str:
    """How a code rests in the database, however it was typed: bound to its vote."""
    return hashlib.sha256(f"{box}|{code.upper().translate(MISREAD)}".encode()).hexdigest()
