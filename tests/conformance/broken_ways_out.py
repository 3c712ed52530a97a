"""Methods broken on purpose, as in broken.py: what leaves by exports, lists and pages, and what a dialogue is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from markupsafe import Markup
from sqlalchemy import select, update

from app import db
from app.dialogues.models import Card
from app.i18n import lazy
from app.ladder import Column, Export, Method, Missing, Notice, Recipient
from app.levels.information.articles.models import Article
from app.permissions import Actor, Grant, Role
from app.search import queries as search
from app.search.core.excerpts import Piece
from app.site import finding
from app.web import PUBLIC
from tests.conformance import samples
from tests.conformance.broken import ARTICLES, SURVEYS, Fault


def export(change: Callable[[Export], Export]) -> Fault:
    def plant(_patch: pytest.MonkeyPatch, _app: Flask) -> Method:
        return replace(SURVEYS, exports=tuple(change(one) for one in SURVEYS.exports))

    return plant


def wide(one: Export) -> Export:
    def rows(number: int) -> Iterator[Sequence[Any]]:
        for row in one.rows(number):
            yield [*row, "one too many"]

    return replace(one, rows=rows)


def held_whole(one: Export) -> Export:
    return replace(one, rows=lambda number: list(one.rows(number)))  # type: ignore[arg-type, return-value]


def miscounted(one: Export) -> Export:
    return replace(one, count=lambda number: one.count(number) + 1)


def nothing_personal(one: Export) -> Export:
    """Names, addresses and hidden texts in columns that everybody gets."""
    return replace(one, columns=lambda number: [Column(column.name) for column in one.columns(number)])


def hidden_too(one: Export) -> Export:
    """People are left out, and what a moderator has hidden is not."""

    def columns(number: int) -> list[Column]:
        return [replace(c, personal=c.personal and c.name in ("name", "email")) for c in one.columns(number)]

    return replace(one, columns=columns)


# ------------------------------------------------------------------ lists and pages


def listing(method: Method, kind: str, visible_to: Any) -> Fault:
    def plant(_patch: pytest.MonkeyPatch, _app: Flask) -> Method:
        kinds = (replace(one, visible_to=visible_to) if one.kind == kind else one for one in method.subjects)
        return replace(method, subjects=tuple(kinds))

    return plant


def page(method: Method, endpoint: str, shown: Callable[[Any], str]) -> Fault:
    """A page that puts something of every row of the method's first kind on the screen, whoever looks."""

    def plant(patch: pytest.MonkeyPatch, app: Flask) -> Method:
        def view(**_values: Any) -> str:
            rows = db.session().scalars(select(samples.entity_of(method.subjects[0])))
            return "".join(shown(row) for row in rows)

        view.access = PUBLIC  # type: ignore[attr-defined]
        patch.setitem(app.view_functions, endpoint, view)
        return method

    return plant


def indexed_past_the_house(_patch: pytest.MonkeyPatch, _app: Flask) -> Method:
    """As if the title of an article had been changed by a statement that nobody notices."""
    with db.unit() as session:
        session.execute(update(Article).values(title="Rondellen"))
    return ARTICLES


def search_asks_nobody(patch: pytest.MonkeyPatch, _app: Flask) -> Method:
    """Search asks what the administrator may read, whoever asks."""
    newest = search._newest
    everywhere = Actor(1, "", "", frozenset({Grant(role) for role in Role}))
    patch.setattr(search, "_newest", lambda _actor, *rest: newest(everywhere, *rest))
    return ARTICLES


def search_marks_up(patch: pytest.MonkeyPatch, _app: Flask) -> Method:
    """Search takes what people write for HTML."""
    patch.setattr(finding, "pieces", lambda text, _asked: [Piece(Markup(text))])  # the fault
    return ARTICLES


def tells_everyone(_patch: pytest.MonkeyPatch, _app: Flask) -> Method:
    """A mail to a resident that quotes whatever free text the event is about."""
    kind = next(one for one in SURVEYS.subjects if one.kind == "answer")

    def quote(event: Any) -> dict[str, Any]:
        name, _, number = event.subject.partition(":")
        row = kind.load(int(number)) if name == kind.kind else None
        return {"quote": kind.text(row) if row is not None else ""}

    to = [Recipient("someone@example.se", "sv")]
    return replace(SURVEYS, notices=(Notice(SURVEYS.events[0], "dialogue_closed", lambda _event: to, quote),))


def escaped(row: Any) -> str:
    return str(Markup("<p>{}</p>").format(row.title))


def raw(row: Any) -> str:
    return f"<p>{row.title}</p>"


def one_by_one(row: Any) -> str:
    """A question to the database for each row."""
    db.session().execute(select(Card).where(Card.subject == f"article:{row.id}"))
    return "<p></p>"


# ------------------------------------------------------------------ what a dialogue asks


def field(name: str, value: Any) -> Fault:
    return lambda _patch, _app: replace(ARTICLES, **{name: value})


def lacks_words(_dialogue_id: int) -> list[Missing]:
    return [Missing(lazy("This stands in no catalogue."), ("articles.nowhere", {}))]


def told_twice(_dialogue_id: int) -> list[Recipient]:
    return [Recipient("kim@example.se", "sv")] * 2


def retitled(_patch: pytest.MonkeyPatch, _app: Flask) -> Method:
    kinds = (replace(one, title=lambda _row: "Something else") for one in ARTICLES.subjects)
    return replace(ARTICLES, subjects=tuple(kinds))


def drops_no_card(_patch: pytest.MonkeyPatch, _app: Flask) -> Method:
    """As if an article had been withdrawn and its card left standing."""
    with db.unit() as session:
        card = session.scalars(select(Card).where(Card.method == ARTICLES.key)).first()
        row = ARTICLES.subjects[0].load(int(card.subject.partition(":")[2]))
        row.withdrawn_at = row.published_at
    return ARTICLES
