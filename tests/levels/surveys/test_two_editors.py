"""Two officials change the same thing: the second is told, sees both texts, and loses nothing."""

from __future__ import annotations

import pytest

from app import db
from app.dialogues.stages import Stage
from app.levels.consultation.surveys import queries
from app.levels.consultation.surveys.models import Survey
from app.permissions import Role
from tests.factories.dialogues import make_dialogue
from tests.factories.people import make_person
from tests.factories.surveys import make_survey
from tests.visitor import Visitor

TOLD = "Somebody else saved this while you were writing."
PLACES = {"survey": "om", "question": "fraga/{0}", "option": "fraga/{0}/svar/{1}"}
FIELDS = {"survey": "title", "question": "text", "option": "text"}


@pytest.fixture
def editors(the_app, isolated) -> tuple[Visitor, Visitor]:
    with db.unit():
        people = [make_person(Role.OFFICIAL) for _ in range(2)]
    return Visitor(the_app).sign_in_as(people[0]), Visitor(the_app).sign_in_as(people[1])


@pytest.fixture
def survey(isolated) -> Survey:
    with db.unit():
        return make_survey(make_dialogue(Stage.DECIDED))


def place_of(survey: Survey, what: str) -> str:
    with db.reading():
        first = queries.questions(survey)[0]
        ids = (first.id, first.options[0].id)
    return f"/arbetsyta/dialoger/{survey.dialogue_id}/enkat/{survey.id}/" + PLACES[what].format(*ids)


def saved(survey: Survey, what: str) -> str:
    with db.reading() as session:
        first = queries.questions(survey)[0]
        rows = {"survey": session.get_one(Survey, survey.id), "question": first, "option": first.options[0]}
        return getattr(rows[what], FIELDS[what])


@pytest.mark.parametrize("what", list(PLACES))
def test_the_second_editor_sees_both_texts_and_goes_on(editors, survey, what):
    first, second = editors
    here, field = place_of(survey, what), FIELDS[what]
    first.get(here)
    second.get(here)
    assert first.submit({field: "Den första"}).status == 200
    page = second.submit({field: "Den andra"})
    assert page.status == 409
    assert TOLD in page.words
    assert "Den första" in page.words
    assert "Den andra" in page.text
    assert saved(survey, what) == "Den första"
    assert second.submit({}).status == 200
    assert saved(survey, what) == "Den andra"


@pytest.mark.parametrize("what", list(PLACES))
def test_a_form_that_says_nothing_of_a_version_is_an_old_one(editors, survey, what):
    page = editors[0].get(place_of(survey, what))
    for hidden in page.form().findall(".//*[@name='version']"):
        hidden.set("name", "nothing")
    assert editors[0].submit({FIELDS[what]: "Utan"}).status == 409
    assert saved(survey, what) != "Utan"


def test_whoever_writes_is_not_disturbed_by_another_order(editors, survey):
    first, second = editors
    here = place_of(survey, "question")
    second.get(here)
    first.get(f"/arbetsyta/dialoger/{survey.dialogue_id}/enkat/{survey.id}")
    assert first.submit({}, holding=here + "/ner").status == 200
    assert second.submit({"text": "Ny text"}).status == 200
    with db.reading():
        assert queries.questions(survey)[1].text == "Ny text"
