"""Every write of articles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app import clock, db, richtext, subjects
from app.dialogues.service import drop_card, keep_card
from app.events import Event, emit
from app.files.service import Upload, keep_picture
from app.levels.information.articles import queries
from app.levels.information.articles.events import (
    ArticleChanged,
    ArticleCreated,
    ArticlePublished,
    ArticleWithdrawn,
)
from app.levels.information.articles.models import Article
from app.levels.information.articles.rules import Do
from app.permissions import Actor, require

PICTURES = "article"  # the owner of the files


@dataclass(frozen=True)
class Place:
    """Where an article is to stand: a dialogue, or the site (None)."""

    dialogue_id: int | None


@dataclass(frozen=True)
class Draft:
    """What a writer hands in. `picture`: a new one; `drop_picture`: take the old one away."""

    kind: str
    title: str
    lead: str
    body: str
    picture: Upload | None = None
    picture_alt: str = ""
    picture_is_decoration: bool = False
    drop_picture: bool = False


class Overtaken(Exception):
    """Somebody else saved the article since this writer opened it."""


def create(actor: Actor, place: Place, draft: Draft) -> Article:
    """A new article that only those who work here see. Raises pictures.Unfit for what is no picture."""
    require(actor, Do.WRITE, place)
    row = Article(dialogue_id=place.dialogue_id, created_by=actor.person_id, created_at=clock.now())
    _fill(actor, row, draft)
    db.session().add(row)
    _tell(actor, row, ArticleCreated)
    return row


def change(actor: Actor, row: Article, draft: Draft, version: int) -> None:
    """Save a change that began at `version`. Raises Overtaken, pictures.Unfit."""
    require(actor, Do.WRITE, row)
    if row.version != version:
        raise Overtaken
    _fill(actor, row, draft)
    row.edited_at = clock.now()
    _tell(actor, row, ArticleChanged)
    if row.published_at is not None:
        keep_card_of(row)


def publish(actor: Actor, row: Article) -> None:
    """Let everyone read it. A second time nothing happens."""
    require(actor, Do.PUBLISH, row)
    if row.published_at is None:
        row.published_at = clock.now()
        _tell(actor, row, ArticlePublished)
        keep_card_of(row)


def withdraw(actor: Actor, row: Article, reason: str) -> None:
    """Take it away for good; its address says why."""
    require(actor, Do.WITHDRAW, row)
    row.withdrawn_at, row.withdrawn_because = clock.now(), reason
    db.session().flush()
    emit(
        ArticleWithdrawn(
            subject=subjects.key("article", row.id),
            actor=actor,
            dialogue_id=row.dialogue_id,
            title=row.title,
            reason=reason,
        )
    )
    drop_card(subjects.key("article", row.id))


def _fill(actor: Actor, row: Article, draft: Draft) -> None:
    row.kind, row.title, row.lead = draft.kind, draft.title, draft.lead
    row.body, row.html = draft.body, richtext.from_markdown(draft.body)
    if draft.picture is not None:
        row.picture = keep_picture(actor, draft.picture, owner=PICTURES)
    elif draft.drop_picture:
        row.picture = None
    row.picture_is_decoration = draft.picture_is_decoration
    row.picture_alt = "" if draft.picture_is_decoration or row.picture is None else draft.picture_alt


def keep_card_of(row: Article) -> None:
    """Write its card on the dialogue page; the site's articles have none."""
    if row.dialogue_id is None:
        return
    endpoint, values = queries.address_of(row)
    keep_card(
        subjects.key("article", row.id),
        dialogue_id=row.dialogue_id,
        method="articles",
        title=row.title,
        sentence=row.lead,
        endpoint=endpoint,
        values=values,
        is_input=False,
        position=1000 + row.id,  # after what one can take part in
    )


def _tell(actor: Actor, row: Article, kind: Callable[..., Event]) -> None:
    db.session().flush()
    emit(kind(subject=subjects.key("article", row.id), actor=actor, dialogue_id=row.dialogue_id, title=row.title))
