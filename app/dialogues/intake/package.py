"""How what is considered before a dialogue is hung on the application."""

from __future__ import annotations

from flask import Flask

from app.dialogues.intake import areas
from app.dialogues.intake.notices import NOTICES
from app.dialogues.intake.routes import blueprint
from app.dialogues.intake.texts import SOURCES
from app.multilingual import sources
from app.notifications import package as notifications


def install(app: Flask) -> None:
    """Take the list of areas; register texts, notices and pages."""
    areas.use(app.config["SETTINGS"].municipality)
    sources.register(*SOURCES)
    notifications.add(NOTICES)
    app.register_blueprint(blueprint)
