"""Projects as people meet them: reading without a cookie, joining, working, and every state of a page."""

from __future__ import annotations

import pytest

from app import db
from app.dialogues.stages import Stage
from app.levels.influence.projects import queries, service
from app.levels.influence.projects.models import Milestone, Project, Task
from app.permissions import Role
from app.reviews.models import State
from tests.factories.dialogues import make_dialogue
from tests.factories.people import actor_of, make_actor, make_person
from tests.factories.projects import FACTS, make_member, make_milestone, make_project, make_task, place_status
from tests.visitor import Visitor


def scene(stage=Stage.OPEN, **fields):
    """A dialogue with a project; the id of the project, its address and that of its desk."""
    dialogue = make_dialogue(stage, level="influence")
    row = make_project(dialogue, **fields)
    return row, f"/dialoger/{dialogue.id}-drottninggatan/projekt/{row.id}", f"/arbetsyta/dialoger/{dialogue.id}/projekt"


@pytest.fixture
def lead(the_app, isolated):
    with db.unit():
        person = make_person(Role.OFFICIAL)
    return Visitor(the_app).sign_in_as(person)


def test_reading_leaves_no_cookie_and_shows_all_of_it(visitor):
    with db.unit():
        row, address, _desk = scene()
        owner = make_member(row, name="Åsa <b>")
        make_task(row, owner_id=owner.id, title="<script>alert(1)</script>")
        make_task(row, state=State.HIDDEN, title="Dolt ord")
        make_task(row, state=State.WAITING, title="Väntande ord")
        make_milestone(row)
        place_status(row)
    page = visitor.get(address)
    for words in ("Hundra meter", "50 000 kronor", "Platserna är valda", "Det går bra", "<script>alert(1)", "Åsa <b>"):
        assert words in page.words
    for words in ("Dolt ord", "Väntande ord"):
        assert words not in page.words
    assert "Set-Cookie" not in page.headers
    assert "Sign in and take part" in page.words
    for path in ("/deltagare", "/nytt", ""):
        assert visitor.get(address + path).status == 200
    assert visitor.get(address.rsplit("/", 1)[0]).status == 200


@pytest.mark.parametrize("query", ["efter=x", "efter=0.2027-01-01.99999999999", "efter=%00", "efter=9.9.9"])
def test_strange_places_are_the_first_page_or_wrong(visitor, query):
    with db.unit():
        row, address, _desk = scene()
        make_task(row)
    assert visitor.get(f"{address}?{query}").status in (200, 400)
    assert visitor.get(f"{address}/deltagare?{query}").status in (200, 400)


def test_somebody_asks_is_let_in_works_and_leaves(visitor, lead, the_app):
    with db.unit():
        row, address, desk = scene()
        person = make_person(name="Noor Ali")
        make_task(row, title="Fråga banken")
    noor = Visitor(the_app).sign_in_as(person)
    noor.get(f"{address}/ga-med")
    noor.submit({"name": "Noor", "message": "Jag kan fråga på arabiska."})
    assert "You have asked to join" in noor.page.words
    people = lead.get(f"{desk}/{row.id}/deltagare")
    assert "Jag kan fråga på arabiska." in people.words
    lead.submit(holding=f"{desk}/{row.id}/deltagare/{person.id}/ja")
    assert "Nobody asks at the moment." in lead.page.words
    noor.get(address)
    assert "Others see you as Noor" in noor.page.words
    with db.reading():
        (task,) = queries.page(row.id, actor_of(person)).rows
    noor.get(f"{address}/uppgifter/{task.id}")
    noor.submit(holding=f"{address}/uppgifter/{task.id}/ta")
    noor.submit({"progress": "under_way", "percent": "30 %"}, holding="progress")
    assert "Under way · 30" in noor.page.words
    noor.submit({"progress": "under_way", "percent": "mycket"}, holding="progress")
    assert (noor.page.status, "Write a whole number from 0 to 99." in noor.page.words) == (422, True)
    noor.get(f"{address}/lamna")
    noor.submit()
    assert "Nobody has taken it on yet" in noor.page.words
    assert queries_of(row.id) == (0, 0)


def test_whoever_is_not_in_is_not_taken_out(lead):
    with db.unit():
        row, _address, desk = scene()
        asking = make_member(row, is_in=False)
    lead.get(f"{desk}/{row.id}/deltagare/{asking.id}/bort")
    page = lead.submit({"reason": "Har flyttat."})
    assert (page.status, "They are not in the project" in page.words) == (200, True)
    with db.reading():
        assert queries.member(row.id, asking.id) is not None


def queries_of(project_id):
    with db.reading():
        return queries.numbers(project_id)[2:]


def test_a_member_writes_a_task_and_takes_it_away(the_app, isolated):
    with db.unit():
        row, address, _desk = scene()
        person = make_member(row)
    asa = Visitor(the_app).sign_in_as(person)
    asa.get(f"{address}/uppgifter/ny")
    asa.submit({"title": ""})
    assert asa.page.status == 422
    asa.submit({"title": "Måla", "about": "Grönt", "due_on": "2027-05-01", "language": "ar"})
    assert (asa.page.status, "Måla" in asa.page.words) == (200, True)
    task_page = asa.page.path
    asa.get(f"{task_page}/andra")
    asa.submit({"title": "Måla om", "due_on": "2027-99-01"})
    assert (asa.page.status, "Måla om" in asa.page.text) == (422, True)
    asa.submit({"due_on": "2027-06-01"})
    assert "Måla om" in asa.page.words
    asa.get(f"{task_page}/ta-bort")
    asa.submit()
    assert asa.get(task_page).status == 404


