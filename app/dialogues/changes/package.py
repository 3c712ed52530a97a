"""How change notes are hung on the application."""

from __future__ import annotations

from flask import Flask

from app import events
from app.dialogues.changes.events import EVENTS
from app.dialogues.changes.models import Part
from app.dialogues.changes.notices import NOTICES
from app.dialogues.changes.texts import SOURCES
from app.dialogues.changes.wording import PART_NAMES
from app.multilingual import sources
from app.notifications import package as notifications


def install(app: Flask) -> None:
    """Register the event, who hears of it, the texts that can be translated, and the words of its mail."""
    app.jinja_env.globals["change_of"] = lambda part: PART_NAMES[Part(part)]
    events.register(*EVENTS)
    sources.register(*SOURCES)
    notifications.add(NOTICES)
