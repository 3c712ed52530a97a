"""Reads of ballot boxes. Nothing here says what anybody chose, nor how it is going while people vote."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from app import db
from app.accounts.core.addresses import key_of
from app.ballots.core import opening
from app.ballots.core.codes import code_hash
from app.ballots.core.outcome import together
from app.ballots.models import (
    BallotBox,
    BallotReceipt,
    BoxState,
    Channel,
    Envelope,
    KeyTrial,
    PaperCount,
    ProtocolStep,
    ResultLine,
    RollEntry,
    SealedBallot,
)
from app.permissions import Actor

COUNTED = (BoxState.CERTIFIED, BoxState.PURGED)
BLANK, INVALID = "blank", "invalid"


def entries_of(box: BallotBox, actor: Actor) -> list[RollEntry]:
    """The rows of the roll that are this person's: by account, or by an address that no other account has used."""
    if not actor.is_signed_in:
        return []
    return list(db.session().scalars(select(RollEntry).where(RollEntry.box_id == box.id, is_theirs(actor))))


def is_theirs(actor: Actor) -> ColumnElement[bool]:
    free = and_(RollEntry.person_id.is_(None), RollEntry.identity == key_of(actor.email))
    return or_(RollEntry.person_id == actor.person_id, free)


def entry(box: BallotBox, roll_id: str) -> RollEntry | None:
    found = db.session().get(RollEntry, roll_id)
    return found if found is not None and found.box_id == box.id else None


def entry_by_code(box: BallotBox, code: str) -> RollEntry | None:
    wanted = select(RollEntry).where(RollEntry.box_id == box.id, RollEntry.code_hash == code_hash(box.uid, code))
    return db.session().scalars(wanted).first()


def receipt_of(entries: Sequence[RollEntry]) -> str | None:
    """The full receipt of what these rows of the roll have in the box; None where there is nothing."""
    ids = [one.id for one in entries]
    return db.session().scalars(select(Envelope.receipt).where(Envelope.roll_id.in_(ids))).first() if ids else None


def listed(box: BallotBox) -> int:
    """How many rights to vote there are."""
    return db.session().scalar(select(func.count()).select_from(RollEntry).where(RollEntry.box_id == box.id)) or 0


def used(box: BallotBox) -> Mapping[str, int]:
    """How many have voted in which way: for closing, never for a page while people vote."""
    each = select(RollEntry.channel, func.count()).where(RollEntry.box_id == box.id).group_by(RollEntry.channel)
    found = {channel: count for channel, count in db.session().execute(each)}
    return {one: found.get(one, 0) for one in (Channel.WEB, Channel.PAPER)}


def voters(boxes: Iterable[int]) -> list[int]:
    """The accounts that have voted on the web in these boxes: whom to tell what became of it."""
    wanted = select(RollEntry.person_id).where(RollEntry.box_id.in_(list(boxes)), RollEntry.channel == Channel.WEB)
    return list(db.session().scalars(wanted.where(RollEntry.person_id.is_not(None)).distinct()))


def took_part(person_id: int) -> list[tuple[int, str, str | None]]:
    """The boxes in whose roll this account stands: id, channel, and the connection that it declared."""
    mine = select(RollEntry.box_id, RollEntry.channel, RollEntry.connection).where(RollEntry.person_id == person_id)
    return [(box_id, channel, connection) for box_id, channel, connection in db.session().execute(mine)]


def trials(box: BallotBox) -> list[KeyTrial]:
    return list(db.session().scalars(select(KeyTrial).filter_by(box_id=box.id).order_by(KeyTrial.pair)))


def receipts(box: BallotBox) -> list[str]:
    """The published list, in its own order; empty before the box is sealed."""
    wanted = select(BallotReceipt.receipt).filter_by(box_id=box.id).order_by(BallotReceipt.receipt)
    return list(db.session().scalars(wanted))


def has_receipt(box: BallotBox, typed: str) -> bool:
    """Whether a receipt, as people write its short form, is in the published list."""
    wanted = "".join(typed.upper().split()).replace("-", "")
    try:
        start = base64.b32decode(wanted).hex()
    except ValueError:
        return False
    if len(start) != 20:
        return False
    found = select(BallotReceipt.receipt).where(
        BallotReceipt.box_id == box.id, BallotReceipt.receipt.between(start, start + "g")
    )
    return db.session().scalars(found.limit(1)).first() is not None


