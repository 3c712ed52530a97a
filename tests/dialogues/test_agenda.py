"""The calendar of the elected bodies: its days, what is planned against them, and who keeps it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app import clock, db
from app.audit import AuditEntry
from app.dialogues.agenda import days, queries, service
from app.dialogues.agenda.models import BodyMeeting
from app.dialogues.agenda.notices import NOTICES
from app.dialogues.agenda.rules import Do
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.stages import Stage
from app.permissions import Actor, Refusal, Role, can
from tests.factories import dialogues as make
from tests.factories.people import make_actor

BODY = "kommunstyrelsen"


def ahead(number: int) -> date:
    return clock.today() + timedelta(days=number)


@pytest.fixture
def secretary(unit) -> Actor:
    return make_actor(Role.SECRETARY)


def test_the_coming_meetings_of_a_body_are_listed_the_next_one_first(unit):
    for number in (40, 5, -3):
        make.meeting_of(BODY, ahead(number))
    make.meeting_of("tekniska-namnden", ahead(6))
    assert [one.held_on for one in queries.meetings_of(BODY, clock.today())] == [ahead(5), ahead(40)]
    assert [one.held_on for one in queries.held(BODY, ahead(5))] == [ahead(5), ahead(-3)]


def test_a_body_meets_once_a_day(unit):
    make.meeting_of(BODY, ahead(5))
    with pytest.raises(IntegrityError), db.session().begin_nested():
        make.meeting_of(BODY, ahead(5))


def test_the_calendar_is_read_page_by_page_both_ways(unit):
    for number in range(-3, 7):
        make.meeting_of(BODY, ahead(number))
    first = queries.calendar(BODY, clock.today(), most=3)
    second = queries.calendar(BODY, clock.today(), first.later, most=3)
    last = queries.calendar(BODY, clock.today(), second.later, most=3)
    assert [[one.held_on for one in page.rows] for page in (first, second, last)] == [
        [ahead(0), ahead(1), ahead(2)],
        [ahead(3), ahead(4), ahead(5)],
        [ahead(6)],
    ]
    assert last.later is None
    back = queries.calendar(BODY, clock.today(), first.earlier, most=3)
    assert [one.held_on for one in back.rows] == [ahead(-3), ahead(-2), ahead(-1)]
    assert back.earlier is None
    assert queries.calendar(BODY, clock.today(), back.later, most=3).rows[0].held_on == ahead(0)


# ------------------------------------------------------------------ keeping it


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARY])
def test_only_a_secretary_keeps_it(unit, role):
    who, row = make_actor(role), make.meeting_of(BODY, ahead(20))
    for change in (
        lambda: service.add(who, BODY, [(ahead(5), ahead(1))]),
        lambda: service.change(who, row, row.version, held_on=ahead(21), papers_by=ahead(9)),
        lambda: service.remove(who, row),
    ):
        with pytest.raises(Refusal):
            change()


def test_a_secretary_of_one_dialogue_keeps_no_calendar_and_reads_it(unit):
    who = make_actor(Role.SECRETARY, dialogue_id=make.make_dialogue().id)
    assert not can(who, Do.KEEP)
    assert can(who, Do.LIST)


def test_several_days_are_added_all_or_none(secretary):
    service.add(secretary, BODY, [(ahead(20), ahead(10)), (ahead(48), ahead(38))])
    with pytest.raises(NotAccepted) as refused:
        service.add(secretary, BODY, [(ahead(60), ahead(50)), (ahead(48), ahead(38))])
    assert refused.value.field == "held_on"
    assert [one.held_on for one in queries.meetings_of(BODY, clock.today())] == [ahead(20), ahead(48)]


@pytest.mark.parametrize(
    ("body_key", "asked", "field"),
    [
        (BODY, [(20, 20)], "papers_by"),
        (BODY, [(20, 21)], "papers_by"),
        (BODY, [(20, 10), (20, 9)], "held_on"),
        (BODY, [(20, 10), (366 * 6, 10)], "held_on"),
        (BODY, [(-366 * 6, -366 * 7)], "held_on"),
        ("enheten-for-gator", [(20, 10)], "body_key"),
        ("", [(20, 10)], "body_key"),
    ],
)
def test_days_that_do_not_hold_are_refused_at_their_field(secretary, body_key, asked, field):
    with pytest.raises(NotAccepted) as refused:
        service.add(secretary, body_key, [(ahead(day), ahead(papers)) for day, papers in asked])
    assert refused.value.field == field


def test_a_meeting_is_moved_and_the_second_of_two_secretaries_is_told(secretary):
    row = make.meeting_of(BODY, ahead(20))
    seen = row.version
    service.change(secretary, row, seen, held_on=ahead(22), papers_by=ahead(12))
    with pytest.raises(Overtaken):
        service.change(secretary, row, seen, held_on=ahead(23), papers_by=ahead(12))
    assert row.held_on == ahead(22)
    service.remove(secretary, row)
    with pytest.raises(Overtaken):
        service.remove(secretary, row)


@pytest.mark.requirement("R11")
def test_what_is_planned_for_a_meeting_follows_it(secretary):
    row = make.meeting_of(BODY, ahead(60))
    planned = make.make_dialogue(Stage.OPEN, decision_on=ahead(60), feedback_by=ahead(90))
    done = make.make_dialogue(Stage.RESOLVED, decision_on=ahead(60))
    other = make.make_dialogue(Stage.OPEN, decision_on=ahead(60), body_key="tekniska-namnden")
    service.change(secretary, row, row.version, held_on=ahead(65), papers_by=ahead(55))
    assert (planned.decision_on, done.decision_on, other.decision_on) == (ahead(65), ahead(60), ahead(60))
    logged = select(AuditEntry.event).where(AuditEntry.dialogue_id == planned.id)
    assert list(db.session().scalars(logged)) == ["TimePlanFollowed"]


@pytest.mark.requirement("R11")
@pytest.mark.parametrize("number", [5, 95])
def test_a_meeting_is_not_moved_past_the_dates_of_a_dialogue(secretary, number):
    """Before the dialogue closes, or after people were to be told."""
    row = make.meeting_of(BODY, ahead(60))
    planned = make.make_dialogue(Stage.OPEN, decision_on=ahead(60), feedback_by=ahead(90))
    with pytest.raises(NotAccepted) as refused:
        service.change(secretary, row, row.version, held_on=ahead(number), papers_by=ahead(number - 4))
    assert planned.title in str(refused.value.sentence)
    assert planned.decision_on == ahead(60)


def test_a_draft_without_a_plan_of_its_own_does_not_hold_a_meeting(secretary):
    row = make.meeting_of(BODY, ahead(60))
    idea = make.make_dialogue(
        Stage.ASSESSED, opens_at=None, closes_at=None, decision_on=ahead(60), feedback_by=None
    )  # fmt: skip
    service.change(secretary, row, row.version, held_on=ahead(61), papers_by=ahead(50))
    assert idea.decision_on == ahead(61)


@pytest.mark.requirement("R11")
def test_a_meeting_that_a_dialogue_is_planned_for_is_not_taken_away(secretary):
    row = make.meeting_of(BODY, ahead(60))
    planned = make.make_dialogue(Stage.PREPARED, decision_on=ahead(60))
    with pytest.raises(Refusal, match="planned"):
        service.remove(secretary, row)
    planned.decision_on = ahead(70)
    service.remove(secretary, row)
    assert queries.meeting_on(BODY, ahead(60)) is None


def test_the_leads_hear_that_their_time_plan_followed(secretary):
    row = make.meeting_of(BODY, ahead(60))
    planned = make.make_dialogue(Stage.OPEN, decision_on=ahead(60))
    lead = make_actor(Role.OFFICIAL, dialogue_id=planned.id)
    make_actor(Role.OFFICIAL, dialogue_id=make.make_dialogue().id)
    (notice,) = [one for one in NOTICES if one.template == "dialogue_meeting_moved"]
    service.change(secretary, row, row.version, held_on=ahead(61), papers_by=ahead(50))
    event = notice.event(
        subject=f"dialogue:{planned.id}", dialogue_id=planned.id, body="K", was_held_on=ahead(60), held_on=ahead(61)
    )
    assert [one.person_id for one in notice.recipients(event)] == [lead.person_id]
    assert notice.facts(event)["held_on"] == ahead(61).isoformat()


@pytest.mark.race
def test_fifty_secretaries_add_the_same_day_at_once_and_it_is_there_once(own_database, the_app):
    with db.unit():
        actors = [make_actor(Role.SECRETARY) for _ in range(50)]
        day = ahead(30)

    def add(position: int) -> bool:
        try:
            with the_app.app_context(), db.unit():
                service.add(actors[position], BODY, [(day, day - timedelta(days=10))])
        except NotAccepted:
            return False
        return True

    with ThreadPoolExecutor(50) as pool:
        assert sum(pool.map(add, range(50))) == 1
    with db.reading() as session:
        assert session.scalars(select(func.count()).select_from(BodyMeeting)).one() == 1


# ------------------------------------------------------------------ days as people write them


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2027-03-15", [date(2027, 3, 15)]),
        ("2027-3-5\n\n  2027-04-12  ", [date(2027, 3, 5), date(2027, 4, 12)]),
        ("15/3 2027; 12/4/2027, 3.5.2027", [date(2027, 3, 15), date(2027, 4, 12), date(2027, 5, 3)]),
        ("Måndag den 15 mars 2027", [date(2027, 3, 15)]),
        ("15:e MAJ 2027\nons 9 juni 2027\n1 sept. 2027", [date(2027, 5, 15), date(2027, 6, 9), date(2027, 9, 1)]),
        ("", []),
    ],
)
def test_days_are_read_as_people_write_them(text, read):
    assert list(days.pasted(text).days) == read
    assert days.pasted(text).unread == ()


@pytest.mark.parametrize(
    "text", ["2027-02-30", "15 mars", "i morgon", "31/13 2027", "0007-03-15", "15 foo 2027", "2027-03-15 kl 9"]
)
def test_what_is_no_day_is_named(text):
    read = days.pasted(f"2027-03-15\n{text}")
    assert read.unread == (text,)
    assert read.days == (date(2027, 3, 15),)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2027, 5, 6), "Kristi himmelsfärdsdag"),
        (date(2027, 6, 6), "Nationaldagen"),
        (date(2026, 12, 24), "Julafton"),
        (date(2027, 6, 25), "Midsommarafton"),
        (date(2027, 5, 9), ""),
        (date(2027, 5, 7), ""),
        (date(2027, 4, 30), ""),
        (date(9999, 12, 25), ""),
    ],
)
def test_holidays_are_known(day, name):
    assert days.holiday(day) == name
