"""What was promised stands wherever one can take part, and whom to ask on every page of a dialogue."""

from __future__ import annotations

import pytest

from app import db, ladder
from app.dialogues.models import Card, Dialogue
from app.dialogues.stages import Stage
from app.ladder import LEVELS
from tests.factories.articles import make_article
from tests.factories.dialogues import make_whole
from tests.factories.meetings import make_meeting
from tests.factories.people import make_person
from tests.factories.projects import make_project
from tests.factories.suggestions import make_box
from tests.factories.surveys import make_survey
from tests.factories.threads import make_thread
from tests.factories.workshops import make_workshop

OWN = "Kommunstyrelsen visar i februari"


def make(level: str) -> tuple[Dialogue, list[str]]:
    """A dialogue with a thing of each method that residents take part in, and where each is met."""
    with db.unit():
        dialogue = make_whole(Stage.OPEN, level="influence")
        start = f"/dialoger/{dialogue.id}-drottninggatan"
        survey, thread, workshop = make_survey(dialogue, "anyone"), make_thread(dialogue), make_workshop(dialogue)
        project = make_project(dialogue)
        make_box(dialogue)
        make_meeting(dialogue.id)
        make_article(dialogue.id)
        dialogue.level = level  # every method has a page at every level here, so that each is asked
    places = [f"/enkat/{survey.id}", f"/forum/{thread.id}", "/forum", f"/verkstad/{workshop.id}", "/verkstad"]
    places += [f"/projekt/{project.id}", "/projekt", f"/projekt/{project.id}/ga-med", "/forslag"]
    return dialogue, ["", *places] if start else []


@pytest.mark.requirement("R33", "R52")
@pytest.mark.parametrize("level", [one.key for one in LEVELS])
@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_the_promise_of_the_level_and_the_bodys_own_stand_there(visitor, level, prefix):
    dialogue, places = make(level)
    with db.unit():
        visitor.sign_in_as(make_person())
    met = 0
    for place in places:
        page = visitor.get(f"{prefix}/dialoger/{dialogue.id}-drottninggatan{place}")
        if page.status == 404:
            continue
        assert page.status == 200, place
        met += 1
        assert OWN in page.words, place
        if not prefix:
            assert str(ladder.level(level).promise) in page.words, place
    assert met >= 8


@pytest.mark.requirement("R59")
def test_whom_to_ask_stands_on_each_page_of_a_dialogue(visitor):
    dialogue, places = make("influence")
    more = ["/resultat", "/aterkoppling", "/artiklar", "/moten"]
    for place in (*places, *more):
        page = visitor.get(f"/dialoger/{dialogue.id}-drottninggatan{place}")
        if page.status in (403, 404):
            continue
        assert "mailto:anna.ek@vara.example" in page.links(), place
        assert "tel:051231000" in page.links(), place


def test_without_anybody_to_ask_no_empty_line_stands_there(visitor):
    dialogue, _places = make("consultation")
    with db.unit() as session:
        session.get_one(Dialogue, dialogue.id).contact_name = ""
        assert session.query(Card).filter_by(dialogue_id=dialogue.id).count()
    assert "Contact:" not in visitor.get(f"/dialoger/{dialogue.id}-drottninggatan/resultat").words
