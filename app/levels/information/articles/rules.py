"""Who may read and write articles, and when."""

from __future__ import annotations

from typing import Any

from app.dialogues import rules as dialogues
from app.i18n import lazy as _l
from app.levels.information.articles.models import Article
from app.permissions import Action, Actor, Check, Reason, Role, Rules, any_of, has_role


class Do(Action):
    READ = "articles:read"
    WRITE = "articles:write"
    PUBLISH = "articles:publish"
    WITHDRAW = "articles:withdraw"
    VISIT = "articles:visit"  # the officials' pages


NOT_PUBLISHED = Reason("not_published", _l("This page is not published."))


def is_out(_actor: Actor, row: Article) -> Reason | None:
    return None if row.published_at is not None and row.withdrawn_at is None else NOT_PUBLISHED


def in_a_dialogue(check: Check) -> Check:
    """Asks the check where there is a dialogue; what belongs to the site passes."""

    def asked(actor: Actor, subject: Any) -> Reason | None:
        return None if subject.dialogue_id is None else check(actor, subject)

    return asked


def published_and_readable(actor: Actor, row: Article) -> Reason | None:
    return is_out(actor, row) or in_a_dialogue(dialogues.may_read)(actor, row)


def writes_here(actor: Actor, subject: Any) -> Reason | None:
    """The lead in a dialogue, communications for the site."""
    role = Role.COMMUNICATIONS if subject.dialogue_id is None else Role.OFFICIAL
    return has_role(role)(actor, subject)


def works_here(actor: Actor, subject: Any) -> Reason | None:
    """Whoever holds a role in the dialogue may read its drafts; for the site, those who write for it."""
    return writes_here(actor, subject) if subject.dialogue_id is None else dialogues.works_here(actor, subject)


def is_offered(actor: Actor, subject: Any) -> Reason | None:
    """A dialogue with a level offers articles; so does the site."""
    return in_a_dialogue(dialogues.offers("articles"))(actor, subject)


def is_not_withdrawn(_actor: Actor, subject: Any) -> Reason | None:
    gone = isinstance(subject, Article) and subject.withdrawn_at is not None
    return Reason("withdrawn", _l("This page has been withdrawn.")) if gone else None


still_on = in_a_dialogue(dialogues.still_tells)

RULES: Rules = {
    Do.READ: (any_of(works_here, published_and_readable),),
    Do.WRITE: (writes_here, still_on, is_offered, is_not_withdrawn),
    Do.PUBLISH: (writes_here, still_on, is_not_withdrawn),
    Do.WITHDRAW: (writes_here, is_out),
    Do.VISIT: (works_here,),
}
