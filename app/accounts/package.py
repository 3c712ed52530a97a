"""How accounts are hung on the application."""

from __future__ import annotations

from flask import Flask

from app import events, permissions, subjects
from app.accounts import door, queries, service
from app.accounts import jobs as _mails  # noqa: F401  # registers the handler of one-time mails
from app.accounts.events import EVENTS
from app.accounts.notices import NOTICES
from app.accounts.routes import accounts
from app.accounts.rules import RULES, use_municipality
from app.accounts.subjects import PERSON
from app.permissions import GUEST, ROLE_NAMES, Actor, Role

__all__ = ["NOTICES", "install", "load_actor"]


def install(app: Flask) -> None:
    """Register what this package has."""
    about = app.config["SETTINGS"].municipality
    use_municipality(str(about.get("name", "")), str(about.get("service", "")))
    permissions.register(RULES)
    events.register(*EVENTS)
    subjects.register(PERSON)
    door.manager.init_app(app, add_context_processor=False)
    app.jinja_env.filters.update(role_name=lambda key: ROLE_NAMES[Role(key)])
    app.register_blueprint(accounts)


def load_actor() -> Actor:
    """Whoever the session cookie says; a guest without one. Runs before the unit of a request begins."""
    key = door.key()
    held = queries.holder(key) if key else None
    if held is None:
        return GUEST
    service.touch(held)
    return held.actor
