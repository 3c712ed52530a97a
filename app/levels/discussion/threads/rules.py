"""Who may do what with a thread and its posts at which stages. The time to change a post is data too."""

from __future__ import annotations

from typing import Any

from app.contributions import queries as contributions
from app.contributions import rules as posts
from app.contributions.rules import is_author, is_not_hidden, is_not_removed, moderates
from app.dialogues import rules as dialogues
from app.dialogues.queries import of as dialogue_of
from app.dialogues.rules import before_it_closes, is_lead, is_not_over, may_read, offers, takes_input, works_here
from app.dialogues.stages import Stage
from app.i18n import lazy as _l
from app.levels.discussion.threads.models import Starts, Thread
from app.levels.discussion.threads.queries import starts_in
from app.permissions import Action, Actor, Check, Reason, Rules, any_of, signed_in


class Do(Action):
    READ = "threads:read"
    READ_POST = "threads:read_post"
    WRITE = "threads:write"  # a post in a thread
    ANSWER = "threads:answer"  # a post
    CHANGE_POST = "threads:change_post"
    REMOVE_POST = "threads:remove_post"
    START = "threads:start"
    PROPOSE = "threads:propose"  # start a thread as a resident, where the lead lets them
    SET_RULE = "threads:set_rule"  # who starts threads here
    CHANGE = "threads:change"
    WITHDRAW = "threads:withdraw"
    LOCK = "threads:lock"
    UNLOCK = "threads:unlock"
    CONCLUDE = "threads:conclude"
    VISIT = "threads:visit"  # the officials' pages


RUNNING = (Stage.ANNOUNCED, Stage.OPEN, Stage.PAUSED)
AFTER = (Stage.CLOSED, Stage.COMPILED, Stage.HANDED_OVER, Stage.RESOLVED, Stage.FED_BACK)


def is_kept(_actor: Actor, subject: Any) -> Reason | None:
    gone = isinstance(subject, Thread) and subject.withdrawn_at is not None
    return Reason("withdrawn", _l("This thread has been taken away.")) if gone else None


def is_unlocked(_actor: Actor, subject: Thread) -> Reason | None:
    if subject.locked_at is None:
        return None
    return Reason("locked", _l("This thread is locked: %(reason)s", reason=subject.lock_reason))


def is_locked(_actor: Actor, subject: Thread) -> Reason | None:
    return None if subject.locked_at is not None else Reason("unlocked", _l("This thread is not locked."))


def has_no_conclusion(_actor: Actor, subject: Thread) -> Reason | None:
    if subject.concluded_at is None:
        return None
    return Reason("concluded", _l("This thread has a conclusion, so it is not opened again."))


def is_unwritten(_actor: Actor, subject: Thread) -> Reason | None:
    """Nobody's words disappear with a thread."""
    if not contributions.has_any(subject.id):
        return None
    return Reason("written", _l("Somebody has written in this thread, so it stays. It can be locked."))


def has_ended(actor: Actor, subject: Thread) -> Reason | None:
    """Nobody can write any more: the dialogue has closed, or the thread is locked."""
    if subject.locked_at is not None or dialogues.in_stage(*AFTER)(actor, subject) is None:
        return None
    sentence = _l("People can still write here. Lock the thread first, or wait until the dialogue closes.")
    return Reason("running", sentence)


def residents_may_start(_actor: Actor, subject: Any) -> Reason | None:
    """The lead of the dialogue lets them."""
    row = dialogue_of(subject)
    if row is not None and starts_in(row.id) is not Starts.LEADS:
        return None
    return Reason("leads_start", _l("In this forum those who hold the dialogue start the threads."))


# An elected representative, an official or anybody else with a role writes as themselves, and is marked.
in_time: Check = posts.within(posts.EDIT_WINDOW)
keeps_order: Check = any_of(is_lead, moderates)

RULES: Rules = {
    Do.READ: (is_kept, may_read),
    Do.READ_POST: posts.MAY_READ,
    Do.WRITE: (is_kept, may_read, takes_input, is_unlocked, signed_in),
    Do.ANSWER: (posts.is_public, takes_input, signed_in),
    Do.CHANGE_POST: (is_author, is_not_removed, is_not_hidden, takes_input, in_time),
    Do.REMOVE_POST: (is_author, is_not_removed, is_not_hidden, is_not_over),
    Do.START: (is_lead, offers("threads"), before_it_closes),
    Do.PROPOSE: (may_read, residents_may_start, offers("threads"), takes_input, signed_in),
    Do.SET_RULE: (is_lead, offers("threads"), before_it_closes),
    Do.CHANGE: (is_kept, is_lead, before_it_closes),
    Do.WITHDRAW: (is_kept, is_lead, before_it_closes, is_unwritten),
    Do.LOCK: (is_kept, keeps_order, dialogues.in_stage(*RUNNING), is_unlocked),
    Do.UNLOCK: (is_kept, keeps_order, dialogues.in_stage(*RUNNING), is_locked, has_no_conclusion),
    Do.CONCLUDE: (is_kept, is_lead, is_not_over, has_ended),
    Do.VISIT: (is_kept, works_here),
}
