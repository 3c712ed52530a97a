"""How the exports package is hung on the application."""

from flask import Flask

from app import events, permissions
from app.exports import (
    jobs,  # noqa: F401  # its handler
    manage,
    store,
)
from app.exports.events import EVENTS
from app.exports.notices import NOTICES
from app.exports.rules import RULES
from app.notifications import package as notifications


def install(app: Flask) -> None:
    """Register what this package has."""
    store.keep_in(app.config["SETTINGS"].files_path / "exports")
    permissions.register(RULES)
    events.register(*EVENTS)
    notifications.add(NOTICES)
    app.register_blueprint(manage.exports)
