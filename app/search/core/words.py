"""Texts as words that can be compared, letter by letter, in the same way on every database.

In Swedish å, ä and ö are letters of their own; any other mark on a letter is an accent: é is e, ü is u. Danish and
Norwegian ø and æ are what a Swede types for them. Arabic is read without vowel signs, and with one alef. No stemming:
the beginning of a word finds its forms.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

LONGEST = 40  # characters of a word that count; what follows is cut away, in texts and questions alike
MOST_WORDS = 4000  # different words of one text; a text of 20 000 characters seldom has 2000
MOST_CHARACTERS = 200_000  # of one text that are read at all
MOST_ASKED = 8  # different words of a question; more are left out
LONGEST_QUESTION = 200  # characters of a question that are read
OWN_LETTERS = {"a\u030a": "å", "a\u0308": "ä", "o\u0308": "ö"}
SAME = str.maketrans(
    {"ø": "ö", "æ": "ä", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | {"\u0649": "\u064a", "\u06cc": "\u064a", "\u06a9": "\u0643", "\u0629": "\u0647", "\u0640": None}
)  # Arabic: alef maqsura and Persian yeh as yeh, keheh as kaf, teh marbuta as heh; the stretching tatweel is nothing


def fold(text: str) -> str:
    """The text without case, accents and signs that cannot be seen. Folding twice gives the same."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    folded = "".join(_plain(folded.casefold().translate(SAME)))
    return unicodedata.normalize("NFC", folded)


def _plain(decomposed: str) -> Iterator[str]:
    """Letters without their marks, but for those of Swedish; decimal digits of any script as 0 to 9."""
    for place, letter in enumerate(decomposed):
        kind = unicodedata.category(letter)
        if kind == "Nd":
            yield str(unicodedata.decimal(letter))
        elif kind not in ("Mn", "Cf"):
            yield OWN_LETTERS.get(decomposed[place : place + 2], letter)


def each(text: str) -> Iterator[str]:
    """The words of a text, folded, as they stand: letters and digits; everything else lies between words."""
    folded = fold(text[:MOST_CHARACTERS])
    between = "".join(one if unicodedata.category(one)[0] in "LNM" else " " for one in folded)
    yield from (word[:LONGEST] for word in between.split())


def of(text: str) -> set[str]:
    """The different words of a text, at most MOST_WORDS: its first ones."""
    found: dict[str, None] = {}
    for word in each(text):
        found[word] = None
        if len(found) == MOST_WORDS:
            break
    return set(found)


def asked(question: str) -> list[str]:
    """The words of a question, the longest first, for it is likely the rarest; at most MOST_ASKED.

    A word that another one begins with asks nothing of its own and is left out. Empty where there are no words.
    """
    found = sorted(dict.fromkeys(each(question[:LONGEST_QUESTION])), key=len, reverse=True)[:MOST_ASKED]
    return [word for word in found if not any(other != word and is_hit(word, other) for other in found)]


def is_whole(word: str) -> bool:
    """Whether a word of a question stands for itself only: a single letter begins too many words."""
    return len(word) == 1


def is_hit(asked_word: str, word: str) -> bool:
    """Whether a word of a text answers a word of a question."""
    return word == asked_word if is_whole(asked_word) else word.startswith(asked_word)
