"""How dialogues are hung on the application."""

from __future__ import annotations

from flask import Flask

from app import events, permissions, subjects
from app.dialogues import bodies, manage, slots
from app.dialogues.events import EVENTS
from app.dialogues.notices import NOTICES
from app.dialogues.routes import blueprint
from app.dialogues.rules import RULES
from app.dialogues.subject import DIALOGUE
from app.dialogues.texts import SOURCES
from app.multilingual import sources
from app.notifications import package as notifications


def install(app: Flask) -> None:
    """Register rules, events, subjects and pages, and the list of bodies."""
    bodies.use(app.config["SETTINGS"].municipality["bodies"])
    permissions.register(RULES)
    events.register(*EVENTS)
    subjects.register(DIALOGUE)
    sources.register(*SOURCES)
    notifications.add(NOTICES)
    app.register_blueprint(blueprint)
    app.register_blueprint(manage.decisions.decisions)


def check_slots() -> None:
    """Stop the start where a guard of the life cycle has no answer. Raises SlotEmpty."""
    empty = slots.empty()
    if empty:
        raise slots.SlotEmpty(", ".join(f"{name} ({slots.SLOTS[name]})" for name in empty))
