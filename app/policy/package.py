"""How the guideline is hung on the application."""

from __future__ import annotations

from flask import Flask

from app import events, permissions
from app.multilingual import sources
from app.notifications import package as notifications
from app.policy import manage  # noqa: F401  # its pages
from app.policy.events import EVENTS
from app.policy.notices import NOTICES
from app.policy.routes import blueprint
from app.policy.rules import RULES
from app.policy.texts import SOURCES


def install(app: Flask) -> None:
    """Register rules, events, texts and pages."""
    permissions.register(RULES)
    events.register(*EVENTS)
    sources.register(*SOURCES)
    notifications.add(NOTICES)
    app.register_blueprint(blueprint)
