"""What the contact centre has to hand while somebody is on the phone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import clock, db, ladder
from app.dialogues import registering
from app.dialogues.stages import Stage
from app.permissions import Role
from tests.factories.dialogues import make_dialogue
from tests.factories.meetings import make_meeting
from tests.factories.people import make_actor, make_person
from tests.factories.surveys import make_survey
from tests.factories.votes import make_open_vote
from tests.visitor import Visitor

HEADING = "Register for somebody who rings or writes"


def visitor_as(the_app, *roles: Role, dialogue_id: int | None = None) -> Visitor:
    with db.unit():
        person = make_person(*roles, dialogue_id=dialogue_id)
    return Visitor(the_app).sign_in_as(person)


@pytest.fixture
def things(the_app, isolated) -> tuple[int, int]:
    """A dialogue with a survey, a meeting and a vote that are open, and one that is paused."""
    with the_app.test_request_context(), db.unit():
        one = make_dialogue(level="codecision", title="Torget i Larv")
        make_survey(one, title="Enkät om torget")
        make_meeting(one.id, title="Möte om torget")
        make_open_vote(one, title="Omröstning om torget")
        other = make_dialogue(Stage.PAUSED, title="Badet")
        make_survey(other, title="Enkät om badet")
        make_meeting(None, title="Öppet hus i Vedum")
        return one.id, other.id


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_the_contact_centre_finds_everything_that_is_open_first(the_app, things, prefix):
    page = visitor_as(the_app, Role.CONTACT_CENTRE).get(prefix + "/arbetsyta")
    for title in ("Enkät om torget", "Möte om torget", "Omröstning om torget", "Öppet hus i Vedum"):
        assert title in page.words
    assert "Enkät om badet" not in page.words
    if not prefix:
        assert page.words.index(HEADING) < page.words.index("My dialogues")


def test_every_link_leads_to_a_page_that_lets_one_in(the_app, things):
    clerk = visitor_as(the_app, Role.CONTACT_CENTRE)
    page = clerk.get("/arbetsyta")
    section = next(e for e in page.find_all("section") if e.get("id") == "registrera")
    doors = [a.get("href") for a in section.iter("{http://www.w3.org/1999/xhtml}a")]
    assert len(doors) == 4
    for door in doors:
        assert clerk.get(door).status == 200, door


def test_words_find_it(the_app, things):
    clerk = visitor_as(the_app, Role.CONTACT_CENTRE)
    clerk.get("/arbetsyta")
    page = clerk.submit({"sok": "TORGET enkät"}, holding="sok")
    assert "Enkät om torget" in page.words
    assert "Möte om torget" not in page.words
    assert "Öppet hus" in clerk.submit({"sok": "öppet"}, holding="sok").words
    page = clerk.submit({"sok": "simhall"}, holding="sok")
    assert "Nothing that is open holds all of these words." in page.words
    assert clerk.get("/arbetsyta?sok=" + "x" * 300).status == 200


def test_a_lead_sees_those_of_their_own_dialogues_and_others_none(the_app, things):
    mine, other = things
    lead = visitor_as(the_app, Role.OFFICIAL, dialogue_id=mine).get("/arbetsyta")
    assert lead.words.index("My dialogues") < lead.words.index(HEADING)
    assert "Enkät om torget" in lead.words
    assert "Öppet hus" not in lead.words
    elsewhere = visitor_as(the_app, Role.OFFICIAL, dialogue_id=other).get("/arbetsyta")
    assert "Enkät om torget" not in elsewhere.words
    assert HEADING not in visitor_as(the_app, Role.MODERATOR).get("/arbetsyta").words


def test_a_closed_survey_is_there_for_as_long_as_paper_is_taken(unit):
    dialogue = make_dialogue(Stage.CLOSED)
    make_survey(dialogue)
    dialogue.closes_at = clock.now() - timedelta(days=1)
    db.session().flush()
    clerk = make_actor(Role.CONTACT_CENTRE)
    (door,) = [one for one in registering.doors() if one.key == "surveys"]
    (thing,) = door.open_to(clerk)
    assert thing.until == dialogue.closes_at + timedelta(days=5)
    dialogue.closes_at = clock.now() - timedelta(days=5)
    db.session().flush()
    assert door.open_to(clerk) == []


def test_the_page_costs_the_same_however_much_is_open(the_app, things, count_statements):
    clerk = visitor_as(the_app, Role.CONTACT_CENTRE)
    clerk.get("/arbetsyta")
    count_statements.clear()
    clerk.get("/arbetsyta")
    few = len(count_statements)
    with the_app.test_request_context(), db.unit():
        for _ in range(12):
            make_survey(make_dialogue())
            make_meeting(make_dialogue().id)
            make_open_vote(make_dialogue(level="codecision"))
    count_statements.clear()
    page = clerk.get("/arbetsyta")
    assert len(count_statements) == few <= 12
    assert "Only the first 40 are shown." not in page.words


def test_two_doors_of_one_name_stop_the_start():
    door = registering.doors()[0]
    with pytest.raises(ValueError, match="two doors"):
        registering.register(registering.Door(door.key, door.what, door.asks, lambda _actor: ()))


def test_each_door_is_of_a_method(the_app):
    assert {door.key for door in registering.doors()} <= {method.key for method in ladder.methods()}