def paper_lines(box: BallotBox) -> list[PaperCount]:
    wanted = select(PaperCount).filter_by(box_id=box.id)
    lines = db.session().scalars(wanted.order_by(PaperCount.station)).all()
    order = [*keys_of(box), BLANK, INVALID]
    return sorted(lines, key=lambda one: (one.station, order.index(one.choice) if one.choice in order else 0))


def keys_of(box: BallotBox) -> list[str]:
    return [key for key, _ in (box.paper or {}).get("options", ())]


def protocol(box: BallotBox) -> list[ProtocolStep]:
    return list(db.session().scalars(select(ProtocolStep).filter_by(box_id=box.id).order_by(ProtocolStep.number)))


def web_lines(box: BallotBox) -> dict[str, int]:
    rows = db.session().scalars(select(ResultLine).filter_by(box_id=box.id))
    return {row.choice: row.count for row in rows}


def result(box: BallotBox) -> dict[str, Any] | None:
    """The certified result: options, blank and invalid on web and paper together. None before, or with too few."""
    if box.state not in COUNTED or box.opened is None:
        return None
    return _together(box, web_lines(box), paper_lines(box))


def _together(box: BallotBox, web: Mapping[str, int], lines: Sequence[PaperCount]) -> dict[str, Any]:
    paper = {key: sum(one.count for one in lines if one.choice == key) for key in [*keys_of(box), BLANK, INVALID]}
    told = {name: (box.opened or {})[name] + paper[name] for name in (BLANK, INVALID)}
    return {"options": together(keys_of(box), web, paper), **told}


def turnout(box: BallotBox) -> int:
    """How many ballots there are when it has closed, on the web and on paper together."""
    on_paper: int = (box.roll or {}).get("paper", 0)
    return (box.ballots or 0) + on_paper


def sealed_file(box: BallotBox) -> dict[str, Any]:
    """What the holders open on their own computer."""
    rows = db.session().scalars(select(SealedBallot).filter_by(box_id=box.id).order_by(SealedBallot.receipt))
    return {
        "format": "ballot-sealed/1",
        "paper": box.paper,
        "paper_hash": box.paper_hash,
        "public_key": box.public_key,
        "count": box.ballots,
        "root": box.root,
        "ballots": [base64.b64encode(row.ciphertext).decode() for row in rows],
    }


def trial_file(box: BallotBox) -> dict[str, Any]:
    """What each pair of holders opens to show that it can."""
    return {"format": "ballot-trial/1", "pairs": {one.pair: one.ciphertext for one in trials(box)}}


def told_paper(lines: Sequence[PaperCount]) -> list[dict[str, Any]]:
    """The paper counts as they are published."""
    return [{"station": one.station, "choice": one.choice, "count": one.count} for one in lines]


def opened_figures(box: BallotBox, web: Mapping[str, int]) -> dict[str, Any] | None:
    """What came out of the box, without paper; None where it was not opened."""
    return None if box.opened is None else {**box.opened, "options": dict(web)}


def package(box: BallotBox) -> dict[str, Any]:
    """Everything that an outsider needs to check the count, once it is certified."""
    web, lines = web_lines(box), paper_lines(box)
    is_open = box.state in COUNTED and box.opened is not None
    return {
        "format": "ballot-package/1",
        "paper": box.paper,
        "paper_hash": box.paper_hash,
        "public_key": box.public_key,
        "holders": box.holders,
        "count": box.ballots,
        "root": box.root,
        "roll": box.roll,
        "receipts": receipts(box),
        "opened": opened_figures(box, web) if is_open else None,
        "paper_counts": told_paper(lines) if is_open else [],
        "result": _together(box, web, lines)["options"] if is_open else None,
        "protocol": [told(step) for step in protocol(box)],
    }


def told(step: ProtocolStep) -> dict[str, Any]:
    """A step as it is published, and as its hash is made."""
    return {
        "number": step.number,
        "step": step.step,
        "at": step.at.isoformat(),
        "signed_by": step.signed_by,
        "facts": step.facts,
        "previous": step.previous,
        "hash": step.hash,
    }


def short(receipt: str) -> str:
    """A receipt as people read it."""
    return opening.short(receipt)
