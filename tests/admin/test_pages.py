"""Administrators' pages, through their forms."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock, db, jobs
from app.accounts.models import Person, RoleGrant, SignInSession
from app.audit import AuditEntry
from app.permissions import Role
from tests.factories.dialogues import make_dialogue
from tests.factories.people import make_person
from tests.mailbox import Mailbox
from tests.visitor import Visitor


@pytest.fixture
def admin(isolated) -> Person:
    with db.unit():
        return make_person(Role.ADMINISTRATOR, name="Ada Admin")


@pytest.fixture
def kim(isolated) -> Person:
    with db.unit():
        return make_person(name="Kim Ödla")


@pytest.fixture
def desk(visitor, admin) -> Visitor:
    """A visitor signed in as the administrator."""
    return visitor.sign_in_as(admin)


def roles(person: Person) -> list[tuple[str, int | None]]:
    with db.reading() as session:
        held = select(RoleGrant.role, RoleGrant.dialogue_id).filter_by(person_id=person.id, revoked_at=None)
        return [(row.role, row.dialogue_id) for row in session.execute(held)]


def events() -> list[str]:
    with db.reading() as session:
        return list(session.scalars(select(AuditEntry.event).order_by(AuditEntry.id)))


@pytest.mark.parametrize("path", ["/admin/anvandare", "/admin/logg", "/admin/jobb"])
def test_only_administrators_come_in(visitor, kim, path):
    assert visitor.get(path).status == 403
    assert Visitor(visitor.app).sign_in_as(kim).get(path).status == 403
    with db.unit():
        official = make_person(Role.OFFICIAL)
        local = make_person(Role.ADMINISTRATOR, dialogue_id=make_dialogue().id)
    assert Visitor(visitor.app).sign_in_as(official).get(path).status == 403
    assert Visitor(visitor.app).sign_in_as(local).get(path).status == 403


def test_people_are_found_by_name_and_address_whatever_the_case(desk, kim):
    desk.get("/admin/anvandare")
    assert "Kim Ödla" in desk.submit({"q": "ÖDLA"}, holding="q").words
    assert kim.email in desk.submit({"q": kim.email.upper()}, holding="q").words
    assert "Kim Ödla" not in desk.submit({"q": "100%"}, holding="q").words


def test_the_list_goes_on_page_by_page(desk, admin):
    with db.unit():
        made = [make_person(name=f"Nummer {n}") for n in range(60)]
    first = desk.get("/admin/anvandare")
    link = next(href for href in first.links() if "before=" in href)
    second = desk.get(link)
    assert made[-1].email in first.words
    assert made[0].email in second.words
    assert made[-1].email not in second.words


def test_a_role_is_given_in_one_dialogue_and_told(desk, kim, the_app):
    mailbox = Mailbox(the_app)
    with db.unit():
        dialogue = make_dialogue()
    desk.get(f"/admin/anvandare/{kim.id}/roll")
    page = desk.submit({"role": "moderator", "dialogue": str(dialogue.id)}, holding="role")
    assert page.status == 200
    assert roles(kim) == [("moderator", dialogue.id)]
    assert "Ada Admin" in page.words
    assert len(mailbox.to(kim.email)) == 1
    assert "RoleGranted" in events()


def test_the_same_role_twice_is_refused_with_a_sentence(desk, kim):
    for status in (200, 422):
        desk.get(f"/admin/anvandare/{kim.id}/roll")
        assert desk.submit({"role": "moderator", "dialogue": ""}, holding="role").status == status
    assert roles(kim) == [("moderator", None)]


def test_an_administrator_of_one_dialogue_is_refused(desk, kim):
    with db.unit():
        dialogue = make_dialogue()
    desk.get(f"/admin/anvandare/{kim.id}/roll")
    assert desk.submit({"role": "administrator", "dialogue": str(dialogue.id)}, holding="role").status == 422
    assert roles(kim) == []


def test_a_role_taken_back_signs_the_person_out(desk, the_app):
    with db.unit() as session:
        moderator = make_person(Role.MODERATOR)
        grant_id = session.scalars(select(RoleGrant.id).filter_by(person_id=moderator.id)).one()
    other = Visitor(the_app).sign_in_as(moderator)
    assert other.get("/konto").status == 200
    desk.get(f"/admin/anvandare/{moderator.id}/ta-tillbaka/{grant_id}")
    desk.submit({})
    assert roles(moderator) == []
    assert other.get("/konto").status == 403


def test_the_last_administrator_stays_one(desk, admin):
    with db.reading() as session:
        grant_id = session.scalars(select(RoleGrant.id).filter_by(person_id=admin.id)).one()
    desk.get(f"/admin/anvandare/{admin.id}/ta-tillbaka/{grant_id}")
    assert desk.submit({}).status == 422
    desk.get(f"/admin/anvandare/{admin.id}/sparra")
    assert desk.submit({"reason": "Ska inte gå, det är den sista."}, holding="reason").status == 422
    assert roles(admin) == [("administrator", None)]


def test_a_blocked_person_is_signed_out_and_told_why(desk, kim, the_app):
    mailbox = Mailbox(the_app)
    other = Visitor(the_app).sign_in_as(kim)
    desk.get(f"/admin/anvandare/{kim.id}/sparra")
    desk.submit({"reason": "Upprepade hot mot andra deltagare."}, holding="reason")
    assert other.get("/konto").status == 403
    assert "Upprepade hot" in mailbox.to(kim.email)[-1]
    desk.submit({}, holding=f"/admin/anvandare/{kim.id}/oppna")
    with db.reading() as session:
        assert session.get_one(Person, kim.id).blocked_at is None


def test_a_sign_in_of_long_ago_is_confirmed_before_roles_are_given(desk, admin, kim):
    with db.unit() as session:
        for row in session.scalars(select(SignInSession)):
            row.started_at = clock.now() - timedelta(minutes=31)
    page = desk.get(f"/admin/anvandare/{kim.id}/roll")
    assert page.status == 403
    assert any("/bekrafta-inloggning" in href and "next=" in href for href in page.links())


def test_the_log_says_what_happened_in_words(desk, kim):
    desk.get(f"/admin/anvandare/{kim.id}/roll")
    desk.submit({"role": "translator", "dialogue": ""}, holding="role")
    page = desk.get("/en/admin/logg")
    assert "Got the role Translator." in page.words
    assert "Ada Admin" in page.words
    page = desk.submit({"event": "PersonBlocked"}, holding="event")
    assert "Got the role Translator." not in page.words


def test_the_log_of_one_dialogue(desk, kim):
    with db.unit():
        one, other = make_dialogue(title="Torget"), make_dialogue(title="Parken")
    for dialogue, role in ((one, "moderator"), (other, "translator")):
        desk.get(f"/admin/anvandare/{kim.id}/roll")
        desk.submit({"role": role, "dialogue": str(dialogue.id)}, holding="role")
    desk.get("/en/admin/logg")
    page = desk.submit({"dialogue": str(one.id)}, holding="event")
    assert "Got the role Moderator." in page.words
    assert "Got the role Translator." not in page.words


def test_the_log_takes_few_statements_however_long_it_is(desk, kim, count_statements):
    for size in (1, 60):
        with db.unit() as session:
            for _ in range(size):
                session.add(AuditEntry(at=clock.now(), event="SignedUp", actor_id=kim.id, subject="person:1", facts={}))
        count_statements.clear()
        assert desk.get("/admin/logg").status == 200
        assert len(count_statements) <= 8
        count_statements.clear()
        assert desk.get("/admin/anvandare").status == 200
        assert len(count_statements) <= 8


def test_a_dead_job_is_tried_again(desk, the_app):
    with db.unit() as session:
        job = jobs.Job(kind="mail.send", args={}, run_at=clock.now(), tries=12, dead_at=clock.now(), error="Trasig")
        session.add(job)
        session.flush()
        number = job.id
    assert "Trasig" in desk.get("/admin/jobb").words
    desk.submit({}, holding=f"/admin/jobb/{number}/igen")
    with db.reading() as session:
        found = session.get_one(jobs.Job, number)
        assert (found.dead_at, found.tries) == (None, 0)
    assert "JobRetried" in events()


@pytest.mark.parametrize("query", ["before=x", "before=-1", "before=99999999999", "dialogue=x", "event=%27", "q=%25"])
def test_odd_addresses_are_harmless(desk, query):
    for path in ("/admin/anvandare", "/admin/logg", "/admin/jobb"):
        assert desk.get(f"{path}?{query}").status == 200


def test_pages_for_administrators_are_kept_out_of_search_engines(desk, kim):
    """Each has the frame: a heading of its own, crumbs, and a word to those who index."""
    paths = ["anvandare", "logg", "jobb", *(f"anvandare/{kim.id}{below}" for below in ("", "/roll", "/sparra"))]
    for path in paths:
        page = desk.get(f"/admin/{path}")
        assert page.status == 200
        assert '<meta name="robots" content="noindex">' in page.text
        (heading,) = page.find_all("h1")
        assert page.title.startswith("".join(heading.itertext()))
