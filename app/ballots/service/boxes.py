"""The life of a ballot box: made, frozen, closed, sealed, destroyed."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from sqlalchemy import delete, insert, select

from app import db
from app.ballots import queries
from app.ballots.core import opening
from app.ballots.models import BallotBox, BallotReceipt, BoxState, Channel, Envelope, RollEntry, SealedBallot, Secrecy
from app.ballots.service.protocols import note
from app.permissions import Actor


def key_of(box: BallotBox) -> str:
    """What casting shares and closing takes alone."""
    return f"ballots:{box.uid}"


def lock(box: BallotBox) -> None:
    """Take the box alone until the unit ends: waits for every cast under way, and lets none begin."""
    db.session().flush()
    db.lock_key(key_of(box))
    db.session().refresh(box)


def make_box(*, allow_change: bool, min_publish: int, level: str = Secrecy.OFFLINE) -> BallotBox:
    box = BallotBox(
        uid=secrets.token_hex(16),
        state=BoxState.DRAFT,
        holders=[],
        level=level,
        allow_change=allow_change,
        min_publish=min_publish,
    )
    db.session().add(box)
    db.session().flush()
    return box


def freeze(box: BallotBox, actor: Actor, paper: dict[str, Any]) -> None:
    """Let the ballot paper stand as it is from here on. `paper` without "box"; the roll is counted and hashed too."""
    lock(box)
    box.paper = {**paper, "box": box.uid}
    box.paper_hash = opening.hash_of(box.paper)
    box.state = BoxState.FROZEN
    ids = db.session().scalars(select(RollEntry.id).where(RollEntry.box_id == box.id).order_by(RollEntry.id)).all()
    roll_hash = hashlib.sha256("\n".join(ids).encode()).hexdigest()
    facts = {
        "level": box.level,
        "public_key": box.public_key,
        "holders": box.holders,
        "listed": len(ids),
        "roll_hash": roll_hash,
    }
    note(box, actor, "frozen", paper_hash=box.paper_hash, **facts)


def close(box: BallotBox, actor: Actor) -> None:
    """Count the envelopes and take one hash over them. Casts under way end first; none is taken after."""
    lock(box)
    if box.state != BoxState.FROZEN:
        return
    receipts = db.session().scalars(select(Envelope.receipt).where(Envelope.box_id == box.id)).all()
    used = queries.used(box)
    box.state, box.ballots, box.root = BoxState.CLOSED, len(receipts), opening.root_of(receipts)
    box.roll = {"listed": queries.listed(box), "web": used[Channel.WEB], "paper": used[Channel.PAPER]}
    note(box, actor, "closed", count=box.ballots, root=box.root, roll=box.roll)


def seal(box: BallotBox, actor: Actor) -> None:
    """Take the names away: copy the envelopes in the order of their receipts, publish the list, destroy the rest.

    One transaction, so that nothing of the order in which people voted is left; after it nobody can change a ballot.
    """
    lock(box)
    session = db.session()
    found = select(Envelope.receipt, Envelope.ciphertext).where(Envelope.box_id == box.id).order_by(Envelope.receipt)
    rows = [{"box_id": box.id, "receipt": receipt, "ciphertext": sealed} for receipt, sealed in session.execute(found)]
    if rows:
        session.execute(insert(SealedBallot), rows)
        session.execute(insert(BallotReceipt), [{"box_id": box.id, "receipt": row["receipt"]} for row in rows])
    session.execute(delete(Envelope).where(Envelope.box_id == box.id))
    root = opening.root_of(str(row["receipt"]) for row in rows)
    box.state = BoxState.SEALED
    if (len(rows), root) != (box.ballots, box.root):  # an account was erased in between: said, never hidden
        box.ballots, box.root = len(rows), root
        used = queries.used(box)
        box.roll = {**(box.roll or {}), "web": used[Channel.WEB], "paper": used[Channel.PAPER]}
    note(box, actor, "sealed", count=box.ballots, root=box.root, roll=box.roll)


def purge(box: BallotBox, actor: Actor) -> None:
    """Destroy what is sealed and the roll; figures, receipts and protocol stay. The holders destroy their key."""
    lock(box)
    _empty(box)
    box.state = BoxState.PURGED
    note(box, actor, "purged", count=box.ballots)


def void(box: BallotBox, actor: Actor) -> None:
    """The vote was called off: its ballots are destroyed unopened."""
    lock(box)
    if box.state not in (BoxState.DRAFT, BoxState.FROZEN, BoxState.CLOSED, BoxState.SEALED):
        return
    was_draft = box.state == BoxState.DRAFT
    _empty(box)
    box.state = BoxState.VOID
    if not was_draft:
        note(box, actor, "void")


def _empty(box: BallotBox) -> None:
    session = db.session()
    for model in (Envelope, SealedBallot, RollEntry):
        session.execute(delete(model).where(model.box_id == box.id))
