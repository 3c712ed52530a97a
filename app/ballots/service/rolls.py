"""Who may vote: a list of addresses, or codes for letters. Who declares a connection is enrolled by voting."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from sqlalchemy import delete, insert, select

from app import db
from app.accounts.core.addresses import key_of
from app.ballots.core.codes import code_hash, new_code
from app.ballots.models import BallotBox, Channel, Envelope, RollEntry


def list_addresses(box: BallotBox, addresses: Iterable[str]) -> None:
    """Let these addresses be the whole list, in place of what was listed before."""
    session = db.session()
    session.execute(delete(RollEntry).where(RollEntry.box_id == box.id, RollEntry.code_hash.is_(None)))
    rows = [_row(box, identity=key) for key in sorted({key_of(one) for one in addresses})]
    if rows:
        session.execute(insert(RollEntry), rows)


def make_codes(box: BallotBox, number: int) -> list[str]:
    """So many new codes. They are readable here and now only: the database keeps their hashes."""
    codes: dict[str, str] = {}
    while len(codes) < number:
        code = new_code()
        codes[code_hash(box.uid, code)] = code
    db.session().execute(insert(RollEntry), [_row(box, code_hash=one) for one in sorted(codes)])
    return list(codes.values())


def take_away_codes(box: BallotBox) -> None:
    """Before the vote is announced: codes that were made no longer count."""
    db.session().execute(delete(RollEntry).where(RollEntry.box_id == box.id, RollEntry.code_hash.is_not(None)))


def _row(box: BallotBox, **who: str) -> dict[str, object]:
    return {"id": secrets.token_hex(16), "box_id": box.id, "channel": Channel.NONE, **who}


def enrol(box: BallotBox, person_id: int, connection: str | None = None) -> None:
    """Put an account on the roll by what it declares; once, however many requests come at the same time."""
    db.insert_new(
        RollEntry,
        id=secrets.token_hex(16),
        box_id=box.id,
        person_id=person_id,
        connection=connection,
        channel=Channel.NONE,
    )


def enrol_by_name(box: BallotBox, identity: str) -> None:
    """Put somebody on the roll who votes on paper and has no account."""
    db.insert_new(RollEntry, id=secrets.token_hex(16), box_id=box.id, identity=identity, channel=Channel.NONE)


def forget(person_id: int) -> int:
    """An account is erased: its envelopes and marks go. Returns how many ballots went with it.

    What has been sealed is tied to nobody any more, and stays.
    """
    session = db.session()
    mine = list(session.scalars(select(RollEntry.id).where(RollEntry.person_id == person_id)))
    gone = session.execute(delete(Envelope).where(Envelope.roll_id.in_(mine)).returning(Envelope.box_id)).all()
    session.execute(delete(RollEntry).where(RollEntry.id.in_(mine)))
    return len(gone)
