"""How the moderation package is hung on the application."""

from flask import Flask

from app import events, permissions, subjects
from app.i18n import lazy as _l
from app.moderation import (
    grounds,
    manage,  # noqa: F401  # its views hang on the same blueprint
    notices,
    queries,
    routes,
    rules,
)
from app.moderation.events import EVENTS
from app.notifications import service as notifications

REVIEWABLE = subjects.Subject(
    kind="reviewable",
    name=_l("Text to judge"),
    read=rules.Do.SEE,
    load=queries.review,
    title=lambda row: str(_l("Text %(number)s", number=row.id)),
    address=lambda row: ("moderation.item", {"reviewable_id": row.id}),
    visible_to=queries.visible_to,
)


def install(app: Flask) -> None:
    """Register what this package has."""
    permissions.register(rules.RULES)
    events.register(*EVENTS)
    subjects.register(REVIEWABLE)
    notifications.add(notices.NOTICES)
    app.register_blueprint(routes.moderation)
    app.jinja_env.filters["rule_sentence"] = _rule_sentence  # mails carry the key and say it in the reader's language


def _rule_sentence(key: str) -> str:
    return str(grounds.named(key).sentence)
