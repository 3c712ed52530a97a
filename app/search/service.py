"""Every write of the index, in the open unit. What may be found by whom is asked when it is found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select, tuple_

from app import db
from app.search.core import words as core
from app.search.models import SearchWord

Key = tuple[int, str]  # the id of a thing, and the language of a text of it
A_PAGE = 200  # things whose words are compared at a time


def keep(kind: str, subject_id: int, text: str, *, language: str) -> None:
    """Let a thing be found by the words of this text, and no longer by those of its text before in this language.

    In the open unit, as what it indexes. An empty text takes its words away.
    """
    keep_all(kind, {(subject_id, language): text})


def keep_all(kind: str, texts: Mapping[Key, str]) -> None:
    """As keep, of many things of a kind: three statements for each A_PAGE of them, fewer where little changes."""
    keys = sorted(texts)
    for start in range(0, len(keys), A_PAGE):
        page = keys[start : start + A_PAGE]
        _exchange(kind, {key: core.of(texts[key]) for key in page})


def drop(kind: str, subject_id: int) -> None:
    """Let a thing be found no more, in any language."""
    drop_all(kind, [subject_id])


def drop_all(kind: str, subject_ids: Iterable[int]) -> None:
    """As drop, of many things, in one statement."""
    theirs = delete(SearchWord).where(SearchWord.kind == kind, SearchWord.subject_id.in_(list(subject_ids)))
    db.session().execute(theirs.execution_options(synchronize_session=False))


def _exchange(kind: str, wanted: Mapping[Key, set[str]]) -> None:
    """Write the difference only: most changes of a thing change few of its words."""
    before: dict[Key, set[str]] = {key: set() for key in wanted}
    theirs = select(SearchWord.subject_id, SearchWord.language, SearchWord.word).where(
        SearchWord.kind == kind, SearchWord.subject_id.in_({number for number, _ in wanted})
    )
    for number, language, word in db.session().execute(theirs):
        before.get((number, language), set()).add(word)
    for key, words in wanted.items():
        _take_out(kind, key, before[key] - words)
    db.insert_all_new(
        SearchWord,
        [
            {"kind": kind, "word": word, "subject_id": key[0], "language": key[1]}
            for key, words in wanted.items()
            for word in sorted(words - before[key])
        ],
    )


def _take_out(kind: str, key: Key, gone: set[str]) -> None:
    if not gone:
        return
    mine = tuple_(SearchWord.kind, SearchWord.subject_id, SearchWord.language) == (kind, *key)
    old = delete(SearchWord).where(mine, SearchWord.word.in_(sorted(gone)))
    db.session().execute(old.execution_options(synchronize_session=False))
