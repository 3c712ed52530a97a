"""Who may do what with larger changes and with the topics that residents propose."""

from __future__ import annotations

from app.dialogues.intake.models import ProposedTopic
from app.i18n import lazy as _l
from app.permissions import SIGN_IN_FIRST, Action, Actor, Reason, Role, Rules, any_of, anyone, has_role

FOLLOW = (Role.OFFICIAL, Role.SECRETARY, Role.ELECTED)  # who follows which larger changes are to be decided
JUDGE = (Role.MODERATOR, Role.OFFICIAL)  # who reads a topic before it is shown


class Do(Action):
    SEE_CHANGES = "intake:see_changes"
    FLAG = "intake:flag"  # a case as a larger change, and change what it says
    CONSIDER = "intake:consider"  # write down whether a dialogue was considered
    SEND_TOPIC = "intake:send_topic"
    READ_TOPIC = "intake:read_topic"
    HANDLE_TOPICS = "intake:handle_topics"  # the officials' pages of all topics
    ANSWER_TOPIC = "intake:answer_topic"


def is_shown(_actor: Actor, row: ProposedTopic) -> Reason | None:
    if row.is_public:
        return None
    return Reason("waiting", _l("This topic is shown when a moderator has read it."))


def is_own(actor: Actor, row: ProposedTopic) -> Reason | None:
    if actor.person_id is not None and row.person_id == actor.person_id:
        return None
    return (
        Reason("author", _l("Only the one who proposed the topic does this.")) if actor.is_signed_in else SIGN_IN_FIRST
    )


def is_not_own(actor: Actor, row: ProposedTopic) -> Reason | None:
    """Nobody answers for the municipality what they have asked of it themselves."""
    if row.person_id is None or row.person_id != actor.person_id:
        return None
    return Reason("own_topic", _l("You proposed this topic yourself, so a colleague must answer it."))


RULES: Rules = {
    Do.SEE_CHANGES: (has_role(*FOLLOW),),
    Do.FLAG: (has_role(Role.OFFICIAL),),
    Do.CONSIDER: (has_role(Role.OFFICIAL, Role.SECRETARY),),
    Do.SEND_TOPIC: (anyone,),
    Do.READ_TOPIC: (any_of(has_role(*JUDGE), is_own, is_shown),),
    Do.HANDLE_TOPICS: (has_role(Role.OFFICIAL),),
    Do.ANSWER_TOPIC: (has_role(Role.OFFICIAL), is_not_own),
}
