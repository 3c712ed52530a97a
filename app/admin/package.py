"""How the admin package is hung on the application."""

from flask import Flask

from app import events, permissions
from app.admin.events import EVENTS
from app.admin.notices import NOTICES
from app.admin.routes import admin
from app.admin.rules import RULES
from app.notifications import package as notifications


def install(app: Flask) -> None:
    """Register what this package has."""
    permissions.register(RULES)
    events.register(*EVENTS)
    notifications.add(NOTICES)
    app.register_blueprint(admin)
