"""The residents' door: articles of a dialogue, and the site's news and pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.dialogues import queries as dialogues
from app.dialogues import rules as dialogue_rules
from app.dialogues import texts
from app.dialogues.addresses import slug as slug_of
from app.dialogues.models import Dialogue
from app.dialogues.stages import PUBLIC_STAGES
from app.levels.information.articles import queries
from app.levels.information.articles.models import Article
from app.levels.information.articles.rules import Do
from app.permissions import can
from app.web import PUBLIC, access, actor, found

blueprint = Blueprint("articles", __name__)
ONE = "/dialoger/<int:dialogue_id>-<slug>/artiklar"


@blueprint.get(ONE)
@access(PUBLIC)
def index(dialogue_id: int, slug: str) -> str:
    dialogue = _readable(dialogue_id)
    rows = queries.published(dialogue_id)
    return render_template(
        "levels/articles/index.html", articles=rows, said=queries.said(rows), slug=slug, **_frame(dialogue)
    )


@blueprint.get(ONE + "/<int:article_id>")
@access(PUBLIC)
def show(dialogue_id: int, slug: str, article_id: int) -> str | Response | tuple[str, int]:
    dialogue = _readable(dialogue_id)
    row = _shown(queries.article_in(dialogue_id, article_id))
    if slug != slug_of(dialogue.title):
        return redirect(
            url_for(".show", dialogue_id=dialogue_id, slug=slug_of(dialogue.title), article_id=article_id), 301
        )
    return _page(row, "levels/articles/show.html", **_frame(dialogue))


@blueprint.get("/nyheter")
@access(PUBLIC)
def news() -> str:
    page = queries.news(_cursor(request.args.get("fore", "")))
    return render_template("levels/articles/news.html", page=page, said=queries.said(page.rows), slug_of=slug_of)


@blueprint.get("/artiklar/<int:article_id>-<slug>")
@access(PUBLIC)
def site_show(article_id: int, slug: str) -> str | Response | tuple[str, int]:
    row = _shown(queries.article_in(None, article_id))
    if slug != slug_of(row.title):
        return redirect(url_for(".site_show", article_id=article_id, slug=slug_of(row.title)), 301)
    return _page(row, "levels/articles/site_show.html")


def _readable(dialogue_id: int) -> Dialogue:
    dialogue: Dialogue = found(dialogues.dialogue(dialogue_id))
    if not can(actor(), dialogue_rules.Do.READ, dialogue):
        abort(404)
    return dialogue


def _shown(row: Article | None) -> Article:
    """The article, or 404 for whoever may not know of it. One that was withdrawn was public once."""
    row = found(row)
    assert row is not None  # noqa: S101  # for the type checker: found() has aborted
    if not can(actor(), Do.READ, row) and (row.published_at is None or row.withdrawn_at is None):
        abort(404)
    return row


def _page(row: Article, template: str, **frame: Any) -> str | tuple[str, int]:
    if row.withdrawn_at is not None:
        return render_template("levels/articles/gone.html", article=row), 410
    return render_template(template, article=row, a=queries.said([row])[row.id], **frame)


def _frame(dialogue: Dialogue) -> dict[str, Any]:
    """What the frame of a dialogue's pages asks for."""
    return {
        "dialogue": dialogue,
        "here": {"dialogue_id": dialogue.id, "slug": slug_of(dialogue.title)},
        "t": texts.of_dialogues([dialogue])[dialogue.id],
        "is_preview": dialogue.stage not in PUBLIC_STAGES,
    }


def _cursor(written: str) -> tuple[datetime, int] | None:
    """Where a page begins; None for the first one, and for what is no place at all."""
    moment, _, number = written.partition("~")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    small = number.isascii() and number.isdecimal() and len(number) < 10  # digits of an id
    return (at, int(number)) if at.tzinfo is not None and small else None
