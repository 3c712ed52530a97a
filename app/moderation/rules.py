"""Who may judge what. The subject is a queries.Item (for a report: what the reporter wants to report)."""

from __future__ import annotations

from typing import Any

from app.i18n import lazy as _l
from app.permissions import SIGN_IN_FIRST, Action, Actor, Reason, Role, Rules, has_role, needs_role
from app.reviews.models import State


class Do(Action):
    QUEUE = "moderation:queue"
    SEE = "moderation:see"
    DECIDE = "moderation:decide"
    REPORT = "moderation:report"


def moderates_somewhere(actor: Actor, _subject: Any) -> Reason | None:
    if any(grant.role == Role.MODERATOR for grant in actor.grants):
        return None
    return needs_role([Role.MODERATOR]) if actor.is_signed_in else SIGN_IN_FIRST


def not_own_text(actor: Actor, item: Any) -> Reason | None:
    """Nobody is the judge of their own text."""
    author = item.author
    if author is None or author[2] is None or author[2] != actor.person_id:
        return None
    return Reason("own_text", _l("You wrote this yourself, so a colleague must decide about it."))


def is_shown(_actor: Actor, item: Any) -> Reason | None:
    if item.review.state == State.SHOWN:
        return None
    return Reason("not_shown", _l("Only what is shown can be reported."))


RULES: Rules = {
    Do.QUEUE: (moderates_somewhere,),
    Do.SEE: (has_role(Role.MODERATOR),),
    Do.DECIDE: (has_role(Role.MODERATOR), not_own_text),
    Do.REPORT: (is_shown,),
}
