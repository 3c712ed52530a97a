"""Reads of articles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, or_, select, tuple_

from app import db, subjects
from app.dialogues import queries as dialogues
from app.dialogues.addresses import slug
from app.dialogues.models import Dialogue
from app.i18n import lazy as _l
from app.levels.information.articles.models import Article
from app.multilingual.queries import Row, Text, texts
from app.multilingual.sources import Item
from app.permissions import Actor, Role
from app.subjects import Address

PAGE = 20
FIELDS = {"title": (_l("Heading"), 160), "lead": (_l("First paragraph"), 400), "body": (_l("Text"), 20_000),
          "picture_alt": (_l("What the picture shows"), 300)}  # fmt: skip


class Listing(NamedTuple):
    """A page of articles, newest first; `older` is where the next one begins."""

    rows: list[Article]
    older: str | None


def article(article_id: int) -> Article | None:
    return db.session().get(Article, article_id)


def article_in(dialogue_id: int | None, article_id: int) -> Article | None:
    """An article of this dialogue, or of the site (None)."""
    found = article(article_id)
    return found if found is not None and found.dialogue_id == dialogue_id else None


def is_out() -> Any:
    """Published and not withdrawn, as a condition."""
    return and_(Article.published_at.is_not(None), Article.withdrawn_at.is_(None))


def visible_to(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The articles that an actor may read. Says row by row what `rules.may_read` says of one."""
    readable = dialogues.visible_to(actor).with_only_columns(Dialogue.id)
    out = and_(is_out(), or_(Article.dialogue_id.is_(None), Article.dialogue_id.in_(readable)))
    return select(Article).where(or_(out, _worked_on(actor)))


def _worked_on(actor: Actor) -> Any:
    """The articles that the actor may read before they are out, as a condition."""
    site = Article.dialogue_id.is_(None) if writes_for_site(actor) else Article.id < 0
    if any(grant.dialogue_id is None for grant in actor.grants):
        return or_(site, Article.dialogue_id.is_not(None))
    return or_(site, Article.dialogue_id.in_({g.dialogue_id for g in actor.grants if g.dialogue_id is not None}))


def writes_for_site(actor: Actor) -> bool:
    return actor.has(Role.COMMUNICATIONS)


def published(dialogue_id: int) -> list[Article]:
    """What one can read in a dialogue, newest first; at most PAGE."""
    rows = select(Article).where(Article.dialogue_id == dialogue_id, is_out())
    return list(db.session().scalars(rows.order_by(Article.published_at.desc(), Article.id.desc()).limit(PAGE)))


def news(before: tuple[datetime, int] | None) -> Listing:
    """The site's news, a page at a time."""
    rows = select(Article).where(Article.dialogue_id.is_(None), Article.kind == "news", is_out())
    if before is not None:
        rows = rows.where(tuple_(Article.published_at, Article.id) < tuple_(*before))
    rows = rows.order_by(Article.published_at.desc(), Article.id.desc()).limit(PAGE + 1)
    found = list(db.session().scalars(rows))
    last = found[PAGE - 1] if len(found) > PAGE else None
    older = f"{last.published_at.isoformat()}~{last.id}" if last is not None and last.published_at else None
    return Listing(found[:PAGE], older)


def written(dialogue_id: int | None) -> list[Article]:
    """Everything of a dialogue, or of the site, for those who write; the newest hundred."""
    mine = Article.dialogue_id.is_(None) if dialogue_id is None else Article.dialogue_id == dialogue_id
    return list(db.session().scalars(select(Article).where(mine).order_by(Article.id.desc()).limit(100)))


def of_picture(file_id: int) -> Article | None:
    return db.session().scalars(select(Article).filter_by(picture_id=file_id)).first()


def pictures_in_use(file_ids: Sequence[int]) -> set[int]:
    rows = select(Article.picture_id).where(Article.picture_id.in_(file_ids))
    return {number for number in db.session().scalars(rows) if number is not None}


def address_of(row: Article) -> Address:
    """Where it is read."""
    dialogue = None if row.dialogue_id is None else db.session().get(Dialogue, row.dialogue_id)
    if dialogue is None:
        return "articles.site_show", {"article_id": row.id, "slug": slug(row.title)}
    return "articles.show", {"dialogue_id": dialogue.id, "slug": slug(dialogue.title), "article_id": row.id}


def row_of(row: Article) -> Row:
    """Its Swedish texts, for those who show them in other languages."""
    html = {"body": row.html}
    return subjects.key("article", row.id), {one: (getattr(row, one), html.get(one)) for one in FIELDS}


def said(rows: Sequence[Article]) -> dict[int, dict[str, Text]]:
    """Article id → field → the text in the reader's language; in one statement."""
    found: dict[int, dict[str, Text]] = {row.id: {} for row in rows}
    keys = {subjects.key("article", row.id): row.id for row in rows}
    for (key, field), text in texts([row_of(row) for row in rows]).items():
        found[keys[key]][field] = text
    return found


def translatable(dialogue_id: int | None) -> list[Item]:
    """Every text of the articles of a dialogue, or of the site, that is not withdrawn."""
    return [
        Item(
            subjects.key("article", row.id), row.title, field, label, getattr(row, field),
            is_rich=field == "body", longest=longest,
        )
        for row in written(dialogue_id)
        if row.withdrawn_at is None
        for field, (label, longest) in FIELDS.items()
    ]  # fmt: skip
