"""The protocol: steps that are only ever added, each with the hash of the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from app import clock, db
from app.ballots import queries
from app.ballots.core import opening
from app.ballots.models import BallotBox, ProtocolStep
from app.permissions import Actor

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def note(box: BallotBox, actor: Actor, step: str, **facts: Any) -> ProtocolStep:
    """Add a step, signed by whoever takes it, in the open unit."""
    earlier = queries.protocol(box)
    made = ProtocolStep(
        box_id=box.id,
        number=len(earlier) + 1,
        step=step,
        at=(_moment.get() or clock.now()).replace(microsecond=0),
        signed_by=actor.name[:120],
        facts=facts,
        previous=earlier[-1].hash if earlier else "",
        hash="",
    )
    made.hash = _hash(made)
    db.session().add(made)
    db.session().flush()
    return made


def _hash(row: ProtocolStep) -> str:
    told = {name: value for name, value in queries.told(row).items() if name != "hash"}
    return hashlib.sha256(opening.written(told).encode()).hexdigest()


@contextmanager
def dated(moment: datetime) -> Iterator[None]:
    """The demo municipality only: steps inside the block were taken at this moment."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
