"""The officials' pages: two editors, bad input, times that do not exist, and every stage."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import clock, db
from app.dialogues import queries
from app.dialogues.models import Dialogue
from app.dialogues.stages import Stage
from app.permissions import Role
from tests.factories.dialogues import card, make_dialogue, make_whole, scope
from tests.factories.people import make_person
from tests.visitor import Visitor


@pytest.fixture
def lead(the_app, isolated) -> Visitor:
    with db.unit():
        person = make_person(Role.OFFICIAL)
    return Visitor(the_app).sign_in_as(person)


def make(stage: Stage = Stage.ASSESSED, **fields: object) -> Dialogue:
    with db.unit():
        return make_whole(stage, **fields)


def fresh(one: Dialogue) -> Dialogue:
    with db.reading() as session:
        return session.get_one(Dialogue, one.id)


@pytest.mark.parametrize("part", ["fraga", "syfte", "lofte", "beskrivning", "tidplan"])
def test_the_second_editor_loses_nothing(lead, the_app, part):
    one = make()
    with db.unit():
        other = Visitor(the_app).sign_in_as(make_person(Role.OFFICIAL))
    field = {"fraga": "question", "syfte": "purpose", "lofte": "promise", "beskrivning": "summary", "tidplan": ""}[part]
    here = f"/arbetsyta/dialoger/{one.id}/{part}"
    other.get(here)
    lead.get(here)
    with db.reading():
        later = (clock.today() + timedelta(days=120)).isoformat()
    other.submit({field: "Den första."} if field else {"feedback_by": later})
    page = lead.submit({field: "Den andra."} if field else {})
    assert page.status == 409
    assert "Somebody else saved this while you were writing." in page.words
    if field:
        assert "Den första." in page.words
        assert "Den andra." in page.text
        assert getattr(fresh(one), field) == "Den första."
        lead.submit({})
        assert getattr(fresh(one), field) == "Den andra."


def test_the_second_editor_of_an_outcome_loses_nothing(lead, the_app):
    one = make(Stage.RESOLVED)
    with db.unit():
        other = Visitor(the_app).sign_in_as(make_person(Role.COMMUNICATIONS))
    here = f"/arbetsyta/dialoger/{one.id}/aterkoppling"
    other.get(here)
    lead.get(here)
    other.submit({"heading": "Första", "lead": "L", "body": "B"}, press="save")
    page = lead.submit({"heading": "Andra", "lead": "L", "body": "B"}, press="save")
    assert page.status == 409
    assert "Första" in page.words
    lead.submit({}, press="save")
    assert lead.get(here).status == 200
    with db.reading():
        assert queries.outcome_of(one.id).heading == "Andra"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("opens_at", "2027-03-28T02:30"),  # the hour that daylight saving skips
        ("opens_at", "i morgon"),
        ("opens_at", ""),
        ("closes_at", "0001-01-01T00:00"),
        ("decision_on", "2027-02-30"),
        ("feedback_by", "9" * 400),
    ],
)
def test_a_date_that_is_none_gets_a_sentence_and_nothing_is_lost(lead, field, value):
    one = make()
    here = f"/arbetsyta/dialoger/{one.id}/tidplan"
    lead.get(here)
    good = {"opens_at": "2027-04-01T08:00", "closes_at": "2027-05-01T08:00", "decision_on": "2027-06-01"}
    page = lead.submit({**good, "feedback_by": "2027-07-01", field: value})
    assert page.status == 422
    assert "2027-06-01" in page.text or field == "decision_on"
    if value:
        assert value in page.text


def test_dates_out_of_order_are_told_at_the_field(lead):
    one = make()
    lead.get(f"/arbetsyta/dialoger/{one.id}/tidplan")
    page = lead.submit({"opens_at": "2027-05-01T08:00", "closes_at": "2027-04-01T08:00"})
    assert page.status == 422
    assert "The dialogue must close after it has opened." in page.words


@pytest.mark.parametrize("value", ["", "information", "nonsense", "\0"])
def test_a_level_that_is_none(lead, value):
    one = make()
    lead.get(f"/arbetsyta/dialoger/{one.id}/niva")
    assert lead.submit({"level": value}).status == 422
    assert fresh(one).level == "consultation"


def test_an_edit_without_its_version_is_taken_for_an_old_one(lead):
    one = make()
    lead.get(f"/arbetsyta/dialoger/{one.id}/syfte")
    for version in ("", "x", "-5", "9" * 30):
        assert lead.submit({"purpose": "P", "version": version}).status in (409, 422)
        lead.get(f"/arbetsyta/dialoger/{one.id}/syfte")


def test_scope_is_arranged_by_buttons(lead):
    with db.unit():
        one = make_dialogue(Stage.ASSESSED)
        first, second, fixed = scope(one)
    here = f"/arbetsyta/dialoger/{one.id}/ramar"
    lead.get(here)
    lead.submit(holding=f"{here}/{second.id}/upp")
    lead.submit(holding=f"{here}/{first.id}/bort")
    lead.get(f"{here}/{fixed.id}")
    assert lead.submit({"why": " "}).status == 422
    lead.submit({"why": "Rören läcker."})
    with db.reading():
        assert [(item.text, item.why) for item in queries.scope_of(one.id)] == [
            ("Var cyklar och bilar får plats", ""),
            ("Ledningarna byts 2027", "Rören läcker."),
        ]
    assert lead.get(f"{here}/{first.id}").status == 404


@pytest.mark.parametrize("stage", list(Stage))
def test_every_officials_page_stands_at_every_stage(lead, stage):
    one = make(stage)
    pages = ("", "/kriterier", "/kriterier/svar", "/fraga", "/niva", "/ramar", "/lofte", "/tidplan", "/metoder")
    for page in (*pages, "/beskrivning", "/aterkoppling", "/forlang"):
        assert lead.get(f"/arbetsyta/dialoger/{one.id}{page}").status == 200, page
    assert lead.get(f"/beslut/{one.id}").status == 200
    for to in Stage:
        assert lead.get(f"/arbetsyta/dialoger/{one.id}/flytta/{to}").status in (200, 403), to


def test_a_step_that_the_table_lacks_says_so(lead):
    one = make()
    page = lead.get(f"/arbetsyta/dialoger/{one.id}/flytta/open")
    assert page.status == 403
    assert "No step leads from “Assessed” to “Open”." in page.words


def test_the_task_list_links_to_everything_that_is_missing(lead):
    with db.unit():
        bare = make_dialogue(Stage.ASSESSED, level=None, question="", purpose="", promise="", body_key=None)
    page = lead.get(f"/arbetsyta/dialoger/{bare.id}")
    for words in ("Write the purpose", "Choose the level of participation", "All four criteria", "at least one thing"):
        assert words in page.words
    for href in {href for href in page.links() if href.startswith(f"/arbetsyta/dialoger/{bare.id}")}:
        assert lead.get(href).status == 200


def test_the_desk_shows_one_s_own_dialogues_and_what_is_late_first(the_app, isolated):
    with db.unit():
        yesterday = clock.today() - timedelta(days=1)
        late = make_dialogue(Stage.RESOLVED, title="Sen", feedback_by=yesterday)
        make_dialogue(Stage.OPEN, title="Någon annans")
        lead = Visitor(the_app).sign_in_as(make_person(Role.OFFICIAL, dialogue_id=late.id))
    page = lead.get("/arbetsyta")
    assert "Feedback is 1 day late" in page.words
    assert "Någon annans" not in page.words
    assert lead.get("/arbetsyta/dialoger/ny").status == 403


@pytest.mark.parametrize("path", ["/arbetsyta", "/arbetsyta/dialoger/{id}", "/beslut", "/beslut/{id}"])
def test_the_desk_asks_little_of_the_database(lead, count_statements, path):
    one = make(Stage.DECIDED)
    path = path.format(id=one.id)
    lead.get(path)
    count_statements.clear()
    lead.get(path)
    few = len(count_statements)
    with db.unit():
        for number in range(40):
            make_dialogue(Stage.PREPARED)
            card(one, 20 + number)
    count_statements.clear()
    lead.get(path)
    assert len(count_statements) == few
    assert few <= 12
