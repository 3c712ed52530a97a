"""How supports are hung on the application."""

from flask import Flask

from app.supports import jobs  # noqa: F401  # registered by being imported


def install(_app: Flask) -> None:
    """Nothing but the job: methods have their own pages, rules and events for it."""
