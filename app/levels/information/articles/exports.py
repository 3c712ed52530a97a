"""What leaves of articles: those of a dialogue that have been published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, func, select

from app import db
from app.i18n import lazy_p
from app.ladder import Column, Export
from app.levels.information.articles import queries
from app.levels.information.articles.models import Article

COLUMNS = ("id", "kind", "title", "lead", "body", "published_at", "edited_at")


def _wanted(dialogue_id: int) -> Select[*tuple[Any, ...]]:
    columns = [getattr(Article, name) for name in COLUMNS]
    return select(*columns).where(Article.dialogue_id == dialogue_id, queries.is_out())


def _rows(dialogue_id: int) -> Iterator[Sequence[Any]]:
    for row in db.session().execute(_wanted(dialogue_id).order_by(Article.id).execution_options(yield_per=200)):
        yield tuple(row)


def _count(dialogue_id: int) -> int:
    return db.session().execute(select(func.count()).select_from(_wanted(dialogue_id).subquery())).scalar_one()


EXPORTS = (
    Export("articles", lazy_p("export", "Articles"), lambda _id: [Column(name) for name in COLUMNS], _rows, _count),
)
