"""Cards: what the dialogue page and lists show of one thing that a method offers. The method keeps its own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete

from app import db
from app.dialogues.models import Card
from app.dialogues.rules import Do
from app.permissions import SYSTEM, require


def keep_card(  # noqa: PLR0913  # a card has that many columns, each named by its caller
    subject: str,
    *,
    dialogue_id: int,
    method: str,
    title: str,
    sentence: str,
    endpoint: str,
    values: dict[str, Any],
    is_input: bool,
    result_endpoint: str | None = None,
    responses: int | None = None,
    minutes: int | None = None,
    held_at: datetime | None = None,
    position: int = 0,
) -> Card:
    """Write the card of `subject` ("survey:3"), new or again, in the open unit. Texts are the Swedish source.

    `endpoint` and `values` are where it leads, `result_endpoint` (with the same values) where its result is shown.
    An empty `sentence` lets the page say the method's invitation, in the reader's language. `responses` is from the
    latest snapshot, None where nothing is counted; `minutes` is about how long it takes; `held_at`: when it takes
    place, where it has a time of its own; `is_input`: one can do something there, else one reads.
    Raises Refusal for a new card of a method that the dialogue's level does not offer, or before a level is chosen.
    """
    session = db.session()
    card = session.get(Card, subject)
    if card is None:
        card = Card(subject=subject, dialogue_id=dialogue_id, method=method)
        require(SYSTEM, Do.OFFER, card)
        session.add(card)
    card.title, card.sentence = title[:160], sentence[:400]
    card.endpoint, card.values, card.result_endpoint, card.is_input = endpoint, values, result_endpoint, is_input
    card.responses, card.minutes, card.held_at, card.position = responses, minutes, held_at, position
    session.flush()
    return card


def drop_card(subject: str) -> None:
    """Take the card of `subject` away, if there is one."""
    db.session().execute(delete(Card).where(Card.subject == subject))
