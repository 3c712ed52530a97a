"""How the calendar of the bodies is hung on the application."""

from __future__ import annotations

from flask import Flask

from app import events, permissions
from app.dialogues.agenda.events import EVENTS
from app.dialogues.agenda.manage import agenda
from app.dialogues.agenda.notices import NOTICES
from app.dialogues.agenda.rules import RULES
from app.notifications import package as notifications


def install(app: Flask) -> None:
    """Register rules, events, notices and pages."""
    permissions.register(RULES)
    events.register(*EVENTS)
    notifications.add(NOTICES)
    app.register_blueprint(agenda)
