"""The one clock: the database's, plus an offset that tests move. No web node's clock decides a deadline."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text

from app import db

_KEY = "now"


class _Shift:
    by = timedelta(0)
    zone = ZoneInfo("Europe/Stockholm")


def shift(by: timedelta) -> None:
    """Move the clock of this process by `by` from the database's. Tests and rehearsals only."""
    _Shift.by = by
    if _in_session():
        db.session().info.pop(_KEY, None)


def use_zone(name: str) -> None:
    """Set the municipality's time zone, in which people write and read times."""
    _Shift.zone = ZoneInfo(name)


def zone() -> ZoneInfo:
    return _Shift.zone


def now() -> datetime:
    """The moment by the database's clock, in UTC; asked once in each session, so that one request has one now."""
    info = db.session().info
    if _KEY not in info:
        info[_KEY] = _ask_database()
    moment: datetime = info[_KEY]
    return moment + _Shift.by


def fresh() -> datetime:
    """As now(), but asked anew: for a deadline that is decided after waiting for a lock."""
    db.session().info.pop(_KEY, None)
    return now()


def today() -> date:
    """The calendar day in the municipality."""
    return now().astimezone(_Shift.zone).date()


def local(moment: datetime) -> datetime:
    return moment.astimezone(_Shift.zone)


class NoSuchTime(ValueError):
    """A wall-clock time that daylight saving skips."""


def from_local(wall: datetime) -> datetime:
    """Turn a wall-clock time of the municipality into a moment.

    A time that occurs twice (autumn) means the later one, so that a closing time never comes early.
    Raises NoSuchTime for one that daylight saving skips (spring).
    """
    moment = wall.replace(tzinfo=_Shift.zone, fold=1).astimezone(UTC)
    if moment.astimezone(_Shift.zone).replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise NoSuchTime(wall.isoformat())
    return moment


def _ask_database() -> datetime:
    connection = db.session().connection()
    if connection.dialect.name == "postgresql":
        moment: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        return moment.astimezone(UTC)
    written: str = connection.execute(text("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")).scalar_one()
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def _in_session() -> bool:
    try:
        db.session()
    except RuntimeError:
        return False
    return True
