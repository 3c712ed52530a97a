"""From the announcement to the end: frozen, closed, sealed, opened, certified, destroyed. Each step is protocolled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.ballots import queries as boxes
from app.ballots import service as engine
from app.ballots.models import BoxState
from app.ballots.service import Entered
from app.levels.codecision.votes.events import (
    BallotsPurged,
    BoxClosed,
    BoxOpened,
    BoxSealed,
    PaperCounted,
    ResultCertified,
    SealedFetched,
    VoteFrozen,
    VoteVoided,
)
from app.levels.codecision.votes.models import Kind, Vote
from app.levels.codecision.votes.rules import Do
from app.levels.codecision.votes.service.frames import about, keep, tell
from app.permissions import SYSTEM, Actor, require

YES_NO = (("yes", "Ja"), ("no", "Nej"), ("abstain", "Avstår"))


def paper_of(row: Vote) -> dict[str, Any]:
    """The ballot paper in Swedish, as it is frozen and hashed: what every translation says."""
    options = YES_NO if row.kind == Kind.YES_NO else tuple((str(one.position), one.text) for one in row.options)
    return {"kind": row.kind, "question": row.question, "most": row.most, "options": [list(one) for one in options]}


def freeze(signer: Actor, row: Vote) -> None:
    """The dialogue is announced: ballot paper, frames, roll and key stand. Called by the life cycle."""
    if row.box.state == BoxState.DRAFT:
        engine.freeze(row.box, signer, paper_of(row))
        tell(VoteFrozen(**about(signer, row), title=row.title))


def close(row: Vote) -> None:
    """The dialogue has closed, by the clock. Called by the life cycle."""
    engine.close(row.box, SYSTEM)
    tell(BoxClosed(**about(SYSTEM, row), ballots=row.box.ballots or 0))


def void(signer: Actor, row: Vote) -> None:
    """The dialogue was called off. Called by the life cycle."""
    engine.void(row.box, signer)
    tell(VoteVoided(**about(signer, row)))


def enter_count(actor: Actor, row: Vote, station: str, counts: Mapping[str, int]) -> Entered:
    """Enter a station's paper ballots, as the first person or the second. Raises NotTaken."""
    require(actor, Do.COUNT_PAPER, row)
    entered = engine.enter_count(row.box, actor, station, counts)
    tell(PaperCounted(**about(actor, row), station=station))
    return entered


def seal(actor: Actor, row: Vote) -> None:
    """Take the names away and mix the envelopes. After this nobody can change or find a ballot."""
    require(actor, Do.SEAL, row)
    engine.seal(row.box, actor)
    tell(BoxSealed(**about(actor, row)))


def fetch_sealed(actor: Actor, row: Vote) -> dict[str, Any]:
    """The file that the key holders open on a computer without a network."""
    require(actor, Do.OPEN, row)
    tell(SealedFetched(**about(actor, row)))
    return boxes.sealed_file(row.box)


def take_in(actor: Actor, row: Vote, file: bytes) -> None:
    """Take in what the key holders counted. Raises NotTaken."""
    require(actor, Do.OPEN, row)
    engine.take_in(row.box, actor, file)
    tell(BoxOpened(**about(actor, row)))


def open_here(actor: Actor, row: Vote, files: Sequence[bytes], passphrases: Sequence[str]) -> None:
    """On level B: open and count on the server, with two holders' files. Raises NotTaken."""
    require(actor, Do.OPEN, row)
    engine.open_here(row.box, actor, files, passphrases)
    tell(BoxOpened(**about(actor, row)))


def certify(actor: Actor, row: Vote) -> None:
    """Let the result stand; it is public with the dialogue's result. Raises NotTaken."""
    require(actor, Do.CERTIFY, row)
    engine.certify(row.box, actor)
    keep(row)
    tell(ResultCertified(**about(actor, row)))


def purge(actor: Actor, row: Vote) -> None:
    """Destroy the sealed ballots and the roll, when everybody has been told what became of it."""
    require(actor, Do.PURGE, row)
    engine.purge(row.box, actor)
    tell(BallotsPurged(**about(actor, row)))
