"""A kind of contribution as something that one can point at and judge."""

from __future__ import annotations

from collections.abc import Callable

from app.contributions import queries
from app.contributions.models import Contribution
from app.i18n import LazyText
from app.permissions import Action
from app.subjects import Address, Author, Subject

TITLE = 80  # characters of a text that name it


def author_of(row: Contribution) -> Author | None:
    """The account that it was written with."""
    return None if row.person is None else (row.person.email, row.person.language, row.person.id)


def title_of(row: Contribution) -> str:
    """A few words to know it by: its beginning."""
    words = " ".join((row.text or "").split())
    return words if len(words) <= TITLE else words[: TITLE - 1].rstrip() + "…"


def subject(
    kind: str,
    *,
    name: LazyText,
    read: Action,
    address: Callable[[Contribution], Address],
    context: Callable[[Contribution], str],
    author: Callable[[Contribution], Author | None] = author_of,
) -> Subject:
    """The Subject of a kind of contributions. `context` says in words where it stands; the rule for `read` is
    `rules.MAY_READ`, with what the method adds."""
    return Subject(
        kind=kind,
        name=name,
        read=read,
        load=queries.contribution,
        title=title_of,
        address=address,
        visible_to=lambda actor: queries.visible_to(actor, kind),
        index_text=lambda row: row.text or "",
        personal_data=lambda person_id: queries.personal_data(person_id, kind),
        text=queries.whole_text,
        context=context,
        author=author,
        by_review=queries.by_review,
    )
