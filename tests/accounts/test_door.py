"""Coming in and going out, through the forms."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app import clock, db
from app.accounts.core import passwords
from app.accounts.models import Person, SignInSession
from app.permissions import Role
from tests.factories.people import make_person
from tests.mailbox import Mailbox
from tests.visitor import Visitor

PASSWORD = "tre gula hästar"


@pytest.fixture
def mailbox(the_app, isolated) -> Mailbox:
    return Mailbox(the_app)


@pytest.fixture
def kim(isolated) -> Person:
    """A resident with a password."""
    password_hash = passwords.hashed(PASSWORD)
    with db.unit():
        person = make_person()
        person.password_hash = password_hash
    return person


def sign_in(visitor: Visitor, address: str, password: str = PASSWORD):
    visitor.get("/logga-in")
    return visitor.submit({"email": address, "password": password}, holding="password")


def signed_in(visitor: Visitor) -> bool:
    return visitor.get("/konto", follow=False).status == 200


def test_an_account_begins_with_its_address_confirmed(visitor, mailbox):
    visitor.get("/skapa-konto")
    page = visitor.submit({"email": "ny@example.se", "name": "Ny Boende"}, holding="name")
    assert page.path == "/logga-in/kod"
    assert not signed_in(visitor)
    visitor.get(mailbox.link("ny@example.se"))
    visitor.submit({"password": PASSWORD}, holding="password")
    assert signed_in(visitor)
    other = Visitor(visitor.app)
    sign_in(other, "ny@example.se")
    assert signed_in(other)


def test_an_account_can_do_without_a_password(visitor, mailbox):
    visitor.get("/skapa-konto")
    visitor.submit({"email": "ny@example.se", "name": "Ny Boende"}, holding="name")
    visitor.get(mailbox.link("ny@example.se"))
    visitor.submit({}, holding="password")
    assert signed_in(visitor)
    with db.reading() as session:
        assert session.scalars(select(Person.password_hash)).all() == [None]


def test_a_password_opens_the_account(visitor, kim):
    sign_in(visitor, kim.email)
    assert signed_in(visitor)


def test_a_wrong_password_keeps_the_address_and_nothing_more(visitor, kim):
    page = sign_in(visitor, kim.email, "fyra gula hästar")
    assert page.status == 422
    assert kim.email in page.text
    assert "fyra gula" not in page.text
    assert page.title.startswith("Error:") or page.title.startswith("Fel:")


def test_a_link_from_a_mail_opens_a_page_with_a_button_and_works_once(visitor, kim, mailbox):
    visitor.get("/logga-in/lank")
    visitor.submit({"email": kim.email}, holding="email")
    link = mailbox.link(kim.email)
    scanner = Visitor(visitor.app)
    for _ in range(5):
        assert scanner.get(link).status == 200
        assert scanner.client.head(link).status_code == 200
    visitor.get(link)
    visitor.submit({})
    assert signed_in(visitor)
    assert scanner.get(link).status == 410


def test_a_code_can_be_typed_with_spaces_and_small_letters(visitor, kim, mailbox):
    visitor.get("/logga-in/lank")
    visitor.submit({"email": kim.email}, holding="email")
    page = visitor.submit({"code": f" {mailbox.code(kim.email).lower()} "}, holding="code")
    assert page.path == "/konto"
    assert signed_in(visitor)


def test_a_wrong_code_is_refused(visitor, kim, mailbox):
    visitor.get("/logga-in/lank")
    visitor.submit({"email": kim.email}, holding="email")
    mailbox.code(kim.email)
    page = visitor.submit({"code": "2222 2222"}, holding="code")
    assert page.status == 422
    assert not signed_in(visitor)


def test_the_code_field_can_be_filled_in_by_the_browser(visitor):
    page = visitor.get("/logga-in/kod")
    field = next(e for e in page.find_all("input") if e.get("name") == "code")
    assert field.get("autocomplete") == "one-time-code"


def test_a_reset_ends_every_other_session(visitor, kim, mailbox):
    elsewhere = Visitor(visitor.app).sign_in_as(kim)
    assert signed_in(elsewhere)
    visitor.get("/glomt-losenord")
    visitor.submit({"email": kim.email}, holding="email")
    visitor.get(mailbox.link(kim.email))
    visitor.submit({"password": "fyra blå kor på taket"}, holding="password")
    assert signed_in(visitor)
    assert not signed_in(elsewhere)
    fresh = Visitor(visitor.app)
    assert sign_in(fresh, kim.email).status == 422
    sign_in(fresh, kim.email, "fyra blå kor på taket")
    assert signed_in(fresh)
    assert any("glomt-losenord" in text for text in mailbox.to(kim.email))


def test_a_code_for_a_reset_leads_to_the_new_password(visitor, kim, mailbox):
    visitor.get("/glomt-losenord")
    visitor.submit({"email": kim.email}, holding="email")
    visitor.submit({"code": mailbox.code(kim.email)}, holding="code")
    visitor.submit({"password": "fyra blå kor på taket"}, holding="password")
    assert signed_in(visitor)


def test_signing_out_ends_the_session_for_a_copied_cookie_too(visitor, kim):
    sign_in(visitor, kim.email)
    copy = Visitor(visitor.app)
    with visitor.client.session_transaction() as cookie, copy.client.session_transaction() as copied:
        copied.update(cookie)
    visitor.get("/konto")
    visitor.submit({}, holding="/logga-ut")
    assert not signed_in(visitor)
    assert not signed_in(copy)


def test_signing_in_makes_a_new_session_and_a_new_token(visitor, kim):
    visitor.get("/logga-in")
    with visitor.client.session_transaction() as cookie:
        cookie["_user_id"] = "planted"
        token = cookie["csrf_token"]
    sign_in(visitor, kim.email)
    with visitor.client.session_transaction() as cookie:
        assert cookie["_user_id"] != "planted"
        assert cookie.get("csrf_token") != token
        assert str(kim.id) != cookie["_user_id"]


def test_where_one_was_going_is_kept(visitor, kim):
    visitor.get("/logga-in?next=/konto/inloggningar")
    page = visitor.submit({"email": kim.email, "password": PASSWORD}, holding="password")
    assert page.path == "/konto/inloggningar"


def test_where_one_was_going_is_kept_through_the_mail(visitor, kim, mailbox):
    visitor.get("/logga-in/lank?next=/konto/inloggningar")
    visitor.submit({"email": kim.email}, holding="email")
    visitor.get(mailbox.link(kim.email))
    assert visitor.submit({}).path == "/konto/inloggningar"


def test_an_ended_session_is_told_at_the_door(visitor, kim):
    visitor.sign_in_as(kim)
    with db.unit() as session:
        for row in session.scalars(select(SignInSession)):
            session.delete(row)
    assert visitor.get("/konto").status == 403
    page = visitor.get("/logga-in?next=/konto")
    assert page.find_all("main")[0].findall(".//*[@role='status']")
    visitor.submit({"email": kim.email, "password": PASSWORD}, holding="password")
    assert visitor.page.path == "/konto"


def test_a_blocked_person_learns_why_but_only_with_the_right_password(visitor, kim):
    with db.unit() as session:
        person = session.get_one(Person, kim.id)
        person.blocked_at, person.block_reason = clock.now(), "Hot mot andra"
    assert "Hot mot andra" not in sign_in(visitor, kim.email, "fyra gula hästar").words
    page = sign_in(visitor, kim.email)
    assert page.status == 422
    assert "Hot mot andra" in page.words


def test_a_password_made_with_older_costs_is_hashed_anew(visitor, kim):
    weak = passwords.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with db.unit() as session:
        session.get_one(Person, kim.id).password_hash = weak
    sign_in(visitor, kim.email)
    with db.reading() as session:
        assert not passwords.is_outdated(session.get_one(Person, kim.id).password_hash or "")


def test_pages_with_forms_and_signed_in_pages_are_never_cached(visitor, kim):
    for path in ("/logga-in", "/skapa-konto"):
        assert "no-store" in visitor.get(path).headers["Cache-Control"]
        assert "Cookie" in visitor.page.headers["Vary"]
    visitor.sign_in_as(kim)
    assert "no-store" in visitor.get("/konto").headers["Cache-Control"]


def test_a_new_account_leads_back_to_where_it_was_needed(visitor, mailbox):
    visitor.get("/skapa-konto?next=/hjalp")
    visitor.submit({"email": "ny@example.se", "name": "Ny Boende"}, holding="name")
    visitor.get(mailbox.link("ny@example.se"))
    assert visitor.submit({"password": PASSWORD}, holding="password").path == "/hjalp"


def test_the_way_to_a_new_account_remembers_where_one_was_going(visitor):
    visitor.get("/logga-in?next=/hjalp")
    assert "/skapa-konto?next=/hjalp" in visitor.page.links()


@pytest.mark.parametrize(("roles", "home"), [((), "/konto"), ((Role.OFFICIAL,), "/arbetsyta")])
def test_each_comes_in_where_their_work_is(visitor, roles, home):
    password_hash = passwords.hashed(PASSWORD)
    with db.unit():
        person = make_person(*roles)
        person.password_hash = password_hash
    assert sign_in(visitor, person.email).path == home
