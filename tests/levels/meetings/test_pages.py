"""Meetings through the pages that people meet: residents, those who hold them, the contact centre."""

from __future__ import annotations

from datetime import timedelta

import pytest
from icalendar import Calendar

from app import clock, db
from app.dialogues.stages import Stage
from app.levels.information.meetings import queries, service
from app.levels.information.meetings.models import Meeting
from app.permissions import GUEST, Role
from tests.factories.dialogues import make_dialogue
from tests.factories.meetings import guest, make_meeting
from tests.factories.people import make_person
from tests.mailbox import Mailbox
from tests.visitor import Visitor

BODY = "/dialoger/{0.dialogue_id}-drottninggatan/moten/{0.id}"
ADDRESS = "asa@example.se"


@pytest.fixture
def meeting(the_app, isolated):
    """A meeting with one seat in an open dialogue."""
    with the_app.test_request_context(), db.unit():
        return make_meeting(make_dialogue(Stage.OPEN).id, seats=1)


def sign_in(the_app, *roles):
    with the_app.test_request_context(), db.unit():
        person = make_person(*roles)
    return Visitor(the_app).sign_in_as(person)


def ask(visitor, path, name="Åsa", email=ADDRESS, **fields):
    visitor.get(path + "/anmalan")
    return visitor.submit({"name": name, "email": email, **fields})


def test_reading_costs_no_cookie(visitor, meeting):
    for path in ("/moten", "/moten?visa=tidigare", BODY.format(meeting), BODY.format(meeting).rpartition("/")[0]):
        page = visitor.get(path)
        assert page.status == 200
        assert "Set-Cookie" not in page.headers
    assert visitor.get(BODY.format(meeting).replace("drottninggatan", "annat"), follow=False).status == 301


def test_signing_up_waiting_and_giving_the_seat_back(the_app, visitor, meeting):
    mailbox, path = Mailbox(the_app), BODY.format(meeting)
    first = ask(visitor, path, wishes=["hearing_loop"], wishes_more="Tolk till finska")
    assert "You have a seat" in first.words
    assert "I need a hearing loop" in first.words
    assert "Åsa" not in first.words
    second = Visitor(the_app)
    assert "You are first in line." in ask(second, path, "Olle", "olle@example.se").words
    assert "All seats are taken" in second.get(path).words
    assert "You have a seat" in mailbox.to(ADDRESS)[0]
    visitor.get(first.path)
    assert "You are no longer signed up." in visitor.submit(holding=first.path + "/avsta").words
    assert visitor.get(first.path).status == 404
    letters = mailbox.to("olle@example.se")
    assert "waiting list" in letters[0]
    assert "You have got a seat" in letters[1]


def test_a_second_press_gives_the_same_receipt(visitor, meeting):
    path = BODY.format(meeting)
    visitor.get(path + "/anmalan")
    form = visitor.page
    one = visitor.submit({"name": "Åsa", "email": ADDRESS})
    visitor.page = form
    assert visitor.submit({"name": "Åsa", "email": ADDRESS}).path == one.path


def test_wrong_input_says_so_and_keeps_what_was_written(visitor, meeting):
    page = ask(visitor, BODY.format(meeting), name="Åsa", email="åsa utan snabel-a")
    assert page.status == 422
    assert 'value="Åsa"' in page.text
    assert "Write an e-mail address" in page.words


