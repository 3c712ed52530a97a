"""How phases are hung on the application."""

from __future__ import annotations

from flask import Flask

from app import events, permissions
from app.dialogues.phases import manage  # noqa: F401  # its pages are hung on the dialogues' blueprint
from app.dialogues.phases.events import EVENTS
from app.dialogues.phases.notices import NOTICES
from app.dialogues.phases.rules import RULES
from app.dialogues.phases.texts import SOURCES
from app.dialogues.times import window_of
from app.multilingual import sources
from app.notifications import package as notifications


def install(app: Flask) -> None:
    """Register rules, events, who hears of them, the texts that can be translated, and what pages ask of times."""
    app.jinja_env.globals["window_of"] = window_of
    permissions.register(RULES)
    events.register(*EVENTS)
    sources.register(*SOURCES)
    notifications.add(NOTICES)
