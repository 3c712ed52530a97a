"""Whether an address has an account shows in no answer: not in text, status, number of hashes or of statements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app import clock, db, limits
from app.accounts import queries
from app.accounts.core import passwords
from app.accounts.models import Person
from tests.factories.people import make_person
from tests.mailbox import Mailbox
from tests.visitor import Page, Visitor

HOUR = timedelta(hours=1)
PASSWORD = "tre gula hästar"
UNKNOWN = "ingenalls@example.se"


@pytest.fixture(autouse=True)
def early_in_the_hour(isolated) -> None:
    """The clock stands at the beginning of every limit's window, so that none ends in the middle of a test."""
    with db.reading():
        now = clock.now()
    clock.shift(now.replace(minute=1, second=0) - now)


@pytest.fixture
def kim(isolated) -> Person:
    password_hash = passwords.hashed(PASSWORD)
    with db.unit():
        person = make_person()
        person.password_hash = password_hash
    return person


@pytest.fixture
def mailbox(the_app, isolated) -> Mailbox:
    return Mailbox(the_app)


def fill(path: str, **fields: str) -> Callable[[Visitor, str], Page]:
    def act(visitor: Visitor, address: str) -> Page:
        visitor.get(path)
        return visitor.submit({**fields, "email": address}, holding="email")

    return act


WAYS = [
    pytest.param(fill("/logga-in", password="fel lösenord här"), id="password"),
    pytest.param(fill("/logga-in/lank"), id="link"),
    pytest.param(fill("/glomt-losenord"), id="reset"),
    pytest.param(fill("/logga-in/kod", code="2345 6789"), id="code"),
    pytest.param(fill("/skapa-konto", name="Kim Lund"), id="sign-up"),
]


@pytest.mark.parametrize("way", WAYS)
def test_known_and_unknown_addresses_get_the_same_answer(the_app, kim, way, monkeypatch, count_statements):
    verified: list[Any] = []
    verify = passwords.HASHER.verify
    monkeypatch.setattr(passwords, "HASHER", Counting(verify, verified))

    def answer(address: str) -> tuple[Any, ...]:
        verified.clear()
        count_statements.clear()
        page = way(Visitor(the_app), address)
        statements.append(len(count_statements))
        return page.status, page.path, page.words.replace(address, "ADDRESS"), len(verified)

    statements: list[int] = []
    known, unknown = answer(kim.email), answer(UNKNOWN)
    assert known == unknown
    assert statements[0] == statements[1], "as much work, so that no clock tells"


class Counting:
    """The hasher, with its verifications counted."""

    def __init__(self, verify: Any, seen: list[Any]) -> None:
        self._verify, self._seen = verify, seen

    def verify(self, *args: Any) -> Any:
        self._seen.append(args)
        return self._verify(*args)


@pytest.mark.parametrize("way", WAYS[:1])
def test_an_account_without_a_password_takes_the_same_work(the_app, kim, way, monkeypatch):
    with db.unit() as session:
        session.get_one(Person, kim.id).password_hash = None
    verified: list[Any] = []
    monkeypatch.setattr(passwords, "HASHER", Counting(passwords.HASHER.verify, verified))
    assert way(Visitor(the_app), kim.email).status == 422
    assert len(verified) == 1


def test_signing_up_with_a_used_address_tells_its_owner_and_nobody_else(visitor, kim, mailbox):
    page = fill("/skapa-konto", name="Någon Annan")(visitor, kim.email)
    assert page.path == "/logga-in/kod"
    assert "/lank/" in mailbox.to(kim.email)[-1]
    with db.reading() as session:
        assert session.scalars(select(Person.name).filter_by(email_key=kim.email)).all() == [kim.name]


def test_a_mail_goes_to_the_stored_address_and_not_to_the_one_that_was_typed(visitor, kim, mailbox):
    fill("/glomt-losenord")(visitor, kim.email.upper())
    assert [message["To"] for message in mailbox.all()] == [kim.email]


def test_links_are_built_from_the_settings_and_never_from_the_request(visitor, kim, mailbox):
    visitor.get("/glomt-losenord")
    visitor.submit({"email": kim.email}, holding="email")
    bad = visitor.client.get("/glomt-losenord", headers={"Host": "evil.example"})
    assert bad.status_code == 400
    spoofed = visitor.client.get("/glomt-losenord", headers={"X-Forwarded-Host": "evil.example"})
    assert "evil.example" not in spoofed.text
    assert "http://localhost/lank/" in mailbox.to(kim.email)[-1]


def test_ten_wrong_passwords_close_the_account_for_a_while_and_no_longer(the_app, kim, monkeypatch):
    monkeypatch.setattr("app.accounts.service.signing_in.WRONG_FROM_CLIENT", limits.Limit("test", 1000, HOUR))
    wrong, right = fill("/logga-in", password="fel lösenord här"), fill("/logga-in", password=PASSWORD)
    for address in (kim.email, UNKNOWN):
        assert [wrong(Visitor(the_app), address).status for _ in range(11)] == [422] * 10 + [429]
    refused = right(Visitor(the_app), kim.email)
    assert refused.status == 429
    assert int(refused.headers["Retry-After"]) <= 15 * 60


def test_ten_wrong_passwords_from_one_place_close_it_whatever_the_accounts(the_app, isolated):
    wrong = fill("/logga-in", password="fel lösenord här")
    assert [wrong(Visitor(the_app), f"a{n}@example.se").status for n in range(11)] == [422] * 10 + [429]


def test_right_passwords_from_one_place_are_not_counted(the_app, kim):
    right = fill("/logga-in", password=PASSWORD)
    assert {right(Visitor(the_app), kim.email).status for _ in range(12)} == {200}


@pytest.mark.parametrize("way", WAYS[1:3])
def test_three_mails_an_hour_to_one_address(the_app, kim, mailbox, way):
    for address in (kim.email, UNKNOWN):
        assert [way(Visitor(the_app), address).status for _ in range(4)] == [200, 200, 200, 429]
    assert len(mailbox.to(kim.email)) == 3


def test_twenty_mails_an_hour_from_one_place(the_app, isolated):
    way = fill("/logga-in/lank")
    assert [way(Visitor(the_app), f"a{n}@example.se").status for n in range(21)] == [200] * 20 + [429]


def test_codes_cannot_be_tried_without_end(the_app, kim):
    way = fill("/logga-in/kod", code="2345 6789")
    assert [way(Visitor(the_app), kim.email).status for _ in range(11)] == [422] * 10 + [429]


def test_a_forged_forwarding_header_changes_no_limit(visitor, kim):
    seen = []
    for n in range(11):
        visitor.get("/logga-in")
        token = visitor.page.form("password").findall(".//*[@name='csrf_token']")[0].get("value")
        data = {"email": f"b{n}@example.se", "password": "fel lösenord här", "csrf_token": token}
        seen.append(visitor.post("/logga-in", data, headers={"X-Forwarded-For": f"203.0.113.{n}"}).status)
    assert seen[-1] == 429


def test_the_password_of_somebody_who_left_opens_nothing_for_who_comes_next(the_app, isolated):
    with db.unit():
        leaver = make_person()
    old = Visitor(the_app).sign_in_as(leaver)
    assert old.get("/konto").status == 200
    with db.unit() as session:
        session.delete(session.get_one(Person, leaver.id))
    with db.unit():
        make_person()
    assert old.get("/konto").status == 403
    with db.reading():
        assert queries.person(leaver.id) is None
