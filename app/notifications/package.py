"""How notices are hung on the application: event → who hears → mail, planned in the emitter's transaction."""

from flask import Flask

from app import events
from app.ladder import Notice
from app.notifications import jobs, service  # noqa: F401


def install(_app: Flask) -> None:
    """Listen to every event; what many hear of is planned by the worker."""
    events.on(events.Event)(service.tell)


def add(notices: tuple[Notice, ...]) -> None:
    """Take in the notices of a method or a package."""
    service.add(notices)
