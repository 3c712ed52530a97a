"""Who may do what with boxes and suggestions, and when."""

from __future__ import annotations

from typing import Any

from app.contributions import rules as texts
from app.contributions.models import Contribution
from app.dialogues import rules as dialogues
from app.i18n import lazy as _l
from app.levels.consultation.suggestions import queries
from app.levels.consultation.suggestions.models import SuggestionBox
from app.moderation.rules import OWN_TEXT
from app.permissions import Action, Actor, Check, Reason, Role, Rules, any_of, has_role


class Do(Action):
    READ = "suggestions:read"  # a box
    READ_SUGGESTION = "suggestions:read_suggestion"
    SEND = "suggestions:send"
    REGISTER = "suggestions:register"  # for somebody who wrote on paper or called
    SUPPORT = "suggestions:support"  # and take it back
    OPEN_BOX = "suggestions:open_box"
    CHANGE_BOX = "suggestions:change_box"
    SHUT_BOX = "suggestions:shut_box"
    OPEN_AGAIN = "suggestions:open_again"
    VISIT = "suggestions:visit"  # the officials' pages
    SEE_CASE = "suggestions:see_case"
    HANDLE = "suggestions:handle"  # take, give, move to another matter, note
    ANSWER = "suggestions:answer"  # give a status
    RELEASE = "suggestions:release"


def in_a_dialogue(check: Check) -> Check:
    """Asks the check where there is a dialogue; what belongs to the site passes."""

    def asked(actor: Actor, subject: Any) -> Reason | None:
        return None if subject.dialogue_id is None else check(actor, subject)

    return asked


def is_not_shut(_actor: Actor, subject: Any) -> Reason | None:
    """The box's own setting, beside the dialogue's stage."""
    row = queries.box_of(subject) if isinstance(subject, Contribution) else subject
    if row.shut_at is None:
        return None
    return Reason("shut", _l("No suggestions are taken in for now: %(reason)s", reason=row.shut_because))


def is_shut(_actor: Actor, row: SuggestionBox) -> Reason | None:
    return Reason("not_shut", _l("Suggestions are taken in.")) if row.shut_at is None else None


def is_offered(actor: Actor, subject: Any) -> Reason | None:
    return in_a_dialogue(dialogues.offers("suggestions"))(actor, subject)


def waits(_actor: Actor, row: Contribution) -> Reason | None:
    return None if row.is_waiting else Reason("decided", _l("Somebody has decided already whether this is public."))


def is_not_own(actor: Actor, row: Contribution) -> Reason | None:
    """Nobody lets out what they have written themselves."""
    return OWN_TEXT if row.person_id is not None and row.person_id == actor.person_id else None


def opens_here(actor: Actor, subject: Any) -> Reason | None:
    """The lead in a dialogue; for the site an official or communications, everywhere."""
    roles = (Role.OFFICIAL, Role.COMMUNICATIONS) if subject.dialogue_id is None else (Role.OFFICIAL,)
    return has_role(*roles)(actor, subject)


def works_here(actor: Actor, subject: Any) -> Reason | None:
    """Whoever holds a role in the dialogue; for the site, those who write, answer and judge there."""
    if subject is not None and subject.dialogue_id is not None:
        return dialogues.works_here(actor, subject)
    return has_role(Role.OFFICIAL, Role.CONTACT_CENTRE, Role.COMMUNICATIONS, Role.MODERATOR)(actor, subject)


handles = has_role(Role.OFFICIAL)
sees_cases = has_role(*queries.HANDLERS)
is_open: Check = in_a_dialogue(dialogues.takes_input)
still_on: Check = in_a_dialogue(dialogues.is_not_over)

RULES: Rules = {
    Do.READ: (in_a_dialogue(dialogues.may_read),),
    Do.READ_SUGGESTION: (any_of(sees_cases, *texts.MAY_READ),),
    Do.SEND: (is_not_shut, is_open),
    Do.REGISTER: (sees_cases, is_not_shut, is_open),
    Do.SUPPORT: (texts.is_public, is_not_shut, is_open),
    Do.OPEN_BOX: (opens_here, still_on, is_offered),
    Do.CHANGE_BOX: (opens_here, still_on),
    Do.SHUT_BOX: (opens_here, still_on, is_not_shut),
    Do.OPEN_AGAIN: (opens_here, still_on, is_shut),
    Do.VISIT: (works_here,),
    Do.SEE_CASE: (sees_cases,),
    Do.HANDLE: (handles, still_on),
    Do.ANSWER: (handles, still_on),
    Do.RELEASE: (any_of(handles, texts.moderates), still_on, waits, is_not_own),
}
