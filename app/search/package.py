"""How search is hung on the application."""

from flask import Flask

from app.search import listening


def install(_app: Flask) -> None:
    """Index whatever is written."""
    listening.listen()
