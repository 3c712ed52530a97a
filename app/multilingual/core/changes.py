"""What has changed between two versions of a text, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

MOST_WORDS = 3000  # beyond that the comparison takes longer than anyone waits


class Piece(NamedTuple):
    """Some words: "same" in both versions, "added" in the new one, or "gone" from the old one."""

    kind: str
    text: str


def changes(old: str, new: str) -> list[Piece]:
    """The new text in pieces, with what is gone from the old one in its place. Long texts come whole, not compared."""
    before, after = re.findall(r"\s+|\S+", old), re.findall(r"\s+|\S+", new)
    if len(before) + len(after) > 2 * MOST_WORDS:
        return [Piece("gone", old), Piece("added", new)]
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(after[c:d])))
            continue
        if b > a:
            pieces.append(Piece("gone", "".join(before[a:b])))
        if d > c:
            pieces.append(Piece("added", "".join(after[c:d])))
    return pieces
