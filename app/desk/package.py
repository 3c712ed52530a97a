"""How the desk is hung on the application."""

from __future__ import annotations

from flask import Flask

from app import ladder
from app.desk.routes import desk
from app.dialogues import queries, slots
from app.ladder import Missing


def install(app: Flask) -> None:
    """Hang up the pages, and answer the guards that the dialogues cannot answer themselves."""
    app.register_blueprint(desk)
    slots.fill("methods_ready", methods_lack)
    slots.fill("methods_settled", methods_unsettled)


def methods_lack(dialogue_id: int) -> list[Missing]:
    """What the methods that a dialogue uses (those with a card in it) say is missing before it may be announced."""
    return [lack for method in _used(dialogue_id) for lack in method.ready(dialogue_id)]


def methods_unsettled(dialogue_id: int) -> list[Missing]:
    """What they say must be done before its result may be published."""
    return [lack for method in _used(dialogue_id) for lack in method.settled(dialogue_id)]


def _used(dialogue_id: int) -> list[ladder.Method]:
    used = {card.method for card in queries.cards_of(dialogue_id)}
    return [method for method in ladder.methods() if method.key in used]
