"""How the site's own pages are hung on the application."""

from __future__ import annotations

from dataclasses import replace

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


def about_in(app: Flask) -> Municipality:
    """Name, service and contact of the municipality that this application serves."""
    found: Municipality = app.extensions[KEY]
    return found
