"""How evaluations are hung on the application."""

from __future__ import annotations

from flask import Flask

from app import events, permissions
from app.dialogues.evaluation import (
    jobs,  # noqa: F401  # its handler and subscriber
    manage,  # noqa: F401  # the officials' pages, on the same blueprint
    retention,
)
from app.dialogues.evaluation.events import EVENTS
from app.dialogues.evaluation.notices import NOTICES
from app.dialogues.evaluation.routes import blueprint
from app.dialogues.evaluation.rules import RULES
from app.dialogues.evaluation.texts import SOURCES
from app.multilingual import sources
from app.notifications import package as notifications


def install(app: Flask) -> None:
    """Register rules, events, texts and pages, and the classes of the retention plan."""
    retention.use(app.config["SETTINGS"].municipality)
    permissions.register(RULES)
    events.register(*EVENTS)
    sources.register(*SOURCES)
    notifications.add(NOTICES)
    app.register_blueprint(blueprint)
