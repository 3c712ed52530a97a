"""Indexing everything anew: after texts came in past the application, or when what is indexed has changed."""

from __future__ import annotations

from sqlalchemy import select

from app import db
from app.search import listening, service
from app.search.listening import Entity

A_UNIT = 200  # rows that are indexed in one transaction, so that nobody waits long for it


def rebuild() -> int:
    """Index every row of every kind, in units of its own. Returns how many rows there were. Needs no open session.

    What is written meanwhile is indexed as always: each row is read in the transaction that writes its words.
    """
    return sum(_rebuild(entity) for entity in listening.entities())


def _rebuild(entity: Entity) -> int:
    count, last = 0, 0
    while True:
        with db.unit() as session:
            following = select(entity.key).where(entity.key > last).order_by(entity.key).limit(A_UNIT)
            ids = list(session.scalars(following))
            end = ids[-1] if len(ids) == A_UNIT else None
            for kind, numbers in listening.of_kinds(entity, ids).items():
                service.drop_beyond(kind, numbers, after=last, until=end)
                service.index(entity.kinds[kind], numbers)
        count += len(ids)
        if end is None:
            return count
        last = end
