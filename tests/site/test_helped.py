"""Did the page help you? Asked on every page, answered without a name, read by communications."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock, db
from app.audit import AuditEntry
from app.cli.clock import Clockwork
from app.permissions import Role
from app.site.helped.addresses import page_of
from app.site.helped.models import PageAnswer
from tests.factories.dialogues import make_whole
from tests.factories.people import make_person
from tests.visitor import Visitor

ASK, DESK = "/hjalpte-sidan", "/arbetsyta/sidor"


def answers() -> list[PageAnswer]:
    with db.reading() as session:
        return list(session.scalars(select(PageAnswer).order_by(PageAnswer.id)))


def visitor_with(the_app, *roles: Role) -> Visitor:
    with db.unit():
        person = make_person(*roles)
    return Visitor(the_app).sign_in_as(person)


@pytest.mark.requirement("R60")
@pytest.mark.parametrize("path", ["/", "/dialoger", "/hjalp", "/riktlinje", "/finns-inte", "/logga-in", "/sok"])
def test_every_page_asks_without_setting_a_cookie(visitor, path):
    page = visitor.get(path)
    assert any(link.startswith(ASK + "?") for link in page.links())
    if path != "/logga-in":
        assert "Set-Cookie" not in page.headers


@pytest.mark.requirement("R60")
def test_an_answer_is_kept_without_who_gave_it(the_app, isolated):
    """Signed in or not: no person, no address, no session, no hour; and nothing in the log."""
    for who in (Visitor(the_app), visitor_with(the_app), visitor_with(the_app, Role.OFFICIAL)):
        who.get(ASK + "?sida=/dialoger")
        page = who.submit({"helped": "no", "text": "Jag hittade inte sista dagen."})
        assert page.status == 200
        assert "Thank you" in page.words
        assert "/dialoger" in page.links()
    assert [(one.path, one.helped, one.text) for one in answers()] == [
        ("/dialoger", False, "Jag hittade inte sista dagen.")
    ] * 3
    columns = {column.key: column for column in PageAnswer.__table__.columns}
    assert set(columns) == {"id", "path", "language", "helped", "text", "answered_on"}
    assert not any(column.foreign_keys for column in columns.values())
    with db.reading() as session:
        assert session.scalars(select(AuditEntry)).all() == []


@pytest.mark.requirement("R60")
def test_the_address_is_kept_without_codes(app):
    assert page_of("/dialoger/12-drottninggatan/enkat/3") == "/dialoger/12-drottninggatan/enkat/3"
    assert page_of("/lank/" + "a" * 43) == "/lank/…"
    assert page_of("/arende/HEMLIG-KOD") == "/arende/…"
    assert page_of("/dialoger/1-x/enkat/3/kvitto/" + "b" * 10) == "/dialoger/1-x/enkat/3/kvitto/…"
    for other in ("", "//evil.example/x", "https://evil.example/", "/finns-inte", "/dialoger?q=mig", "/" + "a" * 400):
        assert page_of(other) == "", other


def test_what_is_wrong_is_said_at_its_field_and_the_words_are_kept(visitor):
    visitor.get(ASK + "?sida=/hjalp")
    page = visitor.submit({"text": "Kvar <b>här</b>"})
    assert page.status == 422
    assert "Choose yes or no." in page.words
    assert "Kvar <b>här</b>" in page.words
    page = visitor.submit({"helped": "yes", "text": "x" * 1001})
    assert page.status == 422
    visitor.submit({"helped": "yes", "text": ""})
    assert [(one.path, one.helped) for one in answers()] == [("/hjalp", True)]


def test_whoever_fills_in_the_trap_is_thanked_and_nothing_is_kept(visitor):
    visitor.get(ASK)
    assert "Thank you" in visitor.submit({"helped": "yes", "website": "http://x"}).words
    assert answers() == []


def test_too_many_answers_from_one_address_are_refused(visitor):
    visitor.get(ASK)
    form = visitor.page
    for _ in range(20):
        visitor.page = form
        assert visitor.submit({"helped": "yes"}).status == 200
    visitor.page = form
    assert visitor.submit({"helped": "yes"}).status == 429
    assert len(answers()) == 20


@pytest.mark.requirement("R60")
def test_communications_read_what_was_missing_and_take_away_what_names_somebody(the_app, isolated, visitor):
    kim = visitor_with(the_app, Role.COMMUNICATIONS)
    with db.unit():
        row = make_whole()
    for helped, text in (("yes", ""), ("no", "Orden är svåra."), ("no", "Fråga Per Persson.")):
        visitor.get(f"/ar{ASK}?sida=/dialoger/{row.id}-drottninggatan")
        visitor.submit({"helped": helped, "text": text})
    assert DESK in kim.get("/arbetsyta").links()
    page = kim.get(DESK)
    assert f"/dialoger/{row.id}-drottninggatan 3 1" in page.words
    assert "Orden är svåra." in page.words
    assert "العربية" in page.words
    last = answers()[-1]
    kim.submit(holding=f"{DESK}/{last.id}/bort")
    assert "Per Persson" not in kim.get(DESK).words
    assert len(answers()) == 2
    with db.reading() as session:
        told = session.scalars(select(AuditEntry)).one()
        assert (told.event, told.subject, told.facts) == ("PageAnswerRemoved", f"page_answer:{last.id}", {})


@pytest.mark.requirement("R60")
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COMMUNICATIONS])
def test_other_roles_do_not_read_it(the_app, isolated, role):
    other = visitor_with(the_app, role)
    assert other.get(DESK).status == 403
    assert DESK not in other.get("/arbetsyta").links()


def test_it_is_let_go_after_a_year(app):
    with db.unit() as session:
        for days in (365, 366):
            day = clock.today() - timedelta(days=days)
            session.add(PageAnswer(path=f"/{days}", language="sv", helped=True, answered_on=day))
    Clockwork().tick()
    assert [one.path for one in answers()] == ["/365"]


def test_the_desk_asks_little_and_pages_through_what_was_written(the_app, isolated, count_statements):
    kim = visitor_with(the_app, Role.COMMUNICATIONS)

    def write(first: int, last: int) -> None:
        with db.unit() as session:
            for number in range(first, last):
                values = {"path": "/hjalp", "language": "sv", "helped": False, "answered_on": clock.today()}
                session.add(PageAnswer(**values, text=f"Nummer {number}."))

    write(0, 1)
    count_statements.clear()
    kim.get(DESK)
    few = len(count_statements)
    write(1, 40)
    count_statements.clear()
    page = kim.get(DESK)
    assert len(count_statements) == few <= 8
    assert "Nummer 39." in page.words
    assert "Nummer 9." not in page.words
    older = next(link for link in page.links() if "fore=" in link)
    assert "Nummer 9." in kim.get(older).words
