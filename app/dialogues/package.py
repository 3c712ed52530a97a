"""How dialogues are hung on the application."""

from flask import Flask

from app.dialogues import models  # noqa: F401  # tables


def install(_app: Flask) -> None:
    """Register what this package has."""


def check_slots() -> None:
    """Stop the start where a guard of the life cycle has no answer."""
