"""Display names: what a name must have, and when it looks like somebody official."""

from __future__ import annotations

import unicodedata

LONGEST_NAME = 60
# Letter → the letters and digits that pass for it in a name.
PASS_FOR = {
    "a": "аα4@", "b": "в8", "c": "с", "d": "ԁđ", "e": "еε3", "f": "ƒ", "g": "ɡ", "h": "нһħ", "i": "іιı1!|lӏł",
    "j": "ј", "k": "кκ", "m": "мμ", "n": "ո", "o": "оοø0", "p": "рρ", "s": "ѕ5$", "t": "тτ7", "u": "սυ",
    "v": "ν", "x": "хχ", "y": "у",
}  # fmt: skip
LOOK_ALIKES = str.maketrans({foreign: letter for letter, others in PASS_FOR.items() for foreign in others})
BEGINNINGS = ("admin", "myndighet")  # of a word: "Badminton" is no administrator
ANYWHERE = ("moderator", "handlaggare", "municipality")  # across words too: "Kom Munther" is no municipality
# What is left of a municipality's name when these are taken away is how people call it.
KINDS_OF_MUNICIPALITY = {"kommun", "kommuns", "stad", "stads", "municipality", "region"}


def search_key(text: str) -> str:
    """How a name is searched for, the same on every database: NFC, case folded."""
    return unicodedata.normalize("NFC", text).casefold()[:160]


def has_letter(name: str) -> bool:
    """Whether something of the name can be seen and read: one letter of any script."""
    return any(unicodedata.category(c).startswith("L") and c not in "\u115f\u1160\u3164\uffa0" for c in name)


def skeleton(name: str) -> str:
    """The name as the eye takes it: no accents, no case, letters that look alike made one."""
    parts = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in parts if not unicodedata.combining(c)).translate(LOOK_ALIKES)


def looks_official(name: str, municipality: str) -> bool:
    """Whether a reader may take the name for the municipality or for someone who works there."""
    words = ["".join(filter(str.isalpha, word)) for word in skeleton(name).split()]
    whole = "".join(words)
    theirs = skeleton(municipality).split()
    known_as = "".join(word for word in theirs if word not in KINDS_OF_MUNICIPALITY)
    if all(len(word) <= 2 for word in words):  # letters set apart: k o m m u n
        words = [whole]
    official = any(word.startswith(_BEGINNINGS) or "kommun" in word for word in words)
    return official or any(word in whole for word in (*_ANYWHERE, "".join(theirs))) or whole == known_as


_BEGINNINGS = tuple(skeleton(word) for word in BEGINNINGS)
_ANYWHERE = tuple(skeleton(word) for word in ANYWHERE)
