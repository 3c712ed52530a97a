"""How what comes after a dialogue is hung on the application."""

from __future__ import annotations

from flask import Flask

from app import events, mail, permissions
from app.dialogues.answers import jobs, manage, routes, service  # noqa: F401  # jobs and routes register themselves
from app.dialogues.answers.events import EVENTS
from app.dialogues.answers.notices import NOTICES
from app.dialogues.answers.rules import RULES
from app.dialogues.answers.service.reminding import plan_reminders
from app.dialogues.answers.service.telling import RECEIPT
from app.dialogues.answers.texts import SOURCES
from app.dialogues.events import DialogueMoved
from app.multilingual import sources
from app.notifications import package as notifications


def install(app: Flask) -> None:
    """Register rules, events, texts and pages; listen to moves, and to what becomes of mails."""
    permissions.register(RULES)
    events.register(*EVENTS)
    sources.register(*SOURCES)
    notifications.add(NOTICES)
    events.on(DialogueMoved)(service.on_move)
    events.on(DialogueMoved)(plan_reminders)
    mail.keep_log(RECEIPT, service.arrived)
    app.register_blueprint(manage.blueprint)
