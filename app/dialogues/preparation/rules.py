"""Who may prepare what, and until when."""

from __future__ import annotations

from typing import Any

from app.dialogues import queries as dialogues
from app.dialogues.preparation import queries
from app.dialogues.preparation.models import CostItem
from app.dialogues.preparation.words import Cost
from app.dialogues.rules import in_stage, is_draft, is_lead, is_not_announced, is_not_over
from app.dialogues.stages import Stage
from app.i18n import lazy as _l
from app.permissions import Action, Actor, Reason, Rules, has_role


class Do(Action):
    ANALYSE = "preparation:analyse"  # who is concerned, how they are reached, what is in their way
    PRICE = "preparation:price"  # what something costs
    ASK_READER = "preparation:ask_reader"
    READ_PURPOSE = "preparation:read_purpose"  # and say whether it is concrete
    FOLLOW_UP = "preparation:follow_up"  # how many came to what was done for a priority group


def has_purpose(_actor: Actor, subject: Any) -> Reason | None:
    row = dialogues.of(subject)
    if row is not None and row.purpose.strip():
        return None
    return Reason("no_purpose", _l("There is no purpose to read yet."))


def is_another(actor: Actor, subject: Any) -> Reason | None:
    """Whoever wrote the purpose does not say that it is concrete."""
    row = dialogues.of(subject)
    author = queries.author_of(row) if row is not None else None
    if author is None or actor.person_id != author:
        return None
    return Reason("author", _l("You wrote this purpose, so somebody else must read it."))


def is_unread(_actor: Actor, subject: Any) -> Reason | None:
    row = dialogues.of(subject)
    if row is None or not queries.is_read(row):
        return None
    return Reason("read", _l("The purpose has been read. It is read again when it is changed."))


def may_still_cost(actor: Actor, subject: Any) -> Reason | None:
    """What the dialogue itself costs is known afterwards; what is discussed has one price from the announcement on."""
    is_discussed = isinstance(subject, CostItem) and subject.kind != Cost.PART
    check = is_not_announced if is_discussed else is_not_over
    return check(actor, subject)


RULES: Rules = {
    Do.ANALYSE: (is_lead, is_not_announced),
    Do.PRICE: (is_lead, may_still_cost),
    Do.ASK_READER: (is_lead, has_purpose, is_draft, is_unread),
    Do.READ_PURPOSE: (has_role(*queries.READERS), has_purpose, is_draft, is_another, is_unread),
    Do.FOLLOW_UP: (is_lead, in_stage(Stage.OPEN, Stage.PAUSED, Stage.CLOSED, Stage.COMPILED)),
}
