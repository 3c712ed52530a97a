"""How the me package is hung on the application."""

from flask import Flask


def install(_app: Flask) -> None:
    """Register what this package has."""
