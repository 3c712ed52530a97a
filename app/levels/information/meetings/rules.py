"""Who may do what with a meeting, and when."""

from __future__ import annotations

from typing import Any

from app import clock
from app.contributions import rules as said
from app.dialogues import rules as dialogues
from app.dialogues.queries import of as dialogue_of
from app.dialogues.stages import PUBLIC_STAGES, Kind, Stage
from app.i18n import lazy as _l
from app.levels.information.meetings.models import Meeting
from app.permissions import Action, Actor, Check, Reason, Role, Rules, any_of, has_role


class Do(Action):
    READ = "meetings:read"
    SIGN_UP = "meetings:sign_up"
    LEAVE = "meetings:leave"  # give one's seat back
    VISIT = "meetings:visit"  # the officials' pages
    WRITE = "meetings:write"
    PUBLISH = "meetings:publish"
    CANCEL = "meetings:cancel"
    REGISTER = "meetings:register"  # sign somebody else up, who called or wrote
    SEE_NAMES = "meetings:see_names"  # of those who have signed up
    TAKE_MINUTES = "meetings:take_minutes"
    ENTER_SAID = "meetings:enter_said"  # what was said there, one line each
    READ_SAID = "meetings:read_said"  # one of these lines


NOT_PUBLISHED = Reason("not_published", _l("This meeting is not published."))
# From the announcement until the dialogue has been looked back on: a meeting may also tell what became of it.
MEETING_STAGES = sorted(PUBLIC_STAGES - {Stage.PAUSED, Stage.CANCELLED, Stage.EVALUATED, Stage.ARCHIVED})


def in_a_dialogue(check: Check) -> Check:
    """Asks the check where there is a dialogue; what belongs to the site passes."""

    def asked(actor: Actor, subject: Any) -> Reason | None:
        return None if subject.dialogue_id is None else check(actor, subject)

    return asked


def is_out(_actor: Actor, row: Meeting) -> Reason | None:
    return None if row.published_at is not None else NOT_PUBLISHED


def writes_here(actor: Actor, subject: Any) -> Reason | None:
    """The lead in a dialogue, communications for the site."""
    role = Role.COMMUNICATIONS if subject.dialogue_id is None else Role.OFFICIAL
    return has_role(role)(actor, subject)


def works_here(actor: Actor, subject: Any) -> Reason | None:
    """Whoever holds a role in the dialogue may read its drafts; for the site, those who write and answer for it."""
    if subject.dialogue_id is None:
        return has_role(Role.COMMUNICATIONS, Role.CONTACT_CENTRE)(actor, subject)
    return dialogues.works_here(actor, subject)


def is_offered(actor: Actor, subject: Any) -> Reason | None:
    return in_a_dialogue(dialogues.offers("meetings"))(actor, subject)


def is_on(_actor: Actor, subject: Any) -> Reason | None:
    """What was called off stays called off."""
    gone = isinstance(subject, Meeting) and subject.cancelled_at is not None
    return Reason("called_off", _l("This meeting has been called off.")) if gone else None


def takes_sign_ups(_actor: Actor, row: Meeting) -> Reason | None:
    return None if row.takes_sign_ups else Reason("just_come", _l("No need to sign up. You are welcome to just come."))


def has_not_begun(_actor: Actor, row: Meeting) -> Reason | None:
    """Half-open, as every time here: at the moment it starts it has begun."""
    if clock.now() < row.starts_at:
        return None
    return Reason("begun", _l("The meeting began on %(starts_at)s.", starts_at=row.starts_at))


def has_begun(actor: Actor, row: Meeting) -> Reason | None:
    if has_not_begun(actor, row) is not None:
        return None
    return Reason("not_begun", _l("The meeting begins on %(starts_at)s.", starts_at=row.starts_at))


def published_and_readable(actor: Actor, row: Meeting) -> Reason | None:
    return is_out(actor, row) or in_a_dialogue(dialogues.may_read)(actor, row)


def is_shown_as_information(_actor: Actor, subject: Any) -> Reason | None:
    """Information that is published: a meeting about it is held, and signing up to it is the one form there is."""
    row = dialogue_of(subject)
    shown = row is not None and row.kind == Kind.INFORMATION and row.stage == Stage.ANNOUNCED
    return None if shown else Reason("information", _l("This information is not shown now, so no meeting is held."))


def takes_what_is_said(actor: Actor, subject: Any) -> Reason | None:
    """What people say at an information meeting is not collected: that would be input, and nothing is open there."""
    return in_a_dialogue(dialogues.may_have_input)(actor, subject)


still_on = in_a_dialogue(dialogues.still_tells)
is_held_now = in_a_dialogue(any_of(is_shown_as_information, dialogues.in_stage(*map(Stage, MEETING_STAGES))))
takes_them_now = in_a_dialogue(dialogues.in_its_time)
may_come = (is_out, is_on, takes_sign_ups, has_not_begun, is_held_now, takes_them_now)
# Those who hold the meeting, and the contact centre that speaks with people.
looks_after_guests: Check = any_of(has_role(Role.CONTACT_CENTRE), writes_here)

RULES: Rules = {
    Do.READ: (any_of(works_here, published_and_readable),),
    Do.SIGN_UP: may_come,
    Do.LEAVE: (is_out, has_not_begun, is_held_now),
    Do.VISIT: (works_here,),
    Do.WRITE: (writes_here, still_on, is_offered, is_on),
    Do.PUBLISH: (writes_here, still_on, is_on),
    Do.CANCEL: (writes_here, is_out, is_on, has_not_begun, still_on),
    Do.REGISTER: (looks_after_guests, *may_come),
    Do.SEE_NAMES: (looks_after_guests,),
    Do.TAKE_MINUTES: (writes_here, is_out, is_on, has_begun, still_on),
    Do.ENTER_SAID: (writes_here, takes_what_is_said, is_out, is_on, has_begun, still_on),
    Do.READ_SAID: said.MAY_READ,
}
