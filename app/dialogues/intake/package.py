"""How what is considered before a dialogue is hung on the application."""

from __future__ import annotations

from flask import Flask

from app import events, permissions, subjects
from app.accounts import contributions
from app.dialogues import receipts
from app.dialogues.intake import areas, due, jobs, manage, neutral, queries  # noqa: F401  # handlers; views of the blueprint
from app.dialogues.intake.events import EVENTS
from app.dialogues.intake.notices import NOTICES
from app.dialogues.intake.routes import blueprint
from app.dialogues.intake.rules import RULES
from app.dialogues.intake.subject import CHANGE, SECTION, TOPIC
from app.dialogues.intake.texts import SOURCES
from app.multilingual import sources
from app.notifications import package as notifications


def install(app: Flask) -> None:
    """Take what the settings say; register rules, events, subjects, texts and pages."""
    areas.use(app.config["SETTINGS"].municipality)
    neutral.use(app.config["SETTINGS"].municipality)
    due.use(app.config["SETTINGS"].municipality)
    permissions.register(RULES)
    events.register(*EVENTS)
    subjects.register(CHANGE, TOPIC)
    contributions.register(SECTION)
    receipts.register(queries.where)
    sources.register(*SOURCES)
    notifications.add(NOTICES)
    app.register_blueprint(blueprint)
