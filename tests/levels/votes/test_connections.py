"""Who lives, stays or works in the place takes part; nobody is asked for a registration, and the three are told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import String

from app import db
from app.ballots import queries as boxes
from app.ballots import service as engine
from app.dialogues.stages import Stage
from app.levels.codecision.votes import queries
from app.permissions import SYSTEM, Role
from tests.factories.dialogues import make_dialogue
from tests.factories.people import make_actor, make_person
from tests.factories.votes import make_open_vote, opened_file, vote_as
from tests.visitor import Visitor

ROOT = Path(__file__).parents[3]
NUMBERS = re.compile(r"person(al)?_?(nummer|number|id_?no)|\bssn\b|\bpnr\b|folkbokf", re.I)


def published(voted: dict[str, int]) -> str:
    """A vote with a published result in which so many of each connection voted; returns its address."""
    with db.unit():
        dialogue = make_dialogue(Stage.OPEN, level="codecision")
        row = make_open_vote(dialogue, connections=["lives", "stays", "works"])
        for number, connection in enumerate(one for key, count in voted.items() for one in [key] * count):
            vote_as(make_actor(), row, str(1 + number % 3), connection=connection)
        engine.close(row.box, SYSTEM)
        engine.seal(row.box, SYSTEM)
        engine.take_in(row.box, make_actor(Role.OFFICIAL), opened_file(row))
        engine.certify(row.box, make_actor(Role.SECRETARY))
        dialogue.stage = Stage.COMPILED
        assert sum(boxes.by_connection(queries.vote(row.id).box).values()) == sum(voted.values())
    return f"/dialoger/{dialogue.id}-drottninggatan/omrostning/{row.id}/resultat"


@pytest.mark.requirement("R4")
@pytest.mark.parametrize("connection", ["lives", "stays", "works"])
def test_whoever_lives_stays_or_works_in_the_place_can_vote(the_app, isolated, connection):
    """A summer house or a job is enough: nothing but the person's own word is asked for."""
    with db.unit():
        dialogue = make_dialogue(Stage.OPEN, level="codecision")
        row = make_open_vote(dialogue, connections=["lives", "stays", "works"])
        person = make_person()
    visitor = Visitor(the_app).sign_in_as(person)
    path = f"/dialoger/{dialogue.id}-drottninggatan/omrostning/{row.id}/rosta"
    page = visitor.get(path)
    assert {one.get("name") for one in page.form("choice").iter() if one.get("name")} >= {"choice", "connection"}
    visitor.submit({"choice": "1", "connection": connection})
    assert visitor.submit(holding=path).path.endswith("/kvitto")


@pytest.mark.requirement("R4")
def test_the_result_shows_the_three_groups(visitor):
    words = visitor.get(published({"lives": 9, "stays": 6, "works": 7})).words
    for told in ("Live in the place 9 41%", "Stay in the place often 6 27%", "Work or study in the place 7 32%"):
        assert told in words
    assert "Nobody has to be registered here." in words


@pytest.mark.requirement("R4")
def test_few_people_are_not_given_away(visitor):
    words = visitor.get(published({"lives": 12, "stays": 1, "works": 8})).words
    assert "Stay in the place often too few to show" in words
    assert "Work or study in the place too few to show" in words  # else the turnout would tell the one above
    assert "Live in the place 12" in words


@pytest.mark.requirement("R4")
def test_nothing_in_the_house_asks_for_or_holds_a_personal_number():
    held = [
        f"{table.name}.{column.name}"
        for table in db.Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String) and NUMBERS.search(column.name)
    ]
    asked = [
        f"{file.relative_to(ROOT)}: {found[0]}"
        for file in sorted((ROOT / "app").rglob("*forms*.py"))
        if (found := NUMBERS.search(file.read_text()))
    ]
    assert held + asked == []
