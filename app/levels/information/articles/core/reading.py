"""What a writer is told about a text before it is published: never a hindrance, always a hint."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from app.i18n import LazyText
from app.i18n import lazy as _l

LONG_WORD = 6  # letters; a word with more counts as long (LIX, C.-H. Björnsson 1968)
HARD = 45  # LIX above which officials' prose begins
EMPTY_LINKS = {"klicka här", "här", "läs mer", "länk", "click here", "here", "read more", "link"}
WORD = re.compile(r"[^\W\d_]+")
SENTENCE_END = re.compile(r"[.!?:]+(?:\s|$)|\n\s*\n")
LINK = re.compile(r"\[([^\]\n]{0,200})\]\(")
HEADING = re.compile(r"^(#{1,6})\s", re.MULTILINE)


def lix(text: str) -> int:
    """Readability: words a sentence plus the share of long words in per cent. 0 for no words."""
    words = WORD.findall(text)
    if not words:
        return 0
    sentences = max(1, len([part for part in SENTENCE_END.split(text) if WORD.search(part)]))
    long_words = sum(len(word) > LONG_WORD for word in words)
    return round(len(words) / sentences + 100 * long_words / len(words))


def hints(source: str) -> list[LazyText]:
    """What could be better in a Markdown text."""
    return list(_hints(source))


def _hints(source: str) -> Iterator[LazyText]:
    for text in LINK.findall(source):
        if text.strip().casefold() in EMPTY_LINKS:
            yield _l(
                "The link “%(text)s” does not say where it leads. Let the link be the name of the page.", text=text
            )
    levels = [len(marks) for marks in HEADING.findall(source)]
    if any(later - earlier > 1 for earlier, later in pairwise(levels)):
        yield _l("A heading level is skipped. Go down one level at a time.")
    value = lix(source)
    if value > HARD:
        yield _l("The text is hard to read (LIX %(value)s). Try shorter sentences and shorter words.", value=value)
