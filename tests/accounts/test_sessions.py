"""Sessions: how long they hold, what they cost, and what ends them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app import clock, db
from app.accounts import queries, service
from app.accounts.models import OneTimeLink, Person, SignInSession
from app.accounts.purposes import Purpose
from app.accounts.rules import NOT_RECENT, Do, fresh_sign_in
from app.accounts.service import Declined
from app.permissions import SYSTEM, Actor, Refusal, Role, refusal
from tests.factories.people import make_actor, make_person
from tests.visitor import Visitor

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def moved(**moments: timedelta) -> None:
    """Let every session have begun, or been seen, so long ago."""
    with db.unit() as session:
        session.execute(update(SignInSession).values({name: clock.now() - ago for name, ago in moments.items()}))


@pytest.mark.parametrize(
    ("roles", "moments", "holds"),
    [
        ((), {"last_seen_at": DAY - MINUTE}, True),
        ((), {"last_seen_at": DAY + MINUTE}, False),
        ((), {"started_at": 30 * DAY - MINUTE}, True),
        ((), {"started_at": 30 * DAY + MINUTE}, False),
        ((Role.MODERATOR,), {"last_seen_at": 2 * HOUR - MINUTE}, True),
        ((Role.MODERATOR,), {"last_seen_at": 2 * HOUR + MINUTE}, False),
        ((Role.MODERATOR,), {"started_at": 10 * HOUR - MINUTE}, True),
        ((Role.MODERATOR,), {"started_at": 10 * HOUR + MINUTE}, False),
    ],
)
def test_a_session_holds_so_long(visitor, isolated, roles, moments, holds):
    with db.unit():
        person = make_person(*roles)
    visitor.sign_in_as(person)
    moved(**moments)
    assert (visitor.get("/konto").status == 200) is holds


def test_being_used_keeps_a_session_but_is_noted_seldom(visitor, isolated, count_statements):
    with db.unit():
        person = make_person()
    visitor.sign_in_as(person)
    count_statements.clear()
    visitor.get("/konto")
    assert not [s for s in count_statements if s.startswith("UPDATE")]
    moved(last_seen_at=6 * MINUTE)
    count_statements.clear()
    visitor.get("/konto")
    assert len([s for s in count_statements if s.startswith("UPDATE sign_in_session")]) == 1
    with db.reading() as session:
        assert clock.now() - session.scalars(select(SignInSession.last_seen_at)).one() < MINUTE


def test_keys_rest_as_hashes(visitor, isolated):
    with db.unit():
        person = make_person()
    visitor.sign_in_as(person)
    with visitor.client.session_transaction() as cookie:
        key = cookie["_user_id"]
    with db.reading() as session:
        assert session.scalars(select(SignInSession.key_hash)).all() == [queries.hash_of(key)]


def test_a_sign_in_is_recent_for_half_an_hour(unit):
    now = clock.now()
    assert fresh_sign_in(Actor(1, signed_in_at=now - 29 * MINUTE), None) is None
    assert fresh_sign_in(Actor(1, signed_in_at=now - 30 * MINUTE), None) is NOT_RECENT
    assert fresh_sign_in(Actor(1), None) is NOT_RECENT
    assert fresh_sign_in(SYSTEM, None) is None


@pytest.mark.parametrize("purpose", [Purpose.SIGN_IN, Purpose.RESET, Purpose.CONFIRM])
def test_a_mail_holds_so_long_and_no_longer(unit, purpose):
    person = make_person()
    if purpose is Purpose.CONFIRM:
        person.confirmed_at = None
        db.session().flush()
    made = service.make(person.id, purpose)
    assert made is not None
    holds = 48 * HOUR if purpose is Purpose.CONFIRM else 30 * MINUTE
    clock.shift(holds - MINUTE)
    assert queries.live_link(made.token) is not None
    clock.shift(holds)
    assert queries.live_link(made.token) is None


def test_a_mail_for_one_thing_does_not_do_for_another(unit):
    made = service.make(make_person().id, Purpose.SIGN_IN)
    assert made is not None
    with pytest.raises(Declined):
        service.reset(made.token, "tre gula hästar", browser="")
    with pytest.raises(Declined):
        service.take_new_address(made.token, but=None)


def test_an_account_that_is_not_confirmed_only_gets_mails_to_confirm_it(unit):
    person = make_person()
    person.confirmed_at = None
    db.session().flush()
    for purpose in (Purpose.SIGN_IN, Purpose.RESET):
        made = service.make(person.id, purpose)
        assert made is not None
        assert made.template == "accounts_confirm"
        assert refusal(Actor(person.id), Do.SIGN_IN, person) is not None


def test_a_blocked_person_does_not_come_in_by_mail(unit):
    person = make_person()
    made = service.make(person.id, Purpose.SIGN_IN)
    assert made is not None
    person.blocked_at, person.block_reason = clock.now(), "Hot"
    db.session().flush()
    with pytest.raises(Refusal):
        service.by_link(made.token, browser="")


def test_secrets_of_mails_rest_as_hashes(unit):
    made = service.make(make_person().id, Purpose.SIGN_IN)
    assert made is not None
    link = db.session().scalars(select(OneTimeLink)).one()
    kept = f"{link.token_hash} {link.code_hash}"
    assert made.token not in kept
    assert made.code.replace(" ", "") not in kept
    assert link.code_hash.startswith("$argon2id$")


def test_sweeping_takes_what_can_no_longer_be_used_and_nothing_else(unit):
    now = clock.now()
    used, never = make_person(), make_person()
    never.confirmed_at, never.created_at = None, now - 8 * DAY
    invited = make_person(Role.OFFICIAL)
    invited.confirmed_at, invited.created_at = None, now - 8 * DAY
    session = db.session()
    for key, seen in (("a" * 64, 2 * DAY), ("b" * 64, HOUR)):
        session.add(
            SignInSession(key_hash=key, person_id=used.id, started_at=now - seen, last_seen_at=now - seen, browser="")
        )
    session.flush()
    service.make(never.id, Purpose.CONFIRM)
    clock.shift(3 * DAY - HOUR)
    session.execute(update(SignInSession).filter_by(key_hash="b" * 64).values(last_seen_at=clock.now()))
    service.sweep()
    session.expire_all()
    assert set(session.scalars(select(Person.id))) == {used.id, invited.id}
    assert session.scalars(select(SignInSession.key_hash)).all() == ["b" * 64]
    assert session.scalars(select(func.count()).select_from(OneTimeLink)).one() == 0


def test_only_the_system_adds_people_and_only_administrators_give_roles(unit):
    resident, official = make_actor(), make_actor(Role.OFFICIAL)
    for actor in (resident, official):
        with pytest.raises(Refusal):
            service.add(actor, "a@example.se", Role.OFFICIAL, dialogue_id=None, language="sv")
        with pytest.raises(Refusal):
            service.grant(actor, resident.person_id or 0, Role.ADMINISTRATOR, None)
        with pytest.raises(Refusal):
            service.block(actor, official.person_id or 0, "Ingen anledning alls")


def test_who_may_read_an_account_agrees_with_the_list(unit):
    rows = [make_person(), make_person(Role.OFFICIAL)]
    for actor in (make_actor(), make_actor(Role.ADMINISTRATOR), Actor(rows[0].id), Actor()):
        listed = set(db.session().scalars(queries.visible_to(actor)))
        for row in db.session().scalars(select(Person)):
            assert (row in listed) is (refusal(actor, Do.READ, row) is None)


def test_a_visitor_without_a_cookie_costs_no_look_at_sessions(visitor, isolated, count_statements):
    Visitor(visitor.app).get("/logga-in")
    assert not [s for s in count_statements if "sign_in_session" in s]
