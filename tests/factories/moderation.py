"""A kind of text that can be judged, for tests: its rows live in memory, and reading them costs one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app import db, subjects
from app.accounts.models import Person
from app.i18n import lazy
from app.permissions import Action, Actor, Reason, register
from app.reviews import service as reviews
from app.reviews.models import Reviewable


class Do(Action):
    READ = "leaflet:read"


@dataclass
class Leaflet:
    """What somebody wrote."""

    review: Reviewable
    text: str
    author: Person | None
    secret: bool = False

    @property
    def id(self) -> int:
        return self.review.id

    @property
    def dialogue_id(self) -> int | None:
        return self.review.dialogue_id


_leaflets: dict[int, Leaflet] = {}


def _not_secret(_actor: Actor, leaflet: Any) -> Reason | None:
    return Reason("secret", lazy("Secret.")) if leaflet.secret else None


def _by_review(kind: str) -> Any:
    def by_review(ids: list[int]) -> dict[int, Leaflet]:
        found = db.session().scalars(
            select(Reviewable.id).where(Reviewable.id.in_(ids), Reviewable.subject_kind == kind)
        )
        return {number: _leaflets[number] for number in found if number in _leaflets}

    return by_review


def _kind(kind: str) -> subjects.Subject:
    return subjects.Subject(
        kind=kind,
        name=lazy("Leaflet"),
        read=Do.READ,
        load=_leaflets.get,
        title=lambda row: row.text[:20],
        address=lambda _row: ("site.front", {}),
        visible_to=lambda _actor: select(Reviewable),
        text=lambda row: row.text,
        context=lambda _row: "Vad är viktigast för dig?",
        author=lambda row: (row.author.email, row.author.language, row.author.id) if row.author else None,
        by_review=_by_review(kind),
    )


KINDS = (_kind("leaflet"), _kind("poster"))


def make_leaflet(
    text: str = "Plantera träd", *, dialogue_id: int | None = None, author: Person | None = None, shown: bool = False,
    kind: str = "leaflet", language: str = "sv", secret: bool = False,
) -> Leaflet:  # fmt: skip
    """Something that somebody wrote, waiting or shown, in an open unit."""
    register({Do.READ: (_not_secret,)})
    subjects.register(*KINDS)
    review = reviews.submit(kind, dialogue_id=dialogue_id, language=language, shown=shown)
    db.session().flush()
    _leaflets[review.id] = Leaflet(review, text, author, secret)
    return _leaflets[review.id]
