"""Who may propose, and who records, a change of what the body has decided about."""

from __future__ import annotations

from typing import Any

from app.dialogues import queries
from app.dialogues.amendments.models import ProposedChange, State
from app.dialogues.rules import in_stage, is_citizen_dialogue, is_lead, is_not_author, is_secretary
from app.dialogues.stages import Stage
from app.i18n import lazy as _l
from app.permissions import Action, Actor, Check, Reason, Rules


class Do(Action):
    PROPOSE = "amendments:propose"  # the subject is the dialogue
    WRITE = "amendments:write"  # from here on it is the proposed change
    PUT = "amendments:put"
    WITHDRAW = "amendments:withdraw"
    DECIDE = "amendments:decide"


# While residents take part, or are going to, the body may change anything that it has decided about; afterwards only
# which body answers for it: what came in came in under a promise.
WHOLE = (Stage.DECIDED, Stage.ANNOUNCED, Stage.OPEN, Stage.PAUSED)
ONLY_THE_BODY = (Stage.CLOSED, Stage.COMPILED, Stage.HANDED_OVER)


def amendable(actor: Actor, subject: Any) -> Reason | None:
    """A body has decided about it, and it has not been handed over for good."""
    return is_citizen_dialogue(actor, subject) or in_stage(*WHOLE, *ONLY_THE_BODY)(actor, subject)


def state_is(*states: State) -> Check:
    """Passes while the proposed change is in one of these states."""

    def check(_actor: Actor, subject: Any) -> Reason | None:
        if isinstance(subject, ProposedChange) and subject.state in states:
            return None
        return Reason("state", _l("The proposed change has come further, or has been taken back."))

    return check


def is_not_drafter(actor: Actor, subject: Any) -> Reason | None:
    """Whoever drafted a change does not enter what the body decided about it."""
    drafter = subject.drafted_by if isinstance(subject, ProposedChange) else None
    sentence = _l("You drafted this change, so somebody else must record what the body decides about it.")
    return None if drafter is None or actor.person_id != drafter else Reason("drafter", sentence)


def may_change(dialogue: Any, key: str) -> bool:
    """Whether the body may still change this part, at the stage where its dialogue is."""
    row = queries.of(dialogue)
    return row is not None and (row.stage in WHOLE or (row.stage in ONLY_THE_BODY and key == "body_key"))


RULES: Rules = {
    Do.PROPOSE: (is_lead, amendable),
    Do.WRITE: (is_lead, amendable, state_is(State.DRAFT)),
    Do.PUT: (is_lead, amendable, state_is(State.DRAFT)),
    Do.WITHDRAW: (is_lead, state_is(State.DRAFT, State.PUT)),
    Do.DECIDE: (is_secretary, is_not_author, is_not_drafter, amendable, state_is(State.PUT)),
}
