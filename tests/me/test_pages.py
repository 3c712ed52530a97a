"""One's own pages, through their forms."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app import clock, db
from app.accounts import contributions
from app.accounts.core import passwords
from app.accounts.models import Person, SignInSession
from app.i18n import lazy
from tests.factories.people import make_person
from tests.mailbox import Mailbox
from tests.visitor import Visitor

PASSWORD = "tre gula hästar"


@pytest.fixture
def kim(isolated) -> Person:
    password_hash = passwords.hashed(PASSWORD)
    with db.unit():
        person = make_person()
        person.password_hash = password_hash
    return person


@pytest.fixture
def home(visitor, kim) -> Visitor:
    return visitor.sign_in_as(kim)


@pytest.fixture
def mailbox(the_app, isolated) -> Mailbox:
    return Mailbox(the_app)


def person(kim: Person) -> Person:
    with db.reading() as session:
        return session.get_one(Person, kim.id)


def a_while_passes(kim: Person) -> None:
    """So long that what is well protected asks again."""
    with db.unit() as session:
        session.execute(update(SignInSession).values(started_at=clock.now() - timedelta(minutes=31)))


def test_the_name_and_the_language_are_changed(home, kim):
    home.get("/konto/uppgifter")
    home.submit({"name": "Kim L.", "language": "ar"}, holding="name")
    assert (person(kim).name, person(kim).language) == ("Kim L.", "ar")
    assert "Kim L." in home.get("/konto").words


def test_a_name_that_looks_official_is_refused_and_kept_in_the_field(home, kim):
    home.get("/konto/uppgifter")
    page = home.submit({"name": "V4ra K0mmun"}, holding="name")
    assert page.status == 422
    assert "V4ra K0mmun" in page.text
    assert person(kim).name == "Kim Lund"


def test_a_new_password_ends_the_other_sessions_and_is_told(home, kim, mailbox):
    other = Visitor(home.app).sign_in_as(kim)
    home.get("/konto/losenord")
    home.submit({"password": "fyra blå kor på taket"}, holding="password")
    assert home.get("/konto").status == 200
    assert other.get("/konto").status == 403
    assert len(mailbox.to(kim.email)) == 1


@pytest.mark.parametrize("weak", ["kort", "password123", "varakommun2027", "person{}@example.se"])
def test_a_password_that_is_easy_to_guess_is_refused(home, kim, weak):
    home.get("/konto/losenord")
    page = home.submit({"password": kim.email if "@" in weak else weak}, holding="password")
    assert page.status == 422
    assert weak not in page.text


def test_a_new_address_is_used_when_it_is_confirmed_there(home, kim, mailbox):
    old = kim.email
    other = Visitor(home.app).sign_in_as(kim)
    home.get("/konto/e-post")
    home.submit({"email": "Ny@Example.se"}, holding="email")
    assert person(kim).email == old
    home.get(mailbox.link("Ny@Example.se"))
    home.submit({})
    assert (person(kim).email, person(kim).email_key) == ("Ny@Example.se", "ny@example.se")
    assert home.get("/konto").status == 200
    assert other.get("/konto").status == 403
    assert mailbox.to(old)
    assert len(mailbox.to("Ny@Example.se")) == 2


def test_a_new_address_is_confirmed_with_a_code_too(home, kim, mailbox):
    home.get("/konto/e-post")
    home.submit({"email": "ny@example.se"}, holding="email")
    home.get("/konto/e-post/kod")
    home.submit({"code": mailbox.code("ny@example.se")}, holding="code")
    home.submit({})
    assert person(kim).email == "ny@example.se"


def test_a_mail_to_an_address_that_was_given_first_does_not_confirm_the_one_given_later(home, kim, mailbox):
    home.get("/konto/e-post")
    home.submit({"email": "forsta@example.se"}, holding="email")
    link = mailbox.link("forsta@example.se")
    home.get("/konto/e-post")
    home.submit({"email": "andra@example.se"}, holding="email")
    assert home.get(link).status == 410
    assert person(kim).email == kim.email


def test_an_address_of_somebody_else_is_told_to_them_alone(home, kim, mailbox):
    with db.unit():
        taken = make_person()
    home.get("/konto/e-post")
    known = home.submit({"email": taken.email}, holding="email")
    assert "/lank/" not in mailbox.to(taken.email)[-1]
    home.get("/konto/e-post")
    unknown = home.submit({"email": "ny@example.se"}, holding="email")
    assert known.words == unknown.words


def test_sessions_are_listed_and_ended_one_by_one(home, kim):
    other = Visitor(home.app).sign_in_as(kim)
    home.get("/konto/inloggningar")
    home.submit({}, holding="session")
    assert other.get("/konto").status == 403
    assert home.get("/konto").status == 200


def test_nobody_ends_somebody_elses_session(home):
    with db.unit():
        stranger = make_person()
    other = Visitor(home.app).sign_in_as(stranger)
    with db.reading() as session:
        theirs = session.scalars(select(SignInSession.key_hash).filter_by(person_id=stranger.id)).one()
    home.get("/konto/inloggningar")
    token = home.page.form("/konto/inloggningar/avsluta-alla").findall(".//*[@name='csrf_token']")[0].get("value")
    home.post("/konto/inloggningar/avsluta", {"session": theirs, "csrf_token": token})
    assert other.get("/konto").status == 200


def test_all_other_sessions_end_at_once_and_so_does_everything(home, kim):
    others = [Visitor(home.app).sign_in_as(kim) for _ in range(2)]
    home.get("/konto/inloggningar")
    home.submit({}, holding="/konto/inloggningar/avsluta-andra")
    assert [other.get("/konto").status for other in others] == [403, 403]
    home.get("/konto/inloggningar")
    home.submit({}, holding="/konto/inloggningar/avsluta-alla")
    assert home.get("/konto").status == 403


def test_after_a_while_the_password_is_asked_for_again(home, kim):
    a_while_passes(kim)
    page = home.get("/konto/losenord")
    assert page.status == 403
    home.get(next(href for href in page.links() if "/bekrafta-inloggning" in href))
    assert home.submit({"password": "fel lösenord här"}, holding="password").status == 422
    assert home.submit({"password": PASSWORD}, holding="password").path == "/konto/losenord"
    assert home.page.status == 200


def test_after_a_while_a_code_does_as_well(home, kim, mailbox):
    a_while_passes(kim)
    home.get("/en/konto/losenord")
    home.get(next(href for href in home.page.links() if "/bekrafta-inloggning" in href))
    home.submit({}, holding="/en/bekrafta-inloggning/kod")
    page = home.submit({"code": mailbox.code(kim.email)}, holding="code")
    assert page.path == "/en/konto/losenord"


def test_contributions_are_listed_with_their_state(home, kim, monkeypatch, count_statements):
    def rows(person_id: int) -> list[contributions.Contribution]:
        assert person_id == kim.id
        return [contributions.Contribution("Mina svar", None, lazy("Waiting"), clock.now())]

    monkeypatch.setitem(contributions._sections, "t", contributions.Section("t", lazy("Surveys"), rows))
    page = home.get("/konto")
    assert "Mina svar" in page.words
    assert len(count_statements) <= 3 + len(contributions.sections()), "a section costs one"


def test_a_new_address_that_waits_does_not_outlive_the_password(home, kim, mailbox):
    """Somebody who had the browser for a moment may have asked for an address of their own."""
    for change in (choose_in_the_settings, choose_by_mail):
        home.get("/konto/e-post")
        home.submit({"email": "tjuv@example.se"}, holding="email")
        link = mailbox.link("tjuv@example.se")
        change(home, kim, mailbox)
        assert home.get(link).status == 410
        assert (person(kim).email, person(kim).new_email) == (kim.email, None)


def choose_in_the_settings(home: Visitor, _kim: Person, _mailbox: Mailbox) -> None:
    home.get("/konto/losenord")
    assert home.submit({"password": "fyra blå kor på taket"}, holding="password").status == 200


def choose_by_mail(home: Visitor, kim: Person, mailbox: Mailbox) -> None:
    visitor = Visitor(home.app)
    visitor.get("/glomt-losenord")
    visitor.submit({"email": kim.email}, holding="email")
    visitor.get(mailbox.link(kim.email))
    assert visitor.submit({"password": "fem gröna får i ån"}, holding="password").status == 200


def test_a_mail_on_its_way_when_the_password_changes_gives_no_address_away(home, kim, mailbox):
    home.get("/konto/e-post")
    home.submit({"email": "tjuv@example.se"}, holding="email")  # planned, not sent yet
    choose_in_the_settings(home, kim, mailbox)
    assert mailbox.to("tjuv@example.se") == []


def test_a_key_with_a_nul_ends_no_session_and_is_no_fault(home, kim):
    Visitor(home.app).sign_in_as(kim)
    home.get("/konto/inloggningar")
    assert home.submit({"session": "a\0b"}, holding="session").status == 200
