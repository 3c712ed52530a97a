"""Who may see which dialogues, as rows; `rules.may_read` says the same of one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, or_, select

from app.dialogues.models import Dialogue
from app.dialogues.stages import PUBLIC_STAGES
from app.permissions import Actor


def may_see_all(actor: Actor, dialogue_id: int) -> bool:
    """Whether the actor works with this dialogue: a role everywhere, or in it, whichever role it is."""
    return any(grant.dialogue_id in (None, dialogue_id) for grant in actor.grants)


def visible_to(actor: Actor) -> Select[Any]:
    """The dialogues that the actor may read: the public ones, and those that they work with."""
    if any(grant.dialogue_id is None for grant in actor.grants):
        return select(Dialogue)
    own = {grant.dialogue_id for grant in actor.grants if grant.dialogue_id is not None}
    public = Dialogue.stage.in_(sorted(PUBLIC_STAGES))
    return select(Dialogue).where(or_(public, Dialogue.id.in_(own)) if own else public)
