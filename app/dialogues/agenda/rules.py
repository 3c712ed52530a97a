"""Who reads and who keeps the calendar of the bodies. It belongs to no dialogue, so only a role everywhere keeps it."""

from __future__ import annotations

from typing import Any

from app.dialogues.agenda import queries
from app.dialogues.queries import DECIDERS
from app.i18n import lazy as _l
from app.permissions import Action, Actor, Reason, Role, Rules, has_role, has_role_somewhere


class Do(Action):
    LIST = "agenda:list"
    KEEP = "agenda:keep"
    REMOVE = "agenda:remove"


def nothing_is_planned(_actor: Actor, subject: Any) -> Reason | None:
    """No dialogue counts on this meeting."""
    titles = [dialogue.title for dialogue in queries.planned_for([subject])[subject.id]]
    sentence = _l("A dialogue is planned for this meeting: %(dialogues)s. Plan it for another one first.")
    return Reason("planned", sentence.filled(dialogues=titles)) if titles else None


RULES: Rules = {
    Do.LIST: (has_role_somewhere(*DECIDERS),),
    Do.KEEP: (has_role(Role.SECRETARY),),
    Do.REMOVE: (has_role(Role.SECRETARY), nothing_is_planned),
}
