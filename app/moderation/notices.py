"""Who hears of a decision: the author of a text that was hidden or shown again. Others read it in the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app import subjects
from app.events import Event
from app.ladder import Notice, Recipient, nobody
from app.moderation import queries
from app.moderation.events import ItemHidden, ItemReported, ItemRestored, ItemShown
from app.moderation.queries import Item

LONGEST_QUOTE = 300  # characters of the text that are repeated in the mail


def _item(event: Event) -> Item | None:
    review = queries.review(subjects.number(event.subject))
    return None if review is None else queries.items_of([review])[0]


def author(event: Event) -> Iterable[Recipient]:
    """Whoever wrote the text, where that is known."""
    item = _item(event)
    if item is None or item.author is None:
        return ()
    email, language, person_id = item.author
    return (Recipient(email, language, person_id),)


def facts(event: Any) -> Mapping[str, Any]:
    """What the mail says. One line each, so that nothing that somebody wrote looks like a part of the mail."""
    item = _item(event)
    text = " ".join(item.text.split()) if item else ""
    quote = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
    return {
        "quote": quote,
        "context": " ".join(item.context.split()) if item else "",
        "ground": getattr(event, "ground", ""),
        "note": " ".join(event.note.split()),
    }


NOTICES = (
    Notice(ItemHidden, "moderation_hidden", author, facts),
    Notice(ItemRestored, "moderation_restored", author, facts),
    Notice(ItemShown, None, nobody),
    Notice(ItemReported, None, nobody),
)
