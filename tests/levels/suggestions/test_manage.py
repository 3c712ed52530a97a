"""The officials' door: the inbox, a case, registering for others, and the file that leaves."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pytest
from sqlalchemy import select

from app import db
from app.audit import AuditEntry
from app.levels.consultation.suggestions import queries
from app.levels.consultation.suggestions.models import Suggestion
from app.permissions import Role
from app.reviews.models import State
from tests.factories.dialogues import make_dialogue
from tests.factories.people import make_person
from tests.factories.suggestions import make_box, send, show
from tests.visitor import Visitor

DESK = "/arbetsyta/battre-vara"
CODE = re.compile(r"[2-9A-Z]{5}-[2-9A-Z]{5}")


def scene(the_app, *roles, dialogue_id=None):
    """A box with a case, and somebody with these roles."""
    with db.unit():
        case = send(make_box(), "Laga bänken. Den är trasig.", wants="mail", email="ida@example.se")
        person = make_person(*roles, dialogue_id=dialogue_id, name="Anna Ek")
        number = case.id
    return number, Visitor(the_app).sign_in_as(person)


def case_now(number):
    with db.reading():
        return queries.by_receipt(queries.case(number).receipt)


def test_an_official_takes_a_case_notes_answers_and_releases_it(visitor, the_app):
    number, anna = scene(the_app, Role.OFFICIAL)
    assert "Laga bänken" in anna.get(DESK).words
    anna.get(f"{DESK}/{number}")
    page = anna.submit(holding=f"{DESK}/{number}/ta")
    assert "Anna Ek" in page.words
    anna.submit({"note": "Ring vaktmästaren."}, holding="note")
    page = anna.submit({"status": "answered"}, holding="answer")
    assert page.status == 422
    page = anna.submit({"status": "answered", "answer": "Vi lagar den på fredag."}, holding="answer")
    assert page.status == 200
    anna.submit(holding=f"{DESK}/{number}/slapp")
    row = case_now(number)
    assert (row.status, row.contribution.is_public) == ("answered", True)
    words = visitor.get(f"/battre-vara/{number}").words
    assert "Vi lagar den på fredag." in words
    assert "Anna Ek" not in words
    assert "vaktmästaren" not in words
    assert "ida@example.se" not in words


def test_the_second_of_two_officials_is_told_and_keeps_the_answer(the_app, visitor):
    number, anna = scene(the_app, Role.OFFICIAL)
    anna.get(f"{DESK}/{number}")
    with db.unit() as session:
        session.get(Suggestion, number).matter = "gator"
    page = anna.submit({"status": "declined", "answer": "Det går inte, därför att …"}, holding="answer")
    assert page.status == 409
    assert "Det går inte" in page.text
    assert anna.submit({}, holding="answer").status == 200
    assert case_now(number).status == "declined"


def test_a_case_is_given_to_a_colleague_and_moved(the_app, visitor):
    number, anna = scene(the_app, Role.OFFICIAL)
    with db.unit():
        other = make_person(Role.OFFICIAL, name="Bo Alm").id
    anna.get(f"{DESK}/{number}")
    anna.submit({"person": str(other)}, holding="person")
    assert case_now(number).assigned_to == other
    anna.get(f"{DESK}/{number}")
    anna.submit({"matter": "avfall"}, holding="matter")
    assert (case_now(number).matter, case_now(number).assigned_to) == ("avfall", None)


def test_the_contact_centre_registers_for_somebody_and_handles_nothing(the_app, visitor):
    number, kim = scene(the_app, Role.CONTACT_CENTRE)
    kim.get(f"{DESK}/registrera")
    page = kim.submit({"channel": "paper", "matter": "gator", "text": "Sanda trottoaren vid torget.", "wants": "phone"})
    assert page.status == 422
    page = kim.submit({"phone": "0512-10"})
    code = re.search(r"[2-9A-Z]{5}-[2-9A-Z]{5}", page.words)[0]
    with db.reading():
        row = queries.by_receipt(code)
        assert (row.contribution.channel, row.contribution.person_id, row.phone) == ("paper", None, "0512-10")
    assert "Sanda trottoaren" in visitor.get(f"/arende/{code}").words
    page = kim.get(f"{DESK}/{number}")
    assert page.status == 200
    assert kim.post(f"{DESK}/{number}/ta").status in (400, 403)


def test_a_form_that_was_used_for_another_caller_gives_nobody_their_code(the_app, visitor):
    _number, kim = scene(the_app, Role.CONTACT_CENTRE)
    kim.get(f"{DESK}/registrera")
    used = kim.page
    said = {"channel": "phone", "matter": "gator", "text": "Sanda vid torget.", "wants": "phone", "phone": "0512-10"}
    first = CODE.search(kim.submit(said).words)[0]
    kim.page = used
    assert CODE.search(kim.submit(said).words)[0] == first  # pressed twice: the same case
    kim.page = used
    page = kim.submit({**said, "text": "Fler cykelställ vid stationen.", "phone": "0512-20"})
    assert page.status == 422
    assert f"This form was used before, for the case {first}." in page.words
    assert "Fler cykelställ vid stationen." in page.text
    page = kim.submit()
    second = CODE.search(page.words)[0]
    assert page.status == 200
    assert second != first
    with db.reading():
        cases = [queries.by_receipt(code) for code in (first, second)]
        assert [(one.contribution.text, one.phone) for one in cases] == [
            ("Sanda vid torget.", "0512-10"), ("Fler cykelställ vid stationen.", "0512-20"),
        ]  # fmt: skip


@pytest.mark.parametrize("role", [Role.ELECTED, Role.SECRETARY, Role.TRANSLATOR, Role.REGISTRAR])
def test_others_do_not_see_the_inbox(the_app, visitor, role):
    _number, visitor = scene(the_app, role)
    assert visitor.get(DESK).status == 403


def test_an_official_of_one_dialogue_sees_nothing_of_the_standing_box(the_app, visitor):
    with db.unit():
        dialogue_id = make_dialogue(level="consultation").id
    number, visitor = scene(the_app, Role.OFFICIAL, dialogue_id=dialogue_id)
    assert visitor.get(DESK).status == 403
    assert visitor.get(f"{DESK}/{number}").status == 403


def test_views_of_the_inbox(the_app, visitor):
    number, anna = scene(the_app, Role.OFFICIAL)
    for view, shown in (("open", True), ("mine", False), ("free", True), ("late", False), ("waiting", True),
                        ("closed", False), ("nonsense", True)):  # fmt: skip
        page = anna.get(f"{DESK}?visa={view}")
        assert (f"{DESK}/{number}" in page.links()) is shown, view
    assert anna.get(f"{DESK}?fran=2026-13-45.x").status == 200


def exported(anna, **fields):
    anna.get(f"{DESK}/export")
    page = anna.client.post(
        f"{DESK}/export",
        data={"csrf_token": anna.page.form("format").find(".//*[@name='csrf_token']").get("value"), **fields},
    )
    data = page.data
    page.close()
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        name = next(one for one in files.namelist() if one.startswith("suggestions"))
        return list(csv.DictReader(io.StringIO(files.read(name).decode("utf-8-sig"))))


def test_the_standing_box_leaves_without_personal_data_and_with_it(the_app, visitor):
    _number, anna = scene(the_app, Role.OFFICIAL)
    with db.unit():
        box = queries.box_in(None)
        show(send(box, "Alla får läsa det här.", place="Torget"))
        show(send(box, "Ingen får läsa det här."), State.HIDDEN)
    rows = exported(anna, format="csv")
    assert [row["text"] for row in rows] == ["[väntar på granskning]", "Alla får läsa det här.", "[dold]"]
    assert "email" not in rows[0]
    assert "whole_text" not in rows[0]
    rows = exported(anna, format="csv", personal_data="y")
    assert rows[0]["email"] == "ida@example.se"
    assert rows[2]["whole_text"] == "Ingen får läsa det här."
    with db.reading() as session:
        events = session.scalars(select(AuditEntry.event)).all()
    assert list(events).count("ExportMade") == 2


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.SECRETARY, Role.ADMINISTRATOR])
def test_those_who_may_export_get_the_file_though_they_do_not_work_there(the_app, visitor, role):
    _number, visitor = scene(the_app, role)
    assert f"{DESK}/export" in visitor.get("/arbetsyta").links()
    page = visitor.get(f"{DESK}/export")
    assert page.status == 200
    assert DESK not in page.links()
    assert len(exported(visitor, format="csv")) == 1
    assert visitor.get(DESK).status == 403


def test_there_is_nothing_to_export_where_there_is_no_box(visitor):
    with db.unit():
        person = make_person(Role.REGISTRAR)
    page = visitor.sign_in_as(person).get(f"{DESK}/export")
    assert page.status == 200
    assert "Nobody can send suggestions here yet." in page.words


def test_the_contact_centre_takes_no_file(the_app, visitor):
    _number, kim = scene(the_app, Role.CONTACT_CENTRE)
    assert kim.get(f"{DESK}/export").status == 403
