"""Who plans the phases of a dialogue, and tells what came of each."""

from __future__ import annotations

from typing import Any

from app.dialogues import queries
from app.dialogues.rules import NO_DIALOGUE, before_it_closes, is_lead, is_not_over
from app.dialogues.stages import PUBLIC_STAGES, Stage
from app.i18n import lazy as _l
from app.permissions import Action, Actor, Reason, Role, Rules, has_role


class Do(Action):
    PLAN = "phases:plan"  # phases, and the times of things
    TELL = "phases:tell"  # write the feedback from a phase


def has_time_plan(_actor: Actor, subject: Any) -> Reason | None:
    """Phases lie within the dialogue, so its own times come first."""
    row = queries.of(subject)
    if row is None:
        return NO_DIALOGUE
    if row.opens_at is not None and row.closes_at is not None:
        return None
    return Reason("no_plan", _l("Make the time plan of the dialogue first: its phases lie within it."))


def is_not_called_off(_actor: Actor, subject: Any) -> Reason | None:
    row = queries.of(subject)
    called_off = row is not None and row.stage == Stage.CANCELLED
    return Reason("cancelled", _l("This dialogue has been called off.")) if called_off else None


def is_announced(stage: str) -> bool:
    """Whether the times have been told to everyone, so that nothing closes earlier than they say."""
    return stage in PUBLIC_STAGES


RULES: Rules = {
    Do.PLAN: (is_lead, before_it_closes, has_time_plan),
    Do.TELL: (has_role(Role.OFFICIAL, Role.COMMUNICATIONS), is_not_over, is_not_called_off),
}
