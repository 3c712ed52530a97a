"""How changes by decision are hung on the application."""

from __future__ import annotations

from flask import Flask

from app import events, permissions
from app.dialogues.amendments.events import EVENTS
from app.dialogues.amendments.manage import amendments
from app.dialogues.amendments.notices import NOTICES
from app.dialogues.amendments.routes import decided
from app.dialogues.amendments.rules import RULES
from app.notifications import package as notifications


def install(app: Flask) -> None:
    """Register rules, events, notices and pages."""
    permissions.register(RULES)
    events.register(*EVENTS)
    notifications.add(NOTICES)
    app.register_blueprint(amendments)
    app.register_blueprint(decided)