def test_two_windows_the_second_is_told_and_keeps_its_words(the_app, lead):
    with db.unit():
        row, address, desk = scene()
        person = make_member(row)
        task_id = make_task(row, owner_id=person.id, by=person).id
    asa = Visitor(the_app).sign_in_as(person)
    asa.get(f"{address}/uppgifter/{task_id}")
    other = lead.get(f"{desk}/{row.id}/uppgifter/{task_id}")
    assert other.status == 200
    lead.submit({"title": "Ny rubrik", "progress": "under_way", "percent": "80"})
    asa.submit({"progress": "under_way", "percent": "20"}, holding="progress")
    assert asa.page.status == 409
    assert "Somebody else saved this" in asa.page.words
    assert 'value="20"' in asa.page.text
    asa.submit(holding="progress")
    assert "Under way · 20" in asa.page.words
    lead.get(f"{desk}/{row.id}/om")
    with db.unit() as session:
        session.get(Project, row.id).title = "Någon annans rubrik"
    lead.submit({"title": "Min rubrik"})
    assert (lead.page.status, "Min rubrik" in lead.page.text, "Någon annans rubrik" in lead.page.words) == (
        409,
        True,
        True,
    )
    lead.submit()
    assert "Min rubrik" in lead.page.words


def test_a_task_that_another_has_is_told_of(the_app, isolated):
    with db.unit():
        row, address, _desk = scene()
        first, second = make_member(row), make_member(row)
        task = make_task(row)
    late = Visitor(the_app).sign_in_as(second)
    late.get(f"{address}/uppgifter/{task.id}")
    with db.unit() as session:
        service.claim(actor_of(first), session.get(Task, task.id))
    late.submit(holding=f"{address}/uppgifter/{task.id}/ta")
    assert "Somebody else was just before you" in late.page.words
    with db.reading() as session:
        assert session.get(Task, task.id).owner_id == first.id


def test_following_and_stopping_is_one_button_each(the_app, isolated):
    with db.unit():
        row, address, _desk = scene()
        person = make_person()
    reader = Visitor(the_app).sign_in_as(person)
    reader.get(address)
    reader.submit(holding=f"{address}/folj")
    assert queries_of(row.id) == (0, 1)
    reader.submit(holding=f"{address}/sluta-folja")
    assert queries_of(row.id) == (0, 0)


def test_officials_plan_invite_and_end(lead):
    with db.unit():
        dialogue = make_dialogue(level="influence")
    desk = f"/arbetsyta/dialoger/{dialogue.id}/projekt"
    lead.get(f"{desk}/nytt")
    lead.submit({"title": "Bänkar"})
    assert (lead.page.status, "Bänkar" in lead.page.text) == (422, True)
    lead.submit({name: value for name, value in FACTS.items() if isinstance(value, str)})
    one = lead.page.path
    lead.get(f"{one}/delmal/nytt")
    lead.submit({"title": "Platserna är valda", "due_on": "2027-03-01"})
    with db.reading() as session:
        milestone = session.query(Milestone).one()
    lead.submit(holding=f"{one}/delmal/{milestone.id}/natt")
    assert "reached on" in lead.page.words
    lead.get(f"{one}/uppgifter/ny")
    lead.submit({"title": "Ta in pris", "whose": "municipality", "progress": "done"})
    assert "1 of 1" in lead.page.words
    lead.get(f"{one}/deltagare")
    lead.submit({"email": "inte en adress"}, holding="email")
    assert lead.page.status == 422
    lead.submit({"email": "ny@example.org"}, holding="email")
    assert "ny@example.org" in lead.page.words
    lead.get(f"{one}/avsluta")
    lead.submit({"conclusion": "Fjorton bänkar."})
    assert "The project ended on" in lead.page.words
    assert lead.get(f"{one}/om").status == 403


def test_a_status_text_has_an_address_for_ever(visitor):
    with db.unit():
        row, address, _desk = scene()
        first = place_status(row, "Den allra första.")
        for number in range(25):
            place_status(row, f"Nummer {number}.")
        hidden = place_status(row, "Dolt ord", state=State.HIDDEN)
        waiting = place_status(row, "Väntande ord", state=State.WAITING)
    assert "Den allra första." in visitor.get(f"{address}/nytt/{first.id}").words
    assert "Dolt ord" not in visitor.get(f"{address}/nytt/{hidden.id}").words
    assert visitor.get(f"{address}/nytt/{waiting.id}").status == 404


def test_the_page_says_why_after_the_closing(visitor):
    with db.unit():
        _row, address, _desk = scene(Stage.RESOLVED)
        _other, hidden, _desk = scene(Stage.PREPARED)
        gone, withdrawn, _desk = scene()
        service.withdraw(make_actor(Role.OFFICIAL), gone)
    assert "until it has been evaluated" in visitor.get(address).words
    assert visitor.get(hidden).status == 404
    assert visitor.get(withdrawn).status == 404
