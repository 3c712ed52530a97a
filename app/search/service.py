"""Every write of the index, in the open unit. What may be found by whom is asked when it is found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select, tuple_

from app import db
from app.search import content
from app.search.core import words as core
from app.search.models import SearchEntry, SearchWord
from app.subjects import Subject

Key = tuple[int, str]  # the id of a thing, and the language of a text of it
A_PAGE = 200  # things that are compared at a time


def keep(kind: str, subject_id: int, text: str, *, language: str) -> None:
    """Let a thing be found by the words of this text, and no longer by those of its text before in this language.

    For kinds that are registered as subjects nothing has to be kept by hand (listening.py). An empty text takes its
    words away.
    """
    keep_all(kind, {(subject_id, language): text})


def keep_all(kind: str, texts: Mapping[Key, str]) -> None:
    """As keep, of many things of a kind: a few statements for each A_PAGE of them."""
    for page in _pages(sorted(texts)):
        before = _words_before(kind, {number for number, _language in page})
        wanted = {key: core.of(texts[key]) for key in page}
        _exchange(kind, {key: before.get(key, set()) for key in page}, wanted)


def drop(kind: str, subject_id: int) -> None:
    """Let a thing be found no more, in any language."""
    drop_all(kind, [subject_id])


def drop_all(kind: str, subject_ids: Iterable[int]) -> None:
    """As drop, of many things."""
    ids = list(subject_ids)
    for table in (SearchWord, SearchEntry):
        theirs = delete(table).where(table.kind == kind, table.subject_id.in_(ids))
        db.session().execute(theirs.execution_options(synchronize_session=False))


def drop_beyond(kind: str, subject_ids: Iterable[int], *, after: int, until: int | None) -> None:
    """Let go of what is indexed between two ids (after < id <= until; None: to the end) and is none of these."""
    ids = list(subject_ids)
    for table in (SearchWord, SearchEntry):
        stale = delete(table).where(table.kind == kind, table.subject_id > after, table.subject_id.not_in(ids))
        stale = stale if until is None else stale.where(table.subject_id <= until)
        db.session().execute(stale.execution_options(synchronize_session=False))


def index(subject: Subject, subject_ids: Iterable[int]) -> None:
    """Let things of a registered kind be found as they are now, in every language that they are in."""
    for page in _pages(sorted(set(subject_ids))):
        _index_page(subject, page)


def _pages(keys: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (keys[start : start + A_PAGE] for start in range(0, len(keys), A_PAGE))


def _index_page(subject: Subject, ids: Sequence[int]) -> None:
    rows = {number: row for number in ids if (row := subject.load(number)) is not None}
    texts = content.of_rows(subject, rows)
    before = _words_before(subject.kind, ids)
    _exchange(subject.kind, before, {key: core.of(one.whole) for key, one in texts.items()})
    theirs = delete(SearchEntry).where(SearchEntry.kind == subject.kind, SearchEntry.subject_id.in_(ids))
    db.session().execute(theirs.execution_options(synchronize_session=False))
    db.insert_all_new(
        SearchEntry,
        [
            {"kind": subject.kind, "subject_id": number, "language": language, **one.shown()}
            for (number, language), one in texts.items()
            if one.title is not None
        ],
    )


def _words_before(kind: str, ids: Iterable[int]) -> dict[Key, set[str]]:
    found: dict[Key, set[str]] = {}
    theirs = select(SearchWord.subject_id, SearchWord.language, SearchWord.word)
    theirs = theirs.where(SearchWord.kind == kind, SearchWord.subject_id.in_(set(ids)))
    for number, language, word in db.session().execute(theirs):
        found.setdefault((number, language), set()).add(word)
    return found


def _exchange(kind: str, before: Mapping[Key, set[str]], wanted: Mapping[Key, set[str]]) -> None:
    """Write the difference only: most changes of a thing change few of its words."""
    for key, words in before.items():
        _take_out(kind, key, words - wanted.get(key, set()))
    db.insert_all_new(
        SearchWord,
        [
            {"kind": kind, "word": word, "subject_id": key[0], "language": key[1]}
            for key, words in wanted.items()
            for word in sorted(words - before.get(key, set()))
        ],
    )


def _take_out(kind: str, key: Key, gone: set[str]) -> None:
    if not gone:
        return
    mine = tuple_(SearchWord.kind, SearchWord.subject_id, SearchWord.language) == (kind, *key)
    old = delete(SearchWord).where(mine, SearchWord.word.in_(sorted(gone)))
    db.session().execute(old.execution_options(synchronize_session=False))
