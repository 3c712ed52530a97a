"""Everything one can point at: a kind, and how to load, name, find and show what is of that kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select

from app.i18n import LazyText
from app.permissions import Action, Actor

Address = tuple[str, dict[str, Any]]  # endpoint and its values: whoever speaks HTTP makes the URL
Author = tuple[str, str, int | None]  # e-mail address, language, person id: whom to tell what became of a text


class Part(NamedTuple):
    """What becomes public together with a text: words under a name, or a picture with the words for it."""

    name: LazyText
    words: str
    picture: Any = None  # a files.StoredFile


def unsearched(_row: Any) -> str:
    """The `index_text` of kinds that search never finds."""
    return ""


@dataclass(frozen=True)
class Subject:
    """One kind of thing. `key` of a single thing is "kind:id".

    `visible_to` gives the rows that an actor may read and must agree, row by row, with `can(actor, read, row)`.
    `index_text` is what search may find (app.search). It is made of the row's own columns, for it is indexed anew when
    the row is written, and given what `load` gives. `personal_data` says what of a person's a row holds (column →
    value).

    `labels` says what some rows of a kind are called where that is not the kind's own name, for lists that mix them
    (ids → id → words); in one statement.

    The last six are for kinds that can be judged: the whole text, what becomes public with it, where it stands in
    words, whom to tell (None where nobody can be told), the rows of many review ids in one statement, and what else a
    list of them needs, in one more. Kinds that share a table share the function for the rows, so that a list of
    several kinds reads it once.
    """

    kind: str
    name: LazyText
    read: Action
    load: Callable[[int], Any | None]
    title: Callable[[Any], str]
    address: Callable[[Any], Address]
    visible_to: Callable[[Actor], Select[Any]]
    index_text: Callable[[Any], str] = unsearched
    personal_data: Callable[[int], list[Mapping[str, Any]]] = lambda _person_id: []
    labels: Callable[[Sequence[int]], Mapping[int, LazyText]] = lambda _ids: {}
    text: Callable[[Any], str] = lambda _row: ""
    parts: Callable[[Any], Sequence[Part]] = lambda _row: ()
    context: Callable[[Any], str] = lambda _row: ""
    author: Callable[[Any], Author | None] = lambda _row: None
    by_review: Callable[[list[int]], Mapping[int, Any]] = lambda _review_ids: {}
    beside: Callable[[Sequence[Any]], object] = lambda _rows: None


_kinds: dict[str, Subject] = {}


def register(*kinds: Subject) -> None:
    """Add kinds. Raises ValueError where a kind is taken."""
    for one in kinds:
        if _kinds.setdefault(one.kind, one) is not one:
            raise ValueError(f"two kinds named {one.kind}")


def kinds() -> Mapping[str, Subject]:
    return dict(_kinds)


def key(kind: str, number: int) -> str:
    """What points at one thing, in events, cards and reviews: "survey:12"."""
    return f"{kind}:{number}"


def number(subject_key: str) -> int:
    """The id in a key. Raises ValueError for what is no key."""
    return int(subject_key.partition(":")[2])


def find(subject_key: str) -> tuple[Subject, Any] | None:
    """Load what a key points at; None where the kind is unknown or the row is gone."""
    kind, _, number = subject_key.partition(":")
    if kind not in _kinds or not number.isdecimal():
        return None
    row = _kinds[kind].load(int(number))
    return None if row is None else (_kinds[kind], row)
