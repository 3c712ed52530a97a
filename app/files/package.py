"""How the files package is hung on the application."""

from flask import Flask

from app.files import store
from app.files.routes import blueprint


def install(app: Flask) -> None:
    """The folder, and the address at which files are fetched."""
    store.keep_in(app.config["SETTINGS"].files_path)
    app.register_blueprint(blueprint)
