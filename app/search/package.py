"""How search is hung on the application."""

from flask import Flask

from app.search import queries, service  # noqa: F401  # with them come the tables


def install(_app: Flask) -> None:
    """Nothing but the index: those who keep it call the service."""