def test_the_calendar_entry_is_one_that_calendars_read(visitor, meeting):
    answer = visitor.get(BODY.format(meeting) + "/kalender.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    (entry,) = Calendar.from_ical(answer.text).walk("VEVENT")
    assert entry["SUMMARY"] == "Gåtur"
    assert entry.decoded("DTSTART") == meeting.starts_at.replace(microsecond=0)
    assert entry["URL"].endswith(BODY.format(meeting))


def test_an_official_plans_publishes_moves_and_calls_off(the_app, isolated):
    mailbox = Mailbox(the_app)
    with the_app.test_request_context(), db.unit():
        dialogue = make_dialogue(Stage.OPEN)
    official = sign_in(the_app, Role.OFFICIAL)
    desk = f"/arbetsyta/dialoger/{dialogue.id}/moten"
    official.get(desk + "/nytt")
    fields = {
        "form": "focus_group", "title": "Fokusgrupp", "lead": "Om bänkar.", "starts_at": "2027-03-01T18:00",
        "ends_at": "2027-03-01T17:00", "place": "Biblioteket", "access": "Hiss.", "takes_sign_ups": "y", "seats": "8",
    }  # fmt: skip
    page = official.submit(fields)
    assert page.status == 422
    assert "The meeting must end after it has begun." in page.words
    page = official.submit({**fields, "ends_at": "2027-03-01T19:30", "seats": "0"})
    assert "Write a whole number from 1 to 5000" in page.words
    page = official.submit({**fields, "ends_at": "2027-03-01T19:30"})
    with db.reading() as session:
        row = session.query(Meeting).one()
    assert page.path == f"{desk}/{row.id}"
    assert Visitor(the_app).get(f"/dialoger/{dialogue.id}-drottninggatan/moten/{row.id}").status == 404
    official.submit(holding=f"{page.path}/publicera")
    ask(Visitor(the_app), f"/dialoger/{dialogue.id}-drottninggatan/moten/{row.id}")
    official.get(f"{page.path}/andra")
    official.submit({"place": "Medborgarhuset"})
    official.get(f"{page.path}/stall-in")
    assert official.submit({"reason": ""}).status == 422
    official.submit({"reason": "Ledaren är sjuk."})
    told = mailbox.to(ADDRESS)
    assert "Medborgarhuset" in told[1]
    assert "Ledaren är sjuk." in told[2]
    public = Visitor(the_app).get(f"/dialoger/{dialogue.id}-drottninggatan/moten/{row.id}")
    assert "This meeting has been called off." in public.words
    assert "Sign up" not in public.words


def test_two_editors_the_second_is_told(the_app, meeting):
    one, other = sign_in(the_app, Role.OFFICIAL), sign_in(the_app, Role.OFFICIAL)
    path = f"/arbetsyta/dialoger/{meeting.dialogue_id}/moten/{meeting.id}/andra"
    one.get(path)
    other.get(path)
    one.submit({"title": "Ettan"})
    page = other.submit({"title": "Tvåan"})
    assert page.status == 409
    assert "Ettan" in page.words
    assert "Tvåan" in page.text
    assert other.submit().status == 200
    with db.reading():
        assert queries.meeting(meeting.id).title == "Tvåan"


def test_the_contact_centre_registers_who_called(the_app, meeting):
    clerk = sign_in(the_app, Role.CONTACT_CENTRE)
    path = f"/arbetsyta/dialoger/{meeting.dialogue_id}/moten/{meeting.id}"
    clerk.get(path + "/anmal")
    page = clerk.submit({"name": "Birgit"})
    assert page.status == 422
    assert "Write a phone number or an e-mail address." in page.words
    page = clerk.submit({"name": "Birgit", "phone": "0512-123 45"})
    assert "Birgit is signed up and has a seat." in page.words
    assert "0512-123 45" in page.words


def test_the_site_holds_meetings_of_its_own(the_app, isolated):
    with the_app.test_request_context(), db.unit():
        row = make_meeting(None, takes_sign_ups=False, title="Invånarträff i Kvänum")
    page = Visitor(the_app).get("/moten")
    assert f"/moten/{row.id}-invanartraff-i-kvanum" in page.links()
    assert "No need to sign up." in Visitor(the_app).get(f"/moten/{row.id}-invanartraff-i-kvanum").words
    assert sign_in(the_app, Role.COMMUNICATIONS).get("/arbetsyta/moten/nytt").status == 200
    assert sign_in(the_app, Role.OFFICIAL).get("/arbetsyta/moten").status == 403


def test_pages_cost_the_same_with_many_meetings_and_guests(the_app, meeting, count_statements):
    def spent():
        before = len(count_statements)
        for path in ("/moten", BODY.format(meeting).rpartition("/")[0], BODY.format(meeting)):
            assert Visitor(the_app).get(path).status == 200
            assert len(count_statements) - before <= 8, path
            before = len(count_statements)
        lead.get(f"/arbetsyta/dialoger/{meeting.dialogue_id}/moten/{meeting.id}")
        return len(count_statements) - before

    lead = sign_in(the_app, Role.OFFICIAL)
    few = spent()
    with the_app.test_request_context(), db.unit():
        for number in range(40):
            make_meeting(meeting.dialogue_id, starts_at=clock.now() + timedelta(days=3, minutes=number))
            service.sign_up(GUEST, queries.meeting(meeting.id), guest(number), f"form {number}")
    assert spent() <= min(few + 1, 12)


def test_the_list_goes_on_where_it_stopped(the_app, visitor, meeting):
    with the_app.test_request_context(), db.unit():
        for number in range(45):
            make_meeting(meeting.dialogue_id, title=f"Möte {number}", starts_at=meeting.starts_at)
    seen, path = [], "/moten"
    while path:
        page = visitor.get(path)
        found = [link for link in page.links() if "/moten/" in link and "visa=" not in link and "fran=" not in link]
        seen += found
        path = next((link for link in page.links() if "fran=" in link), None)
    assert len(seen) == len(set(seen)) == 46
