"""What is told about the steps of the ladder: equal weight, methods and local examples that communications keep."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app import db, ladder
from app.multilingual.models import Translation
from app.permissions import Refusal, Role
from app.policy import service
from app.policy.models import EntryKind, LadderEntry
from app.policy.problems import NotAccepted
from tests.factories.dialogues import make_whole
from tests.factories.multilingual import make_translation
from tests.factories.people import make_actor, make_person
from tests.factories.policy import make_entry
from tests.visitor import Visitor, X

DESK, PAGE = "/arbetsyta/trappan", "/sa-fungerar-det"
VALUES = {"name": "Axet", "text": "Tidningen som kommer hem till alla.", "url": "", "levels": ["information"]}
CSS = Path(__file__).parents[2] / "app/static/css/site.css"


@pytest.fixture
def kim(the_app, isolated) -> Visitor:
    """Communications."""
    with db.unit():
        person = make_person(Role.COMMUNICATIONS)
    return Visitor(the_app).sign_in_as(person)


# ------------------------------------------------------------------ R31: no step is better than another


@pytest.mark.requirement("R31")
@pytest.mark.parametrize("where", ["/", PAGE, "dialogue"])
def test_five_steps_are_drawn_alike(visitor, where):
    with db.unit():
        row = make_whole()
    page = visitor.get(f"/dialoger/{row.id}-x" if where == "dialogue" else where)
    lists = [one for one in page.find_all("ol") if "ladder" in (one.get("class") or "").split()]
    steps = [list(one.findall(X + "li")) for one in lists] or [
        [one for one in page.find_all("section") if one.get("class") == "ladder-step"]
    ]
    for five in steps:
        assert len(five) == len(ladder.LEVELS)
        drawn = [(one.get("class"), [child.tag for child in one.iter()][:3], one.get("style")) for one in five]
        assert all(one == drawn[0] for one in drawn)
        words = " ".join(" ".join(one.itertext()) for one in five)
        assert not re.search(r"\d+ ?(%|/|points|of 5)", words)


@pytest.mark.requirement("R31")
def test_the_stylesheet_knows_the_steps_only_as_a_whole():
    sheet = CSS.read_text()
    rules = [line for line in sheet.splitlines() if "ladder" in line]
    assert rules
    for line in rules:
        assert not re.search(r"nth-|first-|last-|:has|" + "|".join(one.key for one in ladder.LEVELS), line), line
    for one in ladder.LEVELS:
        assert f".{one.key}" not in sheet


@pytest.mark.requirement("R31")
def test_the_page_tells_each_step_in_the_same_way(visitor):
    with db.unit():
        for level in ladder.LEVELS:
            make_entry(levels=level.key, name=f"Sätt {level.key}")
            make_entry(levels=level.key, kind="example", name=f"Exempel {level.key}")
    sections = [one for one in visitor.get(PAGE).find_all("section") if one.get("class") == "ladder-step"]
    shapes = [[(child.tag, child.get("class")) for child in one.iter()] for one in sections]
    assert len(shapes) == 5
    assert all(shape == shapes[0] for shape in shapes)


# ------------------------------------------------------------------ R34: methods at their steps, votes at codecision


@pytest.mark.requirement("R34")
def test_each_method_of_the_catalogue_stands_at_each_of_its_steps(visitor):
    with db.unit():
        make_entry()
    sections = [one for one in visitor.get(PAGE).find_all("section") if one.get("class") == "ladder-step"]
    shown = ["Dialogkafé" in " ".join(one.itertext()) for one in sections]
    assert shown == [False, False, True, True, True]


@pytest.mark.requirement("R34")
@pytest.mark.parametrize("levels", [["consultation"], ["influence", "codecision"], ["information"]])
def test_a_vote_stands_at_codecision_alone(kim, levels):
    kim.get(DESK + "/ny/metod")
    page = kim.submit({"name": "Rådslag", "text": "Du röstar.", "levels": levels, "is_vote": "y"})
    assert page.status == 422
    assert "A vote is offered at the step Co-decision and at no other." in page.words
    assert "Rådslag" in page.text
    page = kim.submit({"levels": ["codecision"]})
    assert page.path == DESK
    with db.reading() as session:
        row = session.scalars(select(LadderEntry)).one()
        assert (row.levels, row.is_vote) == ("codecision", True)


@pytest.mark.requirement("R34")
def test_the_database_holds_that_too(unit):
    with pytest.raises(IntegrityError), db.session().begin_nested():
        make_entry(is_vote=True, levels="influence codecision")


@pytest.mark.requirement("R34")
def test_the_methods_of_the_platform_are_offered_at_their_level_and_above_and_votes_at_the_last_alone(the_app):
    for method in ladder.methods():
        assert method.level in method.offered_at
    votes = {one.key for one in ladder.methods() if one.offered_at == (ladder.CODECISION,)}
    assert "votes" in votes
    for level in ladder.LEVELS[:-1]:
        assert not votes & {one.key for one in ladder.methods_at(level.key)}


# ------------------------------------------------------------------ R35: local examples without code


@pytest.mark.requirement("R35")
def test_communications_add_change_and_remove_an_example_and_everyone_reads_it(kim, visitor):
    kim.get(DESK + "/ny/exempel")
    page = kim.submit({"name": "Axet", "text": "Kommunens tidning.", "levels": "information"})
    assert page.path == DESK
    assert "Kommunens tidning." in visitor.get(PAGE).words
    with db.reading() as session:
        row = session.scalars(select(LadderEntry)).one()
    kim.get(f"{DESK}/{row.id}")
    kim.submit({"text": "Tidningen som kommer hem till alla.", "url": "https://vara.example/axet"})
    page = visitor.get(PAGE)
    assert "Tidningen som kommer hem till alla." in page.words
    assert "https://vara.example/axet" in page.links()
    with db.unit():
        make_translation(f"ladder_entry:{row.id}", "text", "ar", "صحيفة.", source="Tidningen som kommer hem till alla.")
    assert "صحيفة." in visitor.get("/ar" + PAGE).words
    kim.get(DESK)
    kim.submit(holding=f"{DESK}/{row.id}/bort")
    assert "Axet" not in visitor.get(PAGE).words
    with db.reading() as session:
        assert session.scalars(select(Translation)).all() == []


@pytest.mark.requirement("R35")
def test_the_five_local_examples_of_the_demo_stand_at_their_steps(the_app, town_isolated):
    sections = [one for one in Visitor(the_app).get(PAGE).find_all("section") if one.get("class") == "ladder-step"]
    told = [" ".join(one.itertext()) for one in sections]
    names = ("Axet", "Bättre Vara", "Invånarträffarna", "Drottninggatan", "Tätortsvandringarna")
    assert [name in words for name, words in zip(names, told, strict=True)] == [True] * 5


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COMMUNICATIONS])
def test_other_roles_are_refused(the_app, isolated, role):
    with db.unit():
        entry = make_entry()
        actor = make_actor(role)
        for write in (
            lambda: service.add(actor, EntryKind.EXAMPLE, VALUES),
            lambda: service.change(actor, entry, 1, VALUES),
            lambda: service.remove(actor, entry),
        ):
            with pytest.raises(Refusal):
                write()
        person = make_person(role)
    other = Visitor(the_app).sign_in_as(person)
    for path in (DESK, f"{DESK}/{entry.id}", DESK + "/ny/metod"):
        assert other.get(path).status == 403


def test_an_example_stands_at_one_step_and_a_method_at_one_at_least(unit):
    actor = make_actor(Role.COMMUNICATIONS)
    with pytest.raises(NotAccepted, match="one step"):
        service.add(actor, EntryKind.EXAMPLE, {**VALUES, "levels": ["information", "influence"]})
    with pytest.raises(NotAccepted, match="at least one"):
        service.add(actor, EntryKind.METHOD, {**VALUES, "levels": ["ingen"]})


def test_the_second_editor_loses_nothing(kim, the_app):
    with db.unit():
        entry = make_entry()
        other = Visitor(the_app).sign_in_as(make_person(Role.COMMUNICATIONS))
    here = f"{DESK}/{entry.id}"
    other.get(here)
    kim.get(here)
    other.submit({"text": "Den första."})
    page = kim.submit({"text": "Den andra."})
    assert page.status == 409
    assert "Den första." in page.words
    kim.submit({})
    with db.reading() as session:
        assert session.get_one(LadderEntry, entry.id).text == "Den andra."


@pytest.mark.parametrize("prefix", ["", "/en", "/ar", "/lattlast"])
def test_the_page_asks_little_however_much_it_tells(visitor, count_statements, prefix):
    visitor.get(prefix + PAGE)
    with db.unit():
        for _ in range(30):
            make_entry()
    count_statements.clear()
    page = visitor.get(prefix + PAGE)
    assert len(count_statements) <= 2
    assert "Set-Cookie" not in page.headers
