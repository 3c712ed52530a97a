"""How accounts are hung on the application."""

from flask import Flask, session

from app.accounts import queries
from app.permissions import GUEST, Actor


def install(_app: Flask) -> None:
    """Register what this package has."""


def load_actor() -> Actor:
    """Whoever the session cookie says; a guest without one."""
    key = session.get("_user_id")
    held = queries.holder(key) if key else None
    return held.actor if held else GUEST
