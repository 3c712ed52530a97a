"""How what is considered before a dialogue is hung on the application."""

from __future__ import annotations

from flask import Flask

from app import events, permissions, subjects
from app.dialogues.intake import areas, due, manage  # noqa: F401  # its views hang on the same blueprint
from app.dialogues.intake.events import EVENTS
from app.dialogues.intake.notices import NOTICES
from app.dialogues.intake.routes import blueprint
from app.dialogues.intake.rules import RULES
from app.dialogues.intake.subject import CHANGE
from app.dialogues.intake.texts import SOURCES
from app.multilingual import sources
from app.notifications import package as notifications


def install(app: Flask) -> None:
    """Take the list of areas and the days of consideration; register rules, events, subjects, texts and pages."""
    areas.use(app.config["SETTINGS"].municipality)
    due.use(app.config["SETTINGS"].municipality)
    permissions.register(RULES)
    events.register(*EVENTS)
    subjects.register(CHANGE)
    sources.register(*SOURCES)
    notifications.add(NOTICES)
    app.register_blueprint(blueprint)
