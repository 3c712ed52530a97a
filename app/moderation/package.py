"""How the moderation package is hung on the application."""

from flask import Flask

from app.moderation import models  # noqa: F401  # tables


def install(_app: Flask) -> None:
    """Register what this package has."""
