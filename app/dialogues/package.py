"""How dialogues are hung on the application."""

from __future__ import annotations

from flask import Flask

from app import events, permissions, subjects
from app.dialogues import bodies, manage, slots
from app.dialogues.agenda import package as agenda
from app.dialogues.amendments import package as amendments
from app.dialogues.changes import package as changes
from app.dialogues.duties import package as duties
from app.dialogues.evaluation import package as evaluation
from app.dialogues.events import EVENTS
from app.dialogues.intake import package as intake
from app.dialogues.kinds import package as kinds
from app.dialogues.notices import NOTICES
from app.dialogues.papers import package as papers
from app.dialogues.phases import package as phases
from app.dialogues.routes import blueprint
from app.dialogues.rules import RULES
from app.dialogues.subject import DIALOGUE
from app.dialogues.texts import SOURCES
from app.multilingual import sources
from app.notifications import package as notifications

# What belongs to the life cycle and has rooms of its own.
PARTS = (agenda, amendments, changes, duties, evaluation, intake, papers, phases)


def install(app: Flask) -> None:
    """Register rules, events, subjects and pages, and the list of bodies."""
    bodies.use(app.config["SETTINGS"].municipality["bodies"])
    permissions.register(RULES)
    events.register(*EVENTS)
    subjects.register(DIALOGUE)
    sources.register(*SOURCES)
    notifications.add(NOTICES)
    kinds.install(app)
    app.register_blueprint(blueprint)
    app.register_blueprint(manage.decisions.decisions)
    for part in PARTS:
        part.install(app)


def check_slots() -> None:
    """Stop the start where a guard of the life cycle has no answer. Raises SlotEmpty."""
    empty = slots.empty()
    if empty:
        raise slots.SlotEmpty(", ".join(f"{name} ({slots.SLOTS[name]})" for name in empty))
