"""Voting: on the web by whoever votes, and marks for paper by those at the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlalchemy import or_

from app import db, jobs
from app.accounts.core.addresses import key_of
from app.accounts.queries import person_at
from app.ballots import queries as boxes
from app.ballots import service as engine
from app.ballots.core.codes import code_hash
from app.ballots.models import RollEntry
from app.ballots.problems import NotTaken
from app.ballots.service import Voter
from app.dialogues.models import Dialogue
from app.i18n import lazy as _l
from app.levels.codecision.votes.events import PaperMarked
from app.levels.codecision.votes.models import Audience, Vote
from app.levels.codecision.votes.rules import Booth, Do
from app.levels.codecision.votes.service.frames import about, tell
from app.limits import Limit
from app.permissions import Action, Actor, require

TRIES = Limit("votes.code", 20, timedelta(minutes=15))  # codes typed from one address
CHOOSE_CONNECTION = _l("Choose what connects you with the place.")


def cast(actor: Actor, booth: Booth, choices: Sequence[str], token: str, connection: str | None = None) -> str:
    """Put the actor's ballot in the box, or in the place of their earlier one. Returns the full receipt.

    No event: the transaction holds the voter's row and their envelope, and no name. Raises Refusal, NotTaken.
    """
    require(actor, Do.CAST, booth)
    row = booth.vote
    still_open = _still(actor, Do.CAST, booth, lambda: _enrol(actor, booth, connection))
    receipt, replaced = engine.cast(row.box, _voter(actor, booth), choices, token, still_open)
    if replaced is not None:
        _tell_later(row, replaced, "vote_changed")
    return receipt


def _voter(actor: Actor, booth: Booth) -> Voter:
    rows = engine.rows(booth.vote.box)
    if booth.vote.audience == Audience.CODES:
        return Voter(rows.where(RollEntry.id.in_([one.id for one in booth.entries])))
    return Voter(rows.where(boxes.is_theirs(actor)), actor.person_id)


def _enrol(actor: Actor, booth: Booth, connection: str | None) -> None:
    """Where a connection is declared, voting puts one on the roll."""
    row = booth.vote
    if row.audience != Audience.DECLARED or booth.entries or actor.person_id is None:
        return
    if connection not in row.connections:
        raise NotTaken(CHOOSE_CONNECTION, "connection")
    engine.enrol(row.box, actor.person_id, connection)


def mark_paper(actor: Actor, row: Vote, who: str) -> bool:
    """Mark somebody as voting on paper: by their code, their address or, without an account, name and birth date.

    Returns whether a ballot of theirs on the web was taken away; they are told by mail. Raises Refusal, NotTaken.
    """
    require(actor, Do.MARK_PAPER, row)
    voter, enrol = _at_the_table(row, " ".join(who.split()))
    mine, replaced = engine.mark_paper(row.box, voter, _still(actor, Do.MARK_PAPER, row, enrol))
    if replaced:
        _tell_later(row, mine, "vote_on_paper")
    tell(PaperMarked(**about(actor, row)))
    return replaced


def _at_the_table(row: Vote, who: str) -> tuple[Voter, Callable[[], None]]:
    """Who stands at the table, and how they come on the roll where they may."""
    rows = engine.rows(row.box)
    if row.audience == Audience.CODES:
        return Voter(rows.where(RollEntry.code_hash == code_hash(row.box.uid, who))), lambda: None
    key, person = key_of(who), person_at(who)
    theirs = RollEntry.identity == key
    if person is None:
        enrol: Callable[[], None] = lambda: engine.enrol_by_name(row.box, key)  # noqa: E731  # one of two
    else:
        person_id = person.id
        theirs = or_(RollEntry.person_id == person_id, theirs & RollEntry.person_id.is_(None))
        enrol = lambda: engine.enrol(row.box, person_id)  # noqa: E731
    return Voter(rows.where(theirs)), enrol if row.audience == Audience.DECLARED else lambda: None


def _still(actor: Actor, do: Action, subject: Booth | Vote, then: Callable[[], None]) -> Callable[[], None]:
    """Ask the rule again, about what the dialogue is after the wait for the box; then do the rest."""

    def check() -> None:
        db.session().refresh(db.session().get_one(Dialogue, subject.dialogue_id))
        require(actor, do, subject)
        then()

    return check


def _tell_later(row: Vote, entry: RollEntry, template: str) -> None:
    """A mail for whoever's ballot was replaced; the job names a row of the roll and no person."""
    if entry.person_id is not None:
        jobs.enqueue("votes.tell", {"vote_id": row.id, "roll_id": entry.id, "template": template})
