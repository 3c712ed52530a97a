"""Making a vote: its frames and options, who may vote, and the key. All of it until the dialogue is announced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete

from app import clock, db, subjects
from app.ballots import queries as boxes
from app.ballots import service as engine
from app.ballots.core import opening
from app.dialogues.models import Dialogue
from app.dialogues.service import drop_card, keep_card
from app.events import Event, emit
from app.levels.codecision.votes import queries
from app.levels.codecision.votes.events import (
    ElectorateChanged,
    KeyRegistered,
    TrialPassed,
    VoteChanged,
    VoteCreated,
    VoteWithdrawn,
)
from app.levels.codecision.votes.models import Kind, Vote, VoteOption
from app.levels.codecision.votes.rules import Do
from app.permissions import Actor, require

OF_BOX = ("allow_change", "min_publish", "level")


def create(actor: Actor, dialogue: Dialogue, facts: dict[str, Any], options: Sequence[str]) -> Vote:
    """A new vote with its box. `facts` are columns of Vote, with allow_change and min_publish of the box."""
    require(actor, Do.CREATE, dialogue)
    box = engine.make_box(**{name: facts[name] for name in OF_BOX})
    own = {name: value for name, value in facts.items() if name not in OF_BOX}
    row = Vote(dialogue_id=dialogue.id, box_id=box.id, created_at=clock.now(), **own)
    row.box = box
    db.session().add(row)
    db.session().flush()
    _write_options(row, options)
    keep(row)
    tell(VoteCreated(**about(actor, row), title=row.title))
    return row


def change(actor: Actor, row: Vote, facts: dict[str, Any], options: Sequence[str]) -> None:
    require(actor, Do.EDIT, row)
    for column, value in facts.items():
        setattr(row.box if column in OF_BOX else row, column, value)
    if [one.text for one in row.options] != list(_kept(row, options)):
        _write_options(row, options)
    keep(row)
    tell(VoteChanged(**about(actor, row), title=row.title))


def withdraw(actor: Actor, row: Vote) -> None:
    require(actor, Do.EDIT, row)
    row.withdrawn_at = clock.now()
    drop_card(subjects.key("vote", row.id))
    tell(VoteWithdrawn(**about(actor, row), title=row.title))


def list_addresses(actor: Actor, row: Vote, addresses: Iterable[str]) -> None:
    """Let these addresses be the whole list of those who can vote."""
    require(actor, Do.EDIT, row)
    engine.list_addresses(row.box, addresses)
    tell(ElectorateChanged(**about(actor, row), number=boxes.listed(row.box)))


def make_codes(actor: Actor, row: Vote, number: int) -> list[str]:
    """So many more codes for letters; they can be read now and never again."""
    require(actor, Do.EDIT, row)
    codes = engine.make_codes(row.box, number)
    tell(ElectorateChanged(**about(actor, row), number=boxes.listed(row.box)))
    return codes


def take_away_codes(actor: Actor, row: Vote) -> None:
    require(actor, Do.EDIT, row)
    engine.take_away_codes(row.box)
    tell(ElectorateChanged(**about(actor, row), number=boxes.listed(row.box)))


def register_key(actor: Actor, row: Vote, file: bytes) -> None:
    """Take in the public key that the holders made. Raises NotTaken."""
    require(actor, Do.EDIT, row)
    engine.register_key(row.box, file)
    fingerprint = opening.fingerprint(bytes.fromhex(row.box.public_key or ""))
    tell(KeyRegistered(**about(actor, row), fingerprint=fingerprint))


def answer_trial(actor: Actor, row: Vote, pair: str, word: str) -> None:
    """Note that a pair of holders could open its trial. Raises NotTaken."""
    require(actor, Do.EDIT, row)
    engine.answer_trial(row.box, pair, word)
    tell(TrialPassed(**about(actor, row), pair=pair))


def make_key_here(actor: Actor, row: Vote, names: Sequence[str], passphrases: Sequence[str]) -> list[dict[str, Any]]:
    """On level B: make the key on the server. Returns the holders' files, to be handed out now. Raises NotTaken."""
    require(actor, Do.EDIT, row)
    files = engine.make_key_here(row.box, names, passphrases)
    fingerprint = opening.fingerprint(bytes.fromhex(row.box.public_key or ""))
    tell(KeyRegistered(**about(actor, row), fingerprint=fingerprint))
    return files


def try_here(actor: Actor, row: Vote, files: Sequence[bytes], passphrases: Sequence[str]) -> None:
    """On level B: let a pair of holders open its trial on the server. Raises NotTaken."""
    require(actor, Do.EDIT, row)
    tell(TrialPassed(**about(actor, row), pair=engine.try_here(row.box, files, passphrases)))


def _kept(row: Vote, options: Sequence[str]) -> Sequence[str]:
    """Yes, no and abstain need no options of their own."""
    return () if row.kind == Kind.YES_NO else options


def _write_options(row: Vote, options: Sequence[str]) -> None:
    session = db.session()
    session.execute(delete(VoteOption).where(VoteOption.vote_id == row.id))
    made = [VoteOption(vote_id=row.id, position=at, text=text) for at, text in enumerate(_kept(row, options), start=1)]
    session.add_all(made)
    session.flush()
    session.refresh(row, ["options"])


def keep(row: Vote) -> None:
    """Write the vote's card on the dialogue page; it says nothing of how many have voted until the result stands."""
    endpoint, values = queries.address_of(row)
    keep_card(
        subjects.key("vote", row.id),
        dialogue_id=row.dialogue_id,
        method="votes",
        title=row.title,
        sentence="",
        endpoint=endpoint,
        values=values,
        responses=boxes.turnout(row.box) if row.box.state in boxes.COUNTED else None,
        minutes=2,
        is_input=True,
        position=row.id,
        result_endpoint="votes.results",
    )


def about(by: Actor | None, row: Vote) -> dict[str, Any]:
    """What every event of a vote says first."""
    return {"subject": subjects.key("vote", row.id), "actor": by, "dialogue_id": row.dialogue_id}


def tell(event: Event) -> None:
    db.session().flush()
    emit(event)
