"""Reads of the index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, false, inspect, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from app import db, i18n, subjects
from app.i18n import Language
from app.permissions import Actor
from app.search.core import words as core
from app.search.models import SearchEntry, SearchWord
from app.subjects import Subject

LARGEST = 2**31 - 1
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


# ------------------------------------------------------------------ over every kind


class Hit(NamedTuple):
    """One thing that was found."""

    kind: str
    subject_id: int


def searched() -> tuple[Subject, ...]:
    """The kinds that search finds, in the order that they were registered."""
    return tuple(one for one in subjects.kinds().values() if one.index_text is not subjects.unsearched)


def found(
    actor: Actor, question: str, kinds: Sequence[Subject], most: int, before: int = LARGEST
) -> Mapping[str, Sequence[Hit]]:
    """What the actor may read and that has every word of the question: kind → the newest first, at most `most` each.

    In one statement, however many kinds. Only things with an id below `before` count, for the next page of one kind.
    """
    if not kinds or not core.asked(question):
        return {}
    each = [_newest(actor, question, kind, most, before).subquery() for kind in kinds]
    hits: dict[str, list[Hit]] = defaultdict(list)
    for kind, number in db.session().execute(union_all(*(select(one.c.kind, one.c.number) for one in each))):
        hits[kind].append(Hit(kind, number))
    return {kind.kind: sorted(hits[kind.kind], reverse=True) for kind in kinds if hits[kind.kind]}


def _newest(actor: Actor, question: str, kind: Subject, most: int, before: int) -> Select[Any]:
    rows = kind.visible_to(actor)
    key = key_of(rows)
    rows = rows.where(key.in_(matching(kind.kind, question)), key < before).order_by(None).order_by(key.desc())
    return rows.with_only_columns(literal(kind.kind).label("kind"), key.label("number")).limit(most)


def key_of(rows: Select[Any]) -> Any:
    """The number of the rows that `visible_to` gives."""
    entity = rows.column_descriptions[0]["entity"]
    return getattr(entity, inspect(entity).primary_key[0].key)


def entries(hits: Iterable[Hit], language: Language) -> dict[Hit, SearchEntry]:
    """What is shown of them: in this language where they have it, else as they were written. One statement."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for hit in hits:
        by_kind[hit.kind].append(hit.subject_id)
    if not by_kind:
        return {}
    these = or_(*(and_(SearchEntry.kind == kind, SearchEntry.subject_id.in_(ids)) for kind, ids in by_kind.items()))
    ranks = {i18n.SOURCE.code: 1, language.code: 2}
    shown: dict[Hit, SearchEntry] = {}
    for row in db.session().scalars(select(SearchEntry).where(these)):
        hit = Hit(row.kind, row.subject_id)
        if hit not in shown or ranks.get(row.language, 0) > ranks.get(shown[hit].language, 0):
            shown[hit] = row
    return shown
