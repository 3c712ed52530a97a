"""Reads of the index."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, exists, false, select
from sqlalchemy.orm import aliased

from app.search.core import words as core
from app.search.models import SearchWord

AFTER_ALL = "\U0010ffff"  # no word holds it, and none comes after it


def matching(kind: str, words: str) -> Select[int]:
    """The ids of what is of this kind and has every word of `words`, in whichever language, as a whole or a beginning.

    To filter with, `Row.id.in_(matching(…))`, beside `visible_to`: it knows nothing of who may read what, and may name
    an id twice. Case and accents do not matter, but å, ä and ö are letters; one letter alone is a whole word. Nothing
    matches where there is no word. Read are the entries of one word, the longest; the others are looked up thing by
    thing, so that a common word beside a rare one costs nothing. At most the first LONGEST_QUESTION characters and
    MOST_ASKED words count.
    """
    asked = core.asked(words)
    if not asked:
        return select(SearchWord.subject_id).where(false())
    found = select(SearchWord.subject_id).where(SearchWord.kind == kind, _hit(SearchWord, asked[0]))
    for word in asked[1:]:
        other = aliased(SearchWord)
        same = and_(other.kind == kind, other.subject_id == SearchWord.subject_id)
        found = found.where(exists().where(same, _hit(other, word)))
    return found


def _hit(row: type[SearchWord], word: str) -> ColumnElement[bool]:
    if core.is_whole(word):
        return row.word == word
    return and_(row.word >= word, row.word < word + AFTER_ALL)
