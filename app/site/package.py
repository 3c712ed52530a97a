"""How the site's own pages are hung on the application."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Flask

from app.site import brand, municipality
from app.site.brand import BrandError
from app.site.menus import account_menu, foot_menu, language_row, main_menu
from app.site.municipality import Municipality, MunicipalityError
from app.site.routes import site

__all__ = [
    "BrandError",
    "MunicipalityError",
    "about_in",
    "account_menu",
    "foot_menu",
    "install",
    "language_row",
    "main_menu",
]
KEY = "municipality"
# Doors that every page links to and that are being built; the rest of the house can be seen meanwhile.
BEING_BUILT = {"dialogues.index", "dialogues.show", "dialogues.feedback"}


def install(app: Flask) -> None:
    """Read the municipality and hang up the pages.

    Raises MunicipalityError or BrandError, with a sentence for whoever starts the service.
    """
    settings = app.config["SETTINGS"].municipality
    about = municipality.read(settings)
    if about.logo_file is not None:
        about = replace(about, logo="/logo.svg")
    app.extensions[KEY] = about
    app.extensions["brand"] = brand.make(settings.get("colours", {}))
    app.register_blueprint(site)
    app.url_build_error_handlers.append(_not_built_yet)


def _not_built_yet(problem: Exception, endpoint: str, _values: dict[str, Any]) -> str:
    if endpoint in BEING_BUILT:
        return "/"
    raise problem


def about_in(app: Flask) -> Municipality:
    """Name, service and contact of the municipality that this application serves."""
    found: Municipality = app.extensions[KEY]
    return found
