"""How the exports package is hung on the application."""

from flask import Flask

from app.exports import models  # noqa: F401  # tables


def install(_app: Flask) -> None:
    """Register what this package has."""
