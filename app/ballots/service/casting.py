"""Casting: a ballot into its envelope, and a voter marked for paper.

Nothing is emitted here and no name is written: a ballot's transaction holds the roll's row and the envelope, both
openly the voter's and unreadable, and nothing else. What was chosen is in no log, session, job or mail.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.sql import Select

from app import clock, db
from app.ballots.core import opening
from app.ballots.models import BallotBox, BoxState, Channel, Envelope, RollEntry
from app.ballots.problems import NotTaken
from app.ballots.service.boxes import key_of
from app.i18n import LazyText
from app.i18n import lazy as _l

MARKED_ALREADY = _l("This person is marked as voting on paper already.")
NOT_LISTED = _l("Nobody on the roll has this code or address.")
VOTED_ON_PAPER = _l("You are marked as having voted on paper. A vote on paper counts before one on the web.")
NO_CHANGE = _l("You have voted already, and this vote cannot be changed.")
NOT_THIS_PAPER = _l("These choices do not fit the ballot paper. Choose again.")
CLOSED = _l("The vote has closed.")
Rows = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Voter:
    """Who votes: what finds their rows on the roll, and their account where they have one."""

    rows: Rows
    person_id: int | None = None


def hold(box: BallotBox) -> None:
    """Share the box with other voters: closing waits for us, and once it has closed we see it. Reads the time anew."""
    db.session().flush()
    db.share_key(key_of(box))
    clock.fresh()
    db.session().refresh(box)


def cast(
    box: BallotBox, voter: Voter, choices: Sequence[str], token: str, still_open: Callable[[], None]
) -> tuple[str, RollEntry | None]:
    """Put a ballot in the box, or in the place of an earlier one.

    Returns the receipt, and the voter's row of the roll where an earlier ballot was replaced.

    `still_open` asks the rule again after the wait for the box, and may enrol the voter. The same `token` twice (double
    click, reload) gives the same receipt. Raises NotTaken.
    """
    hold(box)
    still_open()
    if box.state != BoxState.FROZEN or box.paper is None or box.public_key is None:
        raise NotTaken(CLOSED)
    mine = _locked(voter.rows, VOTED_ON_PAPER, _l("You are not on the list of those who can vote."))
    envelope = db.session().get(Envelope, mine.id)
    token_hash = hashlib.sha256(token.encode()).hexdigest()
    if envelope is not None and envelope.token_hash == token_hash:
        return envelope.receipt, None
    if envelope is not None and not box.allow_change:
        raise NotTaken(NO_CHANGE)
    ballot = opening.canonical(box.paper, choices)
    if ballot is None:
        raise NotTaken(NOT_THIS_PAPER, "choices")
    replaced = envelope is not None
    sealed = opening.seal(bytes.fromhex(box.public_key), box.paper, ballot)
    envelope = envelope or Envelope(roll_id=mine.id, box_id=box.id)
    envelope.ciphertext, envelope.receipt, envelope.token_hash = sealed, opening.receipt_of(sealed), token_hash
    mine.channel, mine.person_id = Channel.WEB, mine.person_id or voter.person_id
    db.session().add(envelope)
    db.session().flush()
    return envelope.receipt, mine if replaced else None


def mark_paper(box: BallotBox, voter: Voter, still_open: Callable[[], None]) -> tuple[RollEntry, bool]:
    """Mark a voter as voting on paper. Paper wins: an envelope of theirs goes, and the second value says so.

    Raises NotTaken for somebody who is not on the roll, or marked already.
    """
    hold(box)
    still_open()
    mine = _locked(voter.rows, MARKED_ALREADY, NOT_LISTED)
    gone = db.session().execute(delete(Envelope).where(Envelope.roll_id == mine.id).returning(Envelope.box_id)).all()
    mine.channel = Channel.PAPER
    db.session().flush()
    return mine, bool(gone)


def _locked(entries: Rows, on_paper: LazyText, nobody: LazyText) -> RollEntry:
    """The voter's row, kept from others until the unit ends. An account's own row comes before an address's."""
    found = db.session().scalars(entries.with_for_update().execution_options(populate_existing=True)).all()
    if any(one.channel == Channel.PAPER for one in found):
        raise NotTaken(on_paper, "who")
    if not found:
        raise NotTaken(nobody, "who")
    first: RollEntry = sorted(found, key=lambda one: (one.person_id is None, one.id))[0]
    return first


def rows(box: BallotBox) -> Rows:
    """The roll of a box, to be narrowed to one voter."""
    return select(RollEntry).where(RollEntry.box_id == box.id).order_by(RollEntry.id)
