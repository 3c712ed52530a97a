"""How duties are hung on the application."""

from __future__ import annotations

from flask import Flask

from app import events, permissions
from app.dialogues.duties.events import EVENTS
from app.dialogues.duties.manage import blueprint
from app.dialogues.duties.notices import NOTICES
from app.dialogues.duties.rules import RULES
from app.notifications import package as notifications


def install(app: Flask) -> None:
    """Register rules, events and the page."""
    permissions.register(RULES)
    events.register(*EVENTS)
    notifications.add(NOTICES)
    app.register_blueprint(blueprint)
