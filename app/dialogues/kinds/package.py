"""How the kinds are hung on the application."""

from __future__ import annotations

from flask import Flask

from app import events, permissions
from app.dialogues.kinds import manage, routes, shown
from app.dialogues.kinds.events import EVENTS
from app.dialogues.kinds.notices import NOTICES
from app.dialogues.kinds.rules import RULES
from app.notifications import package as notifications


def install(app: Flask) -> None:
    """Register rules, events and pages, and let every template say of what kind something is."""
    permissions.register(RULES)
    events.register(*EVENTS)
    notifications.add(NOTICES)
    app.register_blueprint(routes.blueprint)
    app.register_blueprint(manage.blueprint)
    app.jinja_env.globals.update(kind_label=shown.label, list_of_kind=shown.list_of)
