"""Limits that hold over every worker: so many tries in a window, counted in the database by traces."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, mapped_column

from app import clock, db


class LimitCount(db.Base):
    """How many tries one key has had in one window. The key is hashed: no address is kept in clear."""

    __tablename__ = "limit_count"
    __trace__ = True

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    window: Mapped[datetime] = mapped_column(primary_key=True)
    tries: Mapped[int]


@dataclass(frozen=True)
class Limit:
    """At most `tries` in each `window` (fixed windows that begin at multiples of their length)."""

    name: str
    tries: int
    window: timedelta


class TooMany(Exception):
    """The limit is reached; `retry_at` is when the window ends (UTC)."""

    def __init__(self, retry_at: datetime) -> None:
        super().__init__(retry_at.isoformat())
        self.retry_at = retry_at


def spend(limit: Limit, who: str) -> None:
    """Count one try. Raises TooMany past the limit. Call it before anything else in a request that writes."""
    with db.trace() as session:
        moment = clock.now()
        start = datetime.fromtimestamp(
            moment.timestamp() // limit.window.total_seconds() * limit.window.total_seconds(),
            tz=moment.tzinfo,
        )
        key = _key(limit, who)
        insert = postgresql_insert if db.engine().dialect.name == "postgresql" else sqlite_insert
        row = insert(LimitCount).values(key=key, window=start, tries=1)
        row = row.on_conflict_do_update(
            index_elements=[LimitCount.key, LimitCount.window], set_={"tries": LimitCount.tries + 1}
        )
        session.execute(row)
        tries = session.scalars(select(LimitCount.tries).filter_by(key=key, window=start)).one()
    if tries > limit.tries:
        raise TooMany(start + limit.window)


def forgive(limit: Limit, who: str) -> None:
    """Start again from nothing, for instance after a right password."""
    with db.trace() as session:
        session.execute(update(LimitCount).where(LimitCount.key == _key(limit, who)).values(tries=0))


def give_back(limit: Limit, who: str) -> None:
    """Take one try back that turned out not to count: a right password from an address that many share."""
    with db.trace() as session:
        mine = update(LimitCount).where(LimitCount.key == _key(limit, who), LimitCount.tries > 0)
        session.execute(mine.values(tries=LimitCount.tries - 1))


def forget_old(before: datetime) -> None:
    """Drop counts of windows that began before `before`."""
    with db.trace() as session:
        session.execute(delete(LimitCount).where(LimitCount.window < before))


def _key(limit: Limit, who: str) -> str:
    return hashlib.sha256(f"{limit.name}\0{who}".encode()).hexdigest()
