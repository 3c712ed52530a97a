"""How the multilingual package is hung on the application."""

from flask import Flask

from app import events, permissions
from app.multilingual.events import EVENTS
from app.multilingual.notices import NOTICES
from app.multilingual.routes import blueprint
from app.multilingual.rules import RULES

__all__ = ["NOTICES", "install"]


def install(app: Flask) -> None:
    """The translators' desk."""
    permissions.register(RULES)
    events.register(*EVENTS)
    app.register_blueprint(blueprint)
