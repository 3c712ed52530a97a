"""How the preparation is hung on the application."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

from app import events, permissions
from app.dialogues import plan
from app.dialogues.preparation import goals
from app.dialogues.preparation.events import EVENTS
from app.dialogues.preparation.manage import preparation
from app.dialogues.preparation.notices import NOTICES
from app.dialogues.preparation.rules import RULES
from app.dialogues.preparation.texts import SOURCES
from app.multilingual import sources
from app.notifications import package as notifications


def install(app: Flask) -> None:
    """Register rules, events, texts and pages. Raises NoGoals, or ValueError, for settings that cannot work."""
    municipality: Mapping[str, Any] = app.config["SETTINGS"].municipality
    goals.use(municipality.get("goals", ()))
    plan.use(int(municipality.get("dialogues", {}).get("days_to_compile", plan.DAYS_TO_COMPILE)))
    permissions.register(RULES)
    events.register(*EVENTS)
    sources.register(*SOURCES)
    notifications.add(NOTICES)
    app.register_blueprint(preparation)
