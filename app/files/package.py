"""How the files package is hung on the application."""

from flask import Flask

from app.files import models  # noqa: F401  # tables


def install(_app: Flask) -> None:
    """Register what this package has."""
