"""How the site's own pages are hung on the application."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, request

from app import i18n


def install(_app: Flask) -> None:
    """Register what this package has."""


def language_row() -> list[dict[str, Any]]:
    """The same page in every language, for the language row and hreflang."""
    path = request.path
    return [
        {
            "code": language.code,
            "tag": language.tag,
            "dir": language.dir,
            "name": language.endonym,
            "href": (f"/{language.prefix}" if language.prefix else "") + path,
            "current": language == i18n.current(),
        }
        for language in i18n.shipped()
    ]


def about() -> Any:
    """Name, service and contact of the municipality."""
    return current_app.config["SETTINGS"].municipality


def main_menu() -> list[dict[str, Any]]:
    """The main menu."""
    return []
