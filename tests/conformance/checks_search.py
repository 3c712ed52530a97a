"""Search: it finds a thing by the words that it has now, and shows nobody what the rule refuses."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import select

from app import db, i18n
from app.ladder import Method
from app.permissions import GUEST, Role, can
from app.search import queries, service
from app.search.core import words
from app.search.models import SearchEntry, SearchWord
from app.subjects import Subject, unsearched
from tests.conformance import people, samples, texts
from tests.conformance.checks_lists import changes_of
from tests.conformance.checks_pages import Reader, changes, kept_town, signed_in
from tests.conformance.people import Who
from tests.visitor import Page, Visitor

MOST = 3  # complaints of one sort
PLANTED = "canary"  # a word of every text that texts.plant writes
ROWS = 10  # of a kind that each is asked for; the page of results is then looked at with all of them
PAGES = 30  # of results that are followed


def check(method: Method, app: Flask) -> list[str]:
    kinds = [one for one in method.subjects if one.index_text is not unsearched]
    return check_kinds(kinds, app) + (samples.first(_pages(method, app, kinds), MOST) if kinds else [])


def check_kinds(kinds: list[Subject], app: Flask) -> list[str]:
    """The index itself, whatever page shows it."""
    with app.app_context(), samples.undone():
        found = [one for kind in kinds for one in samples.first(_index(kind), MOST)]
        return found + [one for kind in kinds for one in samples.first(_found(kind), MOST)]


def _index(kind: Subject) -> Generator[str, None, None]:
    """Every row of the demo municipality is indexed as it reads now."""
    kept: dict[tuple[int, str], set[str]] = {}
    for row in db.session().scalars(select(SearchWord).where(SearchWord.kind == kind.kind)):
        kept.setdefault((row.subject_id, row.language), set()).add(row.word)
    shown = {row.subject_id: row for row in db.session().scalars(select(SearchEntry).filter_by(kind=kind.kind))}
    for number, row in samples.rows_of(kind).items():
        has = words.of(kind.index_text(row))
        if has != kept.get((number, getattr(row, "language", i18n.SOURCE.code)), set()):
            yield f"{kind.kind} {number}: the index has other words than its text"
        if has and number not in shown:
            yield f"{kind.kind} {number}: search finds it and has nothing to show"


def _found(kind: Subject) -> Generator[str, None, None]:
    """As the demo municipality has it, for everyone; with each switch of a row turned, for those without a role."""
    rows = _with_words(kind)
    homes = [number for row in rows.values() if (number := samples.dialogue_of(row)) is not None]
    crowd = people.everyone(list(dict.fromkeys(homes))[:1], people.owners_of(kind, rows.values()))
    yield from _compared(kind, crowd, "")
    for words_of_it, change in changes_of(kind):
        with samples.changed():
            change()
            yield from _compared(kind, [who for who in crowd if not who.actor.is_staff], f" ({words_of_it})")


def _compared(kind: Subject, crowd: list[Who], changed: str) -> Iterator[str]:
    """Asked for the words of a row, search names it to those who may read it, and to no one else."""
    held, rows = samples.dialogues(), _with_words(kind)  # held: so that no rule has to fetch its dialogue
    for who in crowd:
        for number, row in rows.items():
            asked = " ".join(sorted(words.of(kind.index_text(row)), key=len)[-3:])
            hits = queries.found(who.actor, asked, [kind], 1000).get(kind.kind, ())
            is_found, may = any(hit.subject_id == number for hit in hits), can(who.actor, kind.read, row)
            if is_found and not may:
                yield f"search finds {kind.kind} {number} for {who.words}, which the rule refuses{changed}"
            if may and not is_found:
                yield f"search keeps {kind.kind} {number} from {who.words}{changed}"
    del held


def _with_words(kind: Subject) -> dict[int, Any]:
    """Rows with something to find: those that a guest may not read before the others, at most ROWS."""
    rows = {number: row for number, row in samples.rows_of(kind).items() if words.of(kind.index_text(row))}
    secret_first = sorted(rows, key=lambda number: can(GUEST, kind.read, rows[number]))
    return {number: rows[number] for number in secret_first[:ROWS]}


def _pages(method: Method, app: Flask, kinds: list[Subject]) -> Generator[str, None, None]:
    """What the page of results shows, and what it shows when a row has gone out of sight and is in the index still."""
    with kept_town():
        with app.app_context(), db.unit():
            texts.plant(method)
            _index_anew(kinds)
            resident = Who("a resident", people.actor_of(people.residents()[0]))
            official = Who("an official", people.actor_of(people.holders()[Role.OFFICIAL]))
        guest = Reader(method, app, Who("a guest", GUEST), Visitor(app))
        readers = (guest, signed_in(method, app, resident), signed_in(method, app, official))
        if not any([*_results(reader, kinds)] for reader in readers):
            yield "search shows nobody a planted text, so nothing is proved"
        for reader in readers:
            yield from _shown(reader, kinds, "")
        for changed, change in changes(method, app):
            with kept_town():
                with app.app_context(), db.unit():
                    change()
                yield from _shown(guest, kinds, f" ({changed})")


def _index_anew(kinds: list[Subject]) -> None:
    for kind in kinds:
        service.index(kind, samples.rows_of(kind))


def _shown(reader: Reader, kinds: list[Subject], changed: str) -> Iterator[str]:
    secrets = reader.secrets()
    for page in _results(reader, kinds):
        if texts.RAW in page.text:
            yield "search writes a text unescaped"
        for one in sorted(texts.found_in([page.text]) & set(secrets)):
            yield f"search shows {reader.who.words} the {one[1]} of a {secrets[one]}, which the rule refuses{changed}"


def _results(reader: Reader, kinds: list[Subject]) -> Iterator[Page]:
    """The pages of results that show planted texts."""
    for kind in kinds:
        path: str | None = "/sok?" + urlencode({"q": PLANTED, "slag": kind.kind})
        for _ in range(PAGES):
            page = reader.visitor.get(path)
            assert page.status == 200, f"{path}: {page.status}"
            if texts.found_in([page.text]):
                yield page
            path = next((link for link in page.links() if "fore=" in link), None)
            if path is None:
                break
