"""How the papers are hung on the application."""

from __future__ import annotations

from flask import Flask

from app import permissions
from app.dialogues.papers import manage  # noqa: F401  # its pages
from app.dialogues.papers.routes import blueprint
from app.dialogues.papers.rules import RULES


def install(app: Flask) -> None:
    """Register the rule and the pages."""
    permissions.register(RULES)
    app.register_blueprint(blueprint)
