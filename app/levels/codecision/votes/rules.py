"""Who may do what with a vote at which stages. Nobody, whatever their role, sees how it is going."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.accounts.rules import fresh_sign_in
from app.ballots import queries as boxes
from app.ballots.models import BoxState, Channel, RollEntry
from app.dialogues import rules as dialogues
from app.dialogues.rules import in_stage, is_lead, is_not_announced, is_secretary, may_read, offers, works_here
from app.dialogues.stages import Stage
from app.i18n import lazy as _l
from app.levels.codecision.votes.models import Audience, Vote
from app.permissions import Action, Actor, Check, Reason, Role, Rules, has_role


class Do(Action):
    READ = "votes:read"
    CAST = "votes:cast"  # the subject is a Booth
    READ_RESULTS = "votes:read_results"
    CREATE = "votes:create"
    EDIT = "votes:edit"
    VISIT = "votes:visit"  # the officials' pages, to read
    MARK_PAPER = "votes:mark_paper"
    COUNT_PAPER = "votes:count_paper"
    SEAL = "votes:seal"
    OPEN = "votes:open"  # fetch the sealed ballots, and take in what the key holders counted
    CERTIFY = "votes:certify"
    PURGE = "votes:purge"


@dataclass(frozen=True)
class Booth:
    """A vote as one voter meets it: with their rows of the roll, by account or by the code that they typed."""

    vote: Vote
    entries: Sequence[RollEntry] = field(default=())

    @property
    def dialogue_id(self) -> int:
        return self.vote.dialogue_id

    @property
    def has_voted(self) -> bool:
        return any(one.channel == Channel.WEB for one in self.entries)

    @property
    def is_on_paper(self) -> bool:
        return any(one.channel == Channel.PAPER for one in self.entries)


def _vote(subject: Any) -> Vote | None:
    found = subject.vote if isinstance(subject, Booth) else subject
    return found if isinstance(found, Vote) else None


def is_kept(_actor: Actor, subject: Any) -> Reason | None:
    """A vote that was taken away is gone for everyone."""
    row = _vote(subject)
    gone = row is not None and row.withdrawn_at is not None
    return Reason("withdrawn", _l("This vote has been taken away.")) if gone else None


def is_frozen(_actor: Actor, subject: Any) -> Reason | None:
    """It takes ballots: the frames are frozen, and it has not been closed."""
    row = _vote(subject)
    held = row is not None and row.box.state == BoxState.FROZEN
    return None if held else Reason("closed", _l("The vote takes no ballots now."))


def is_eligible(actor: Actor, subject: Any) -> Reason | None:
    """Has a right to vote by what the frames say, and has not used it on paper, which stands."""
    booth = subject if isinstance(subject, Booth) else Booth(subject)
    if booth.vote.audience == Audience.CODES:
        if not booth.entries:
            return Reason("code", _l("Type the code from your letter to vote."))
    elif not actor.is_signed_in:
        return Reason("account", _l("You need an account to vote. Sign in first."), sign_in=True)
    elif booth.vote.audience == Audience.LISTED and not booth.entries:
        sentence = _l("Your account's e-mail address is not on the list of those who can vote here.")
        return Reason("not_listed", sentence)
    if booth.is_on_paper:
        return Reason("paper", _l("You are marked as having voted on paper. That vote counts."))
    return None


def is_certified(_actor: Actor, subject: Any) -> Reason | None:
    """No figure is shown to anyone before two key holders have opened the box and the result is certified."""
    row = _vote(subject)
    if row is not None and row.box.state in boxes.COUNTED:
        return None
    return Reason("no_result", _l("The result is shown here when the ballots have been opened and counted."))


def box_is(*states: BoxState) -> Check:
    """Passes while the box is in one of these states."""

    def check(_actor: Actor, subject: Any) -> Reason | None:
        row = _vote(subject)
        if row is not None and row.box.state in states:
            return None
        return Reason("state", _l("The vote has not come to this step, or has passed it."))

    return check


def enough_have_voted(_actor: Actor, subject: Any) -> Reason | None:
    """Where few have voted, figures would give them away, so the ballots stay sealed."""
    row = _vote(subject)
    if row is not None and boxes.turnout(row.box) >= row.box.min_publish:
        return None
    return Reason("few", _l("Too few have voted for the ballots to be opened: the figures would give people away."))


def certifiable(_actor: Actor, subject: Any) -> Reason | None:
    """Opened; or still sealed, because too few have voted."""
    row = _vote(subject)
    if row is not None and row.box.state == BoxState.OPENED:
        return None
    few = row is not None and enough_have_voted(_actor, row) is not None
    if row is not None and row.box.state == BoxState.SEALED and few:
        return None
    return box_is(BoxState.OPENED)(_actor, subject)


def is_another(actor: Actor, subject: Any) -> Reason | None:
    """Whoever took in the opening does not certify it."""
    row = _vote(subject)
    mine = row is not None and row.box.opened_by_id is not None and row.box.opened_by_id == actor.person_id
    return Reason("same", _l("You took in what was counted, so somebody else must certify it.")) if mine else None


at_the_station: Check = has_role(Role.OFFICIAL, Role.CONTACT_CENTRE)
counts: Check = has_role(Role.OFFICIAL, Role.CONTACT_CENTRE, Role.SECRETARY)
opens: Check = has_role(Role.OFFICIAL, Role.SECRETARY)
destroys: Check = has_role(Role.OFFICIAL, Role.REGISTRAR)
is_told = in_stage(Stage.FED_BACK, Stage.EVALUATED, Stage.ARCHIVED)
is_counting = in_stage(Stage.CLOSED, Stage.COMPILED, Stage.HANDED_OVER)  # until the body decides the matter
COUNTABLE = box_is(BoxState.CLOSED, BoxState.SEALED, BoxState.OPENED)

RULES: Rules = {
    Do.READ: (is_kept, may_read),
    Do.CAST: (is_kept, may_read, dialogues.takes_input, is_frozen, is_eligible),
    Do.READ_RESULTS: (is_kept, may_read, dialogues.shows_results, is_certified),
    Do.CREATE: (is_lead, offers("votes"), is_not_announced),
    Do.EDIT: (is_kept, is_lead, is_not_announced),
    Do.VISIT: (is_kept, works_here),
    Do.MARK_PAPER: (is_kept, at_the_station, dialogues.takes_input, is_frozen),
    Do.COUNT_PAPER: (is_kept, counts, is_counting, COUNTABLE),
    Do.SEAL: (is_kept, opens, is_counting, box_is(BoxState.CLOSED)),
    Do.OPEN: (is_kept, opens, is_counting, fresh_sign_in, box_is(BoxState.SEALED), enough_have_voted),
    Do.CERTIFY: (is_kept, is_secretary, is_counting, certifiable, is_another),
    Do.PURGE: (is_kept, destroys, fresh_sign_in, box_is(BoxState.CERTIFIED), is_told),
}
