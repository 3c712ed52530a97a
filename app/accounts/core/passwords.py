"""Passwords: hashed with argon2id, at most a few at once in a process, and refused where they are easy to guess.

No rules of composition and no truncation: length is what counts.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterable
from enum import Enum
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 10  # characters
LARGEST = 512  # bytes: longer ones would only make work
FEWEST_OF_ONES_OWN = 6  # characters that are left when everything easy to guess is taken away

# OWASP's second choice: 19 MiB, two passes, one lane. A hash takes some 30 ms, so four at once is what a node bears.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
AT_ONCE = threading.BoundedSemaphore(4)
# Verified where there is no such person, so that both answers take the same work.
NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$77BHHXBrrbvzw5w1CsxHTQ$QLI9Lw8sNRx6Yct5guiCgUu4Xfug8DVhFHkhqucqQdw"

RUNS = ("abcdefghijklmnopqrstuvwxyzåäö", "qwertyuiopåasdfghjklöäzxcvbnm", "01234567890", "1qaz2wsx3edc4rfv5tgb6yhn")
# What people choose when they are asked for a password, in Sweden and elsewhere, digits and case aside.
COMMON = (
    "password", "passw", "lösenord", "losenord", "hemligt", "hemlig", "secret", "welcome", "välkommen", "valkommen",
    "letmein", "iloveyou", "jagälskardig", "jagalskardig", "princess", "sunshine", "football", "fotboll", "baseball",
    "superman", "batman", "pokemon", "dragon", "monkey", "master", "shadow", "hejhej", "hejsan", "sommar", "vinter",
    "höst", "sverige", "sweden", "swedish", "stockholm", "göteborg", "goteborg", "malmö", "ikea", "volvo", "abba",
    "zlatan", "blomma", "choklad", "mamma", "pappa", "michael", "jennifer", "anders", "linkin", "whatever", "trustno",
    "administrator", "admin", "root", "login", "user", "test", "demo", "changeme", "default", "qwerty", "azerty",
    "asdf", "zxcv", "abc", "summer", "winter", "spring", "autumn", "january", "januari", "oktober", "december",
)  # fmt: skip
SERVICE = (
    "medborgardialog", "medborgare", "dialog", "kommunen", "kommuns", "kommun", "påverka", "paverka", "invånare",
    "invanare", "moderator", "municipality", "region", "stad",
)  # fmt: skip
LEET = str.maketrans("013457@$!", "oieastasi")


class Weakness(Enum):
    """Why a password is refused."""

    SHORT = "short"
    LARGE = "large"
    COMMON = "common"
    OWN = "own"


def hashed(password: str) -> str:
    with AT_ONCE:
        return HASHER.hash(_bytes(password))


def matches(password_hash: str | None, password: str) -> bool:
    """Whether it is the password; takes the same work where there is no hash."""
    typed = _bytes(password)
    try:
        with AT_ONCE:
            HASHER.verify(password_hash or NOBODYS, typed if len(typed) <= LARGEST else b"")
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether it was made with other costs than today's, and should be made anew at the next sign-in."""
    return HASHER.check_needs_rehash(password_hash)


def weakness(password: str, *, address: str = "", names: Iterable[str] = ()) -> Weakness | None:
    """Why this password will not do for this address, or None. `names` are the municipality's own."""
    text = unicodedata.normalize("NFC", password)
    if len(text) < SHORTEST:
        return Weakness.SHORT
    if len(_bytes(text)) > LARGEST:
        return Weakness.LARGE
    folded = text.casefold()
    known = [*COMMON, *SERVICE, *(part for name in names for part in _parts(name))]
    if _is_easy(folded, known):
        return Weakness.COMMON
    theirs = [part for part in (address.casefold(), *_parts(address)) if len(part) > 2]
    return Weakness.OWN if _is_easy(folded, [*known, *theirs]) else None


def _is_easy(text: str, known: list[str]) -> bool:
    """Whether hardly anything is left when what is known, runs and repetitions are taken away."""
    return any(_left(reading, known) < FEWEST_OF_ONES_OWN for reading in (text, text.translate(LEET)))


def _left(text: str, known: list[str]) -> int:
    for word in sorted(known, key=len, reverse=True):
        text = text.replace(word, " ")
    return len({*_pairs(text)}) if text.strip() else 0


def _pairs(text: str) -> Iterable[str]:
    """Neighbours that do not simply follow each other: "abcdef", "111111" and "2027" have few or none."""
    kept = "".join(text.split())
    for one, other in pairwise(kept):
        if one != other and not any(one + other in run or other + one in run for run in RUNS):
            yield one + other


def _parts(name: str) -> list[str]:
    """The words of a name or an address, and all of them written together."""
    folded = name.casefold().partition("@")[0]
    words = "".join(c if c.isalnum() else " " for c in folded).split()
    return [*words, "".join(words)]


def _bytes(password: str) -> bytes:
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
