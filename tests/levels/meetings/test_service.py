"""Seats, the line for them, and what time and those who hold a meeting do to both."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app import clock, db, jobs
from app.dialogues.models import Card
from app.dialogues.stages import Stage
from app.levels.information.meetings import queries, service
from app.levels.information.meetings.models import SignUp
from app.levels.information.meetings.rules import Do
from app.levels.information.meetings.service import Plan, Where
from app.permissions import GUEST, Refusal, Role, can
from tests.factories.dialogues import make_dialogue
from tests.factories.meetings import guest, make_meeting
from tests.factories.people import make_actor

OFFICIAL, CONTACT = Role.OFFICIAL, Role.CONTACT_CENTRE


def plan(row=None, **fields):
    begins = clock.now() + timedelta(days=2)
    values = {
        "form": "open_meeting", "title": "Möte", "lead": "Om gatan.", "about": "Ta med **frågor**.",
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=1), "place": "Kommunhuset", "access": "Hiss finns.",
        "takes_sign_ups": True, "seats": 2,
    }  # fmt: skip
    if row is not None:
        values.update({name: getattr(row, name) for name in values})
    return Plan(**{**values, **fields})


def seats_of(row):
    return {one.name: one.seat for one in queries.sign_ups(row.id)}


def test_a_lead_plans_and_publishes_and_the_card_tells(unit):
    lead, dialogue = make_actor(OFFICIAL), make_dialogue(Stage.OPEN)
    row = service.create(lead, Where(dialogue.id), plan())
    assert not can(GUEST, Do.READ, row)
    assert not can(GUEST, Do.SIGN_UP, row)
    service.publish(lead, row)
    assert can(GUEST, Do.READ, row)
    assert "<strong>frågor</strong>" in row.about_html
    card = db.session().get(Card, f"meeting:{row.id}")
    assert (card.held_at, card.responses, card.is_input) == (row.starts_at, 2, True)


def test_seats_run_out_and_the_first_in_line_gets_the_one_that_is_given_back(unit):
    row = make_meeting(make_dialogue().id, seats=2)
    first, _second, _third, _fourth = (service.sign_up(GUEST, row, guest(n), f"form {n}") for n in range(1, 5))
    assert seats_of(row) == {"Gäst 1": 1, "Gäst 2": 2, "Gäst 3": None, "Gäst 4": None}
    service.leave(row, first)
    assert seats_of(row) == {"Gäst 2": 2, "Gäst 3": 1, "Gäst 4": None}
    assert queries.in_line_before(queries.sign_ups(row.id)[-1]) == 0


def test_one_form_gives_one_sign_up(unit):
    row = make_meeting(make_dialogue().id)
    one = service.sign_up(GUEST, row, guest(), "the form")
    assert service.sign_up(GUEST, row, guest(), "the form") is one
    assert queries.places(row.id).taken == 1


def test_an_account_signs_the_same_person_up_once_and_a_family_each_once(unit):
    row, actor = make_meeting(seats=5), make_actor()
    one = service.sign_up(actor, row, guest(1), "a form")
    assert service.sign_up(actor, row, guest(1), "another form") is one
    assert service.sign_up(actor, row, guest(2), "a third form") is not one
    assert service.sign_up(make_actor(), row, guest(1), "a fourth form") is not one


@given(st.lists(st.sampled_from(["come", "leave first", "leave last", "more seats"]), max_size=14))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nobody_waits_while_a_seat_is_free(unit, steps):
    lead = make_actor(OFFICIAL)
    row = make_meeting(make_dialogue().id, seats=2)
    for number, step in enumerate(steps):
        here = queries.sign_ups(row.id)
        if step == "come":
            service.sign_up(GUEST, row, guest(number), f"form {number}")
        elif step == "more seats":
            service.change(lead, row, plan(row, seats=row.seats + 1), row.version)
        elif here:
            service.leave(row, here[0 if step == "leave first" else -1])
        rows = queries.sign_ups(row.id)
        seated = [one.seat for one in rows if one.seat is not None]
        assert len(seated) == min(len(rows), row.seats)
        assert len(set(seated)) == len(seated)
        assert set(seated) <= set(range(1, row.seats + 1))
        waiting = [one.id for one in rows if one.seat is None]
        assert waiting == sorted(waiting)


def test_seats_are_not_taken_from_those_who_have_them(unit):
    lead, row = make_actor(OFFICIAL), make_meeting(make_dialogue().id, seats=3)
    for number in range(3):
        service.sign_up(GUEST, row, guest(number), f"form {number}")
    with pytest.raises(service.TooFewSeats):
        service.change(lead, row, plan(row, seats=2), row.version)
    with pytest.raises(service.Overtaken):
        service.change(lead, row, plan(row), row.version - 1)


def test_no_one_signs_up_too_late_or_to_what_is_called_off(unit):
    lead = make_actor(OFFICIAL)
    row, other = (make_meeting(make_dialogue().id) for _ in range(2))
    service.cancel(lead, other, "Sjukdom.")
    clock.shift(timedelta(days=3))
    for meeting, code in ((row, "begun"), (other, "called_off")):
        with pytest.raises(Refusal) as refused:
            service.sign_up(GUEST, meeting, guest(), "form")
        assert refused.value.reason.code == code


@pytest.mark.parametrize("stage", [Stage.PAUSED, Stage.CANCELLED, Stage.ARCHIVED, Stage.EVALUATED])
def test_the_stage_of_the_dialogue_binds_everybody(unit, stage):
    row = make_meeting(make_dialogue(stage).id)
    for actor in (GUEST, make_actor(Role.ADMINISTRATOR), make_actor(OFFICIAL)):
        assert not can(actor, Do.SIGN_UP, row)
        assert not can(actor, Do.REGISTER, row)


def test_the_contact_centre_signs_others_up_and_is_not_the_guest(unit):
    clerk, row = make_actor(CONTACT), make_meeting(make_dialogue().id)
    coming = service.register(clerk, row, guest(channel="phone", phone="0512-1"), "form")
    assert (coming.person_id, coming.registered_by, coming.channel) == (None, clerk.person_id, "phone")
    with pytest.raises(Refusal):
        service.register(make_actor(Role.MODERATOR), row, guest(), "another form")


def test_names_are_seen_by_those_who_hold_the_meeting(unit):
    row = make_meeting(make_dialogue().id)
    assert can(make_actor(OFFICIAL), Do.SEE_NAMES, row)
    assert can(make_actor(CONTACT), Do.SEE_NAMES, row)
    for role in (Role.MODERATOR, Role.TRANSLATOR, Role.ELECTED, Role.ADMINISTRATOR):
        assert not can(make_actor(role), Do.SEE_NAMES, row)


def test_notes_are_written_when_it_has_begun(unit):
    lead, row = make_actor(OFFICIAL), make_meeting(make_dialogue().id)
    with pytest.raises(Refusal):
        service.publish_minutes(lead, row, "Allt sades.", 3)
    clock.shift(timedelta(days=4))
    service.publish_minutes(lead, row, "Vi **hörde** er.", 3)
    assert "<strong>hörde</strong>" in row.minutes_html
    card = db.session().get(Card, f"meeting:{row.id}")
    assert (card.is_input, card.responses) == (False, None)


def test_a_month_later_nobody_is_known(app):
    with db.unit():
        lead, dialogue = make_actor(OFFICIAL), make_dialogue()
        row = service.create(lead, Where(dialogue.id), plan())
        service.publish(lead, row)
        service.sign_up(GUEST, row, guest(), "form")

    def known():
        with db.reading() as session:
            return session.scalars(select(func.count()).select_from(SignUp)).one()

    clock.shift(timedelta(days=30))
    jobs.run_due()
    assert known() == 1
    clock.shift(timedelta(days=33))
    jobs.run_due()
    assert known() == 0
