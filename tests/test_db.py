"""Two ways to write, and no third."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app import clock, db, events, jobs, limits
from app.accounts.models import Person
from app.audit import DeniedAction, denied
from tests.factories.people import make_person


def test_a_reading_session_cannot_write(app):
    with db.reading() as session:
        session.add(Person(email="a", email_key="a", name="a", language="sv", created_at=clock.now()))
        with pytest.raises(db.WriteOutsideUnit):
            session.flush()


def test_a_trace_writes_only_its_own_tables(app):
    denied(1, "x:y", "role", "/x")
    with db.reading() as session:
        assert session.scalars(select(DeniedAction.path)).all() == ["/x"]
    with pytest.raises(db.WriteOutsideUnit), db.trace():
        make_person()


def test_a_trace_inside_a_begun_unit_is_refused(unit):
    make_person()
    with pytest.raises(db.WriteOutsideUnit):
        denied(1, "x:y", "role", "/x")


def test_moments_come_back_aware_and_in_utc(unit):
    person = make_person()
    moment = datetime(2027, 3, 1, 12, tzinfo=UTC)
    person.confirmed_at = moment
    db.session().flush()
    db.session().expire(person)
    assert person.confirmed_at == moment
    assert person.confirmed_at.tzinfo is UTC


def test_an_unregistered_event_is_refused(unit):
    class Unknown(events.Event):
        pass

    with pytest.raises(LookupError):
        events.emit(Unknown(subject="x:1"))


def test_a_limit_counts_and_forgives(app):
    limit = limits.Limit("test", 2, jobs.LEASE)
    limits.spend(limit, "a")
    limits.spend(limit, "a")
    limits.spend(limit, "b")
    with pytest.raises(limits.TooMany):
        limits.spend(limit, "a")
    limits.forgive(limit, "a")
    limits.spend(limit, "a")
