"""How the command line is hung on the application."""

from flask import Flask


def install(_app: Flask) -> None:
    """Register the commands."""
