"""Who may do what with a workshop, its cards and its proposals at which stages. The grace for paper is data too."""

from __future__ import annotations

from typing import Any

from app import clock
from app.contributions import rules as cards
from app.contributions.models import Contribution
from app.contributions.rules import is_author, is_not_hidden, is_not_removed
from app.dialogues import queries as dialogues
from app.dialogues import rules as dialogue_rules
from app.dialogues.rules import before_it_closes, is_lead, is_not_over, may_read, offers, takes_input, works_here
from app.dialogues.stages import Stage
from app.i18n import lazy as _l
from app.levels.influence.workshops import queries
from app.levels.influence.workshops.models import PAPER_GRACE, STEP_NAMES, Step, Workshop, WorkshopProposal
from app.permissions import Action, Actor, Check, Reason, Role, Rules, has_role, signed_in


class Do(Action):
    READ = "workshops:read"
    READ_CARD = "workshops:read_card"
    READ_PROPOSAL = "workshops:read_proposal"
    ADD_CARD = "workshops:add_card"  # to the step where the workshop is
    CHANGE_CARD = "workshops:change_card"
    REMOVE_CARD = "workshops:remove_card"
    GIVE_DOT = "workshops:give_dot"
    TAKE_DOT = "workshops:take_dot"
    START = "workshops:start"
    CHANGE = "workshops:change"
    WITHDRAW = "workshops:withdraw"
    MOVE = "workshops:move"  # from step to step
    CLOSE = "workshops:close"
    SORT = "workshops:sort"  # themes, and which cards stand under them
    PROPOSE = "workshops:propose"  # write proposals, change them, take them away
    REGISTER = "workshops:register"  # what others wrote on paper or said at a meeting
    VISIT = "workshops:visit"  # the officials' pages


RUNNING = (Stage.ANNOUNCED, Stage.OPEN, Stage.PAUSED)


def is_kept(_actor: Actor, subject: Any) -> Reason | None:
    if isinstance(subject, WorkshopProposal):
        gone = Reason("withdrawn", _l("This proposal has been taken away."))
    else:
        gone = Reason("withdrawn", _l("This workshop has been taken away."))
    return gone if getattr(subject, "withdrawn_at", None) is not None else None


def is_unclosed(_actor: Actor, subject: Workshop) -> Reason | None:
    if subject.closed_at is None:
        return None
    return Reason("finished", _l("This workshop is finished. What came of it stands in its proposals."))


def step_is_now(_actor: Actor, card: Contribution) -> Reason | None:
    """The workshop is at the step of this card."""
    row = queries.place_of(card)
    if row.workshop.closed_at is not None:
        return is_unclosed(_actor, row.workshop)
    if row.workshop.step == row.step.step:
        return None
    here = STEP_NAMES[Step(row.workshop.step)]
    return Reason("step", _l("The workshop is now at the step: %(step)s. This card belongs to another.", step=here))


def has_dots_to_give(_actor: Actor, card: Contribution) -> Reason | None:
    if queries.place_of(card).workshop.dots:
        return None
    return Reason("no_dots", _l("No dots are given in this workshop."))


def is_unwritten(_actor: Actor, subject: Workshop) -> Reason | None:
    """Nobody's words disappear with a workshop."""
    if not queries.has_cards(subject.id):
        return None
    return Reason("written", _l("Somebody has written a card in this workshop, so it stays. It can be closed."))


def has_proposals(_actor: Actor, subject: Workshop) -> Reason | None:
    if subject.proposals:
        return None
    return Reason("no_proposals", _l("Write what came of the workshop first: at least one proposal."))


def in_time_for_paper(actor: Actor, subject: Workshop) -> Reason | None:
    """While residents can write, when it is paused, and for a week after the closing."""
    row = dialogues.of(subject)
    if row is not None and row.stage in (Stage.OPEN, Stage.PAUSED, Stage.CLOSED):
        opened = row.opens_at is not None and row.opens_at <= clock.now()
        if opened and row.closes_at is not None and clock.now() < row.closes_at + PAPER_GRACE:
            return None
        if opened:
            sentence = _l(
                "Paper notes could be entered until %(when)s.", when=(row.closes_at or clock.now()) + PAPER_GRACE
            )
            return Reason("late", sentence)
    return takes_input(actor, subject) or Reason("late", _l("Paper notes can no longer be entered."))


in_time: Check = cards.within(cards.EDIT_WINDOW)
registers: Check = has_role(Role.OFFICIAL, Role.CONTACT_CENTRE)

RULES: Rules = {
    Do.READ: (is_kept, may_read),
    Do.READ_CARD: cards.MAY_READ,
    Do.READ_PROPOSAL: (is_kept, may_read),
    Do.ADD_CARD: (is_kept, may_read, takes_input, is_unclosed, signed_in),
    Do.CHANGE_CARD: (is_author, is_not_removed, is_not_hidden, takes_input, in_time, step_is_now),
    Do.REMOVE_CARD: (is_author, is_not_removed, is_not_hidden, is_not_over),
    Do.GIVE_DOT: (cards.is_public, takes_input, step_is_now, has_dots_to_give, signed_in),
    Do.TAKE_DOT: (is_not_removed, cards.place_is_readable, takes_input, step_is_now, signed_in),
    Do.START: (is_lead, offers("workshops"), before_it_closes),
    Do.CHANGE: (is_kept, is_lead, before_it_closes, is_unclosed),
    Do.WITHDRAW: (is_kept, is_lead, before_it_closes, is_unwritten),
    Do.MOVE: (is_kept, is_lead, dialogue_rules.in_stage(*RUNNING), is_unclosed),
    Do.CLOSE: (is_kept, is_lead, is_not_over, is_unclosed, has_proposals),
    Do.SORT: (is_kept, is_lead, is_not_over, is_unclosed),
    Do.PROPOSE: (is_kept, is_lead, is_not_over, is_unclosed),
    Do.REGISTER: (is_kept, registers, in_time_for_paper, is_unclosed),
    Do.VISIT: (is_kept, works_here),
}
