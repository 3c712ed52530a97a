"""The pages of the calendar: what a secretary writes, what others read, and meetings in the form of a record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock, db
from app.dialogues.agenda.models import BodyMeeting
from app.dialogues.models import DecisionRecord
from app.dialogues.stages import Stage
from app.permissions import Role
from tests.factories import dialogues as make
from tests.factories.people import make_person
from tests.visitor import Page, Visitor

HERE = "/beslut/sammantraden"
BODY = "kommunstyrelsen"


def visitor_as(the_app, role: Role, dialogue_id: int | None = None) -> Visitor:
    with db.unit():
        person = make_person(role, dialogue_id=dialogue_id)
    return Visitor(the_app).sign_in_as(person)


@pytest.fixture
def secretary(the_app, isolated) -> Visitor:
    return visitor_as(the_app, Role.SECRETARY)


def in_days(number: int) -> str:
    with db.reading():
        return (clock.today() + timedelta(days=number)).isoformat()


def days() -> list[str]:
    with db.reading() as session:
        return [one.isoformat() for one in session.scalars(select(BodyMeeting.held_on).order_by(BodyMeeting.held_on))]


def test_a_secretary_adds_one_changes_it_and_takes_it_away(secretary):
    page = secretary.get(HERE)
    assert "No coming meeting is in the calendar." in page.words
    secretary.get(HERE + "/nytt?namnd=" + BODY)
    page = secretary.submit({"held_on": in_days(20), "papers_by": in_days(10)})
    assert page.status == 200
    assert "Kommunstyrelsen" in page.words
    change = next(link for link in page.links() if link.startswith(HERE + "/") and link[-1].isdigit())
    secretary.get(change)
    secretary.submit({"held_on": in_days(21)})
    assert days() == [in_days(21)]
    secretary.get(change + "/bort")
    secretary.submit()
    assert days() == []
    assert secretary.get(change).status == 404


def test_a_whole_term_is_pasted_at_once(secretary):
    secretary.get(HERE + "/flera")
    pasted = "\n".join(in_days(number) for number in (30, 58, 86))
    secretary.submit({"body_key": BODY, "held_on": pasted, "papers_by": "12"})
    assert days() == [in_days(30), in_days(58), in_days(86)]
    with db.reading() as session:
        assert {row.held_on - row.papers_by for row in session.scalars(select(BodyMeeting))} == {timedelta(days=12)}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"held_on": "i vår"}, "This cannot be read as a day: i vår."),
        ({"held_on": " "}, "Write at least one day."),
        ({"held_on": ",,,"}, "Write at least one day."),
        ({"body_key": ""}, "Choose an elected body from the list."),
        ({"body_key": "enheten"}, "Choose an elected body from the list."),
        ({"papers_by": "x"}, "Write a number of days."),
        ({"papers_by": "-1"}, "Write a number of days between 1 and 60."),
        ({"papers_by": "9" * 400}, "Write a number of days between 1 and 60."),
        ({"held_on": "2027-03-15\n2027-03-15"}, "This day stands there twice: 15 mars 2027."),
        ({"held_on": "\n".join(["2027-03-15"] * 61)}, "Write at most 60 days at once."),
        ({"held_on": "1900-01-03", "papers_by": "60"}, "lies too far away"),
    ],
)
def test_what_cannot_be_taken_gets_a_sentence_and_nothing_is_lost(secretary, fields, said):
    secretary.get(HERE + "/flera")
    page = secretary.submit({"body_key": BODY, "held_on": "2027-04-12", "papers_by": "10", **fields})
    assert page.status == 422
    assert said in page.words
    assert fields.get("held_on", "2027-04-12").strip() in page.text
    assert days() == []


def test_a_day_that_is_taken_is_told_at_the_field(secretary):
    for _ in range(2):
        secretary.get(HERE + "/nytt")
        page = secretary.submit({"body_key": BODY, "held_on": in_days(20), "papers_by": in_days(10)})
    assert page.status == 422
    assert "The body already has a meeting on this day" in page.words


def test_holidays_are_warned_about_and_taken(secretary):
    with db.reading():
        year = clock.today().year + 1
    secretary.get(HERE + "/nytt")
    page = secretary.submit({"body_key": BODY, "held_on": f"{year}-12-25", "papers_by": f"{year}-12-24"})
    assert page.status == 200
    assert "The meeting is on a holiday: Juldagen." in page.words
    assert "The last day for papers is a holiday: Julafton." in page.words


def test_the_second_of_two_secretaries_loses_nothing(secretary, the_app):
    with db.unit():
        row = make.meeting_of(BODY, clock.today() + timedelta(days=20))
    other = visitor_as(the_app, Role.SECRETARY)
    for one in (secretary, other):
        one.get(f"{HERE}/{row.id}")
    other.submit({"held_on": in_days(21)})
    page = secretary.submit({"held_on": in_days(22)})
    assert page.status == 409
    assert in_days(22) in page.text
    assert days() == [in_days(21)]
    secretary.submit()
    assert days() == [in_days(22)]


def test_what_is_planned_is_shown_and_kept(secretary):
    with db.unit():
        row = make.meeting_of(BODY, clock.today() + timedelta(days=60))
        one = make.make_dialogue(Stage.OPEN, title="Drottninggatan", decision_on=row.held_on)
    page = secretary.get(HERE)
    assert f"/beslut/{one.id}" in page.links()
    assert f"{HERE}/{row.id}/bort" not in page.links()
    page = secretary.get(f"{HERE}/{row.id}/bort")
    assert "A dialogue is planned for this meeting: Drottninggatan." in page.words
    secretary.get(f"{HERE}/{row.id}")
    page = secretary.submit({"held_on": in_days(1), "papers_by": in_days(0)})
    assert page.status == 422
    assert "The dialogue must close before the day when the body decides" in page.words


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.ELECTED])
def test_officials_and_the_elected_read_it_and_change_nothing(the_app, isolated, role):
    with db.unit():
        row = make.meeting_of(BODY, clock.today() + timedelta(days=60))
    reader = visitor_as(the_app, role)
    page = reader.get(HERE)
    assert "Kommunstyrelsen" in page.words
    assert not [link for link in page.links() if link.startswith(f"{HERE}/")]
    for path in ("/nytt", "/flera", f"/{row.id}", f"/{row.id}/bort"):
        assert reader.get(HERE + path).status == 403


def test_others_do_not_read_it(the_app, isolated):
    assert visitor_as(the_app, Role.TRANSLATOR).get(HERE).status == 403


def test_one_body_is_looked_at_and_nonsense_shows_all(secretary):
    with db.unit():
        today = clock.today()
        make.meeting_of(BODY, today + timedelta(days=3))
        make.meeting_of("tekniska-namnden", today + timedelta(days=4))
    assert len(rows(secretary.get(HERE))) == 2
    assert len(rows(secretary.get(HERE + "?namnd=" + BODY))) == 1
    for nonsense in ("?namnd=x", "?fran=x", "?fran=2027-01-01_x", "?fran=-", "?fran=9999-99-99_1"):
        assert len(rows(secretary.get(HERE + nonsense))) == 2, nonsense


def rows(page: Page) -> list[str]:
    return ["".join(row.itertext()) for row in page.find_all("li") if row.get("class") == "row"]


def test_few_statements_however_much_there_is(secretary, count_statements):
    def statements() -> int:
        secretary.get(HERE)
        count_statements.clear()
        assert secretary.get(HERE).status == 200
        return len(count_statements)

    with db.unit():
        make.meeting_of(BODY, clock.today() + timedelta(days=60))
    few = statements()
    with db.unit():
        for number in range(100):
            row = make.meeting_of(BODY, clock.today() + timedelta(days=100 + number))
            make.make_dialogue(decision_on=row.held_on, feedback_by=row.held_on + timedelta(days=30))
    assert statements() == few <= 8


# ------------------------------------------------------------------ the record of a decision


@pytest.fixture
def to_hold(isolated) -> int:
    with db.unit():
        for number in (-400, -30, -2, 0, 5):
            make.meeting_of(BODY, clock.today() + timedelta(days=number))
        make.meeting_of("tekniska-namnden", clock.today() - timedelta(days=9))
        return make.make_whole(Stage.PREPARED).id


def offered(page: Page) -> list[str]:
    (select,) = [one for one in page.find_all("select") if one.get("name") == "meeting"]
    return [option.get("value", "") for option in select]


FACTS = {"outcome": "approved", "section_no": "54", "case_number": "KS 1"}


@pytest.mark.requirement("R48")
def test_the_meetings_that_the_body_has_held_are_offered(secretary, to_hold):
    page = secretary.get(f"/beslut/{to_hold}/halla")
    assert offered(page) == ["", in_days(0), in_days(-2), in_days(-30), in_days(-400)]
    page = secretary.submit({**FACTS, "meeting": in_days(-2)})
    assert page.status == 200
    with db.reading() as session:
        assert session.scalars(select(DecisionRecord.decided_on)).one().isoformat() == in_days(-2)


@pytest.mark.requirement("R48")
def test_another_day_may_be_written_but_not_a_coming_one(secretary, to_hold):
    secretary.get(f"/beslut/{to_hold}/halla")
    page = secretary.submit({**FACTS, "decided_on": in_days(1)})
    assert page.status == 422
    assert "The meeting has not been held yet" in page.words
    secretary.submit({**FACTS, "decided_on": in_days(-3)})
    with db.reading() as session:
        assert session.scalars(select(DecisionRecord.decided_on)).one().isoformat() == in_days(-3)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Give the day of the meeting."),
        ({"meeting": "x"}, "Choose a meeting from the list."),
        ({"meeting": "5"}, "Choose a meeting from the list."),
        ({"meeting": "-2", "decided_on": "-3"}, "Keep one of them."),
        ({"meeting": "-2", "body_key": "tekniska-namnden"}, "This is a meeting of Kommunstyrelsen."),
        ({"decided_on": "i går"}, "Write a date, for example 2027-03-15."),
    ],
)
def test_a_day_is_given_once_and_is_a_day(secretary, to_hold, fields, said):
    secretary.get(f"/beslut/{to_hold}/halla")
    days_given = {name: in_days(int(value)) if value.lstrip("-").isdigit() else value for name, value in fields.items()}
    page = secretary.submit({**FACTS, **days_given})
    assert page.status == 422
    assert said in page.words


def test_the_form_of_a_mistyped_record_begins_with_its_meeting(secretary, to_hold):
    with db.unit() as session:
        day = clock.today()
        make.decide(one := session.get_one(make.Dialogue, to_hold), decided_on=day - timedelta(days=2))
        one.stage = Stage.DECIDED
        number = session.scalars(select(DecisionRecord.id)).one()
    secretary.get(f"/beslut/{to_hold}/ratta/{number}")
    page = secretary.submit({"meeting": in_days(-30), "why": "Fel sammanträde."})
    assert page.status == 200
    with db.reading() as session:
        latest = session.scalars(select(DecisionRecord).order_by(DecisionRecord.id.desc())).first()
        assert (latest.decided_on.isoformat(), latest.section_no) == (in_days(-30), "54")


def test_without_a_calendar_the_day_is_written(secretary):
    with db.unit():
        one = make.make_whole(Stage.PREPARED)
    page = secretary.get(f"/beslut/{one.id}/halla")
    assert "meeting" not in {select.get("name") for select in page.find_all("select")}
    assert secretary.submit({**FACTS, "decided_on": in_days(0)}).status == 200
