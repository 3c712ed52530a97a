"""Who may judge what. The subject is a queries.Item (for a report: what the reporter wants to report)."""

from __future__ import annotations

from typing import Any

from app.i18n import lazy as _l
from app.permissions import Action, Actor, Reason, Role, Rules, has_role, has_role_somewhere
from app.reviews.models import State


class Do(Action):
    QUEUE = "moderation:queue"
    SEE = "moderation:see"
    DECIDE = "moderation:decide"
    REPORT = "moderation:report"


OWN_TEXT = Reason("own_text", _l("You wrote this yourself, so a colleague must decide about it."))


def not_own_text(actor: Actor, item: Any) -> Reason | None:
    """Nobody is the judge of their own text."""
    author = item.author
    if author is None or author[2] is None or author[2] != actor.person_id:
        return None
    return OWN_TEXT


def is_shown(_actor: Actor, item: Any) -> Reason | None:
    if item.review.state == State.SHOWN:
        return None
    return Reason("not_shown", _l("Only what is shown can be reported."))


RULES: Rules = {
    Do.QUEUE: (has_role_somewhere(Role.MODERATOR),),
    Do.SEE: (has_role(Role.MODERATOR),),
    Do.DECIDE: (has_role(Role.MODERATOR), not_own_text),
    Do.REPORT: (is_shown,),
}
