"""How the me package is hung on the application."""

from flask import Flask

from app.me.routes import me


def install(app: Flask) -> None:
    """Register what this package has."""
    app.register_blueprint(me)
