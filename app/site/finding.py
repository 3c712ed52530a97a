"""What a page of search results shows: everything that the reader may read, kind by kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app import i18n, ladder
from app.i18n import LANGUAGES, LazyText
from app.permissions import Actor
from app.search import queries
from app.search.core import words
from app.search.core.excerpts import Piece, excerpt, pieces
from app.search.models import SearchEntry
from app.search.queries import LARGEST, Hit
from app.subjects import Subject

FEW = 5  # of each kind on the page that shows all kinds
PAGE = 20  # of the kind that was chosen
Said = tuple[str, str, Sequence[Piece]]  # the language tag and direction of a text, and its pieces


@dataclass(frozen=True)
class Line:
    """One thing that was found."""

    href: str
    title: Said
    excerpt: Said
    label: LazyText | None = None  # what it is, where that is not what the group is called


@dataclass(frozen=True)
class Group:
    """What was found of one kind, the newest first, and where the rest is."""

    name: LazyText
    lines: Sequence[Line]
    more: str | None


def results(actor: Actor, question: str, kind: str, before: int) -> list[Group]:
    """What the actor may read and that has every word, in two statements, and one for what dialogues are called.

    A few of each kind, or a page of one, from the ones with an id below `before` on.
    """
    kinds = _kinds()
    chosen = [one for one in kinds if one.kind == kind]
    most = PAGE if chosen else FEW
    before = before if chosen and 0 < before < LARGEST else LARGEST
    found = queries.found(actor, question, chosen or kinds, most + 1, before)
    entries = queries.entries([hit for hits in found.values() for hit in hits[:most]], i18n.current())
    asked = words.asked(question)
    groups = []
    for one in chosen or kinds:
        hits = found.get(one.kind, ())
        labels = one.labels([hit.subject_id for hit in hits[:most]]) if hits else {}
        lines = [_line(entries[hit], asked, labels.get(hit.subject_id)) for hit in hits[:most] if hit in entries]
        more = _more(question, hits[most - 1] if chosen else None, one.kind) if len(hits) > most else None
        groups.append(Group(one.name, lines, more))
    return [group for group in groups if group.lines]


def _kinds() -> list[Subject]:
    """Every kind that search finds: what governs first, then what the methods hold, in their order."""
    of_methods = [one.kind for method in ladder.methods() for one in method.subjects]
    return sorted(queries.searched(), key=lambda one: one.kind in of_methods)


def is_kind(kind: str) -> bool:
    """Whether search finds things of this kind."""
    return any(one.kind == kind for one in queries.searched())


def _line(entry: SearchEntry, asked: list[str], label: LazyText | None) -> Line:
    spoken = LANGUAGES.get(entry.language, i18n.SOURCE)
    title = (spoken.tag, spoken.dir, pieces(entry.title, asked))
    href = url_for(entry.endpoint, **entry.values)
    return Line(href, title, (spoken.tag, spoken.dir, excerpt(entry.text, asked)), label)


def _more(question: str, last: Hit | None, kind: str) -> str:
    """The first page of a kind, or the one that follows its last line here."""
    return url_for("site.search", q=question, slag=kind, fore=None if last is None else last.subject_id)
