"""Larger changes: whether residents are asked is considered before each is decided, or it is seen to be late."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock, db
from app.dialogues.intake import due, queries, service
from app.dialogues.intake.models import ChangeConsideration, LargerChange, RowChanged
from app.dialogues.intake.service import Case
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.stages import Stage
from app.permissions import Actor, Refusal, Role
from tests.factories.dialogues import make_dialogue
from tests.factories.intake import consider, make_change
from tests.factories.people import make_actor, make_person
from tests.visitor import Visitor

HERE = "/arbetsyta/forandringar"
REASON = {"reason": "Lagen lämnar inget val.", "considered_by": "Bildningsnämndens arbetsutskott"}


def a_case(**fields: object) -> Case:
    values = {
        "title": "Skolan i Larv läggs ner", "case_number": "BN 2026/9", "area": "skola",
        "body_key": "bildningsnamnden", "decision_on": clock.today() + timedelta(days=90),
    }  # fmt: skip
    return Case(**{**values, **fields})


@pytest.fixture
def lead(unit) -> Actor:
    return make_actor(Role.OFFICIAL)


@pytest.fixture
def official(the_app, isolated) -> Visitor:
    with db.unit():
        return Visitor(the_app).sign_in_as(make_person(Role.OFFICIAL))


@pytest.mark.requirement("R38")
def test_a_flagged_case_without_a_consideration_becomes_overdue(unit):
    early, late = make_change(days=due.days() + 1), make_change(days=due.days())
    held, none = make_change(days=1), make_change(days=1)
    consider(held, make_dialogue(Stage.IDEA))
    consider(none)
    assert queries.waiting() == [late, early]
    assert queries.overdue() == [late]
    clock.shift(timedelta(days=1))
    assert queries.overdue() == [late, early]


@pytest.mark.requirement("R38")
def test_overdue_ones_stand_on_the_list_the_desk_and_where_one_decides(the_app, isolated):
    with db.unit():
        make_change(days=5, title="Badhuset stängs")
        make_change(days=200, title="Torget byggs om")
        people = {role: make_person(role) for role in (Role.OFFICIAL, Role.SECRETARY, Role.ELECTED)}
    for role, person in people.items():
        visitor = Visitor(the_app).sign_in_as(person)
        page = visitor.get(HERE)
        words = page.words
        assert words.index("Overdue") < words.index("Badhuset stängs") < words.index("To be considered ")
        assert words.index("To be considered ") < words.index("Torget byggs om")
        assert "Badhuset stängs" in visitor.get("/arbetsyta").words
        page = visitor.get("/beslut")
        if role is not Role.OFFICIAL:
            assert "Badhuset stängs" in page.words
            assert "Torget byggs om" not in page.words


@pytest.mark.requirement("R38")
def test_yes_names_the_dialogue_and_no_says_why_and_who(lead):
    change, dialogue = make_change(), make_dialogue(Stage.IDEA)
    for wrong in ({"reason": " "}, {"considered_by": ""}):
        with pytest.raises(NotAccepted):
            service.consider(lead, change, 0, dialogue_id=None, **{**REASON, **wrong})
    with pytest.raises(NotAccepted):
        service.consider(lead, change, 0, dialogue_id=dialogue.id + 999, **REASON)
    first = service.consider(lead, change, 0, dialogue_id=dialogue.id, **REASON)
    assert queries.settled().rows[0].dialogue is dialogue
    assert queries.register().entries == []
    service.consider(lead, change, first.id, dialogue_id=None, **REASON)
    (entry,) = queries.register().entries
    assert (entry.change, entry.consideration.reason) == (change, REASON["reason"])
    assert [one.consideration.outcome for one in queries.considerations(change.id)] == ["dialogue", "none"]


def test_a_dialogue_that_is_over_or_of_another_kind_is_not_named(lead):
    change = make_change()
    for row in (make_dialogue(Stage.UNSUITABLE), make_dialogue(Stage.OPEN, kind="user_dialogue")):
        with pytest.raises(NotAccepted):
            service.consider(lead, change, 0, dialogue_id=row.id, **REASON)


@pytest.mark.requirement("R38")
def test_what_was_considered_and_not_held_is_public_with_its_reason(visitor):
    with db.unit():
        consider(make_change(title="Badhuset stängs"), reason="Huset är utdömt.")
        held = make_change(title="Torget byggs om")
        consider(held, make_dialogue(Stage.IDEA, title="Hemlig", question="Hemlig?"))
        make_change(title="Ingen har tänkt")
    page = visitor.get("/dialoger/overvagda")
    for words in ("Badhuset stängs", "Huset är utdömt.", "Bildningsnämndens arbetsutskott", "Bildningsnämnden"):
        assert words in page.words
    for words in ("Torget", "Hemlig", "Ingen har tänkt"):
        assert words not in page.words


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.OFFICIAL)])
def test_only_officials_flag_and_only_those_concerned_see(the_app, isolated, role):
    with db.unit():
        number = make_change().id
        person = make_person(*([role] if role else []))
    visitor = Visitor(the_app).sign_in_as(person)
    sees = role in (Role.SECRETARY, Role.ELECTED)
    for path in (HERE, f"{HERE}/{number}"):
        assert visitor.get(path).status == (200 if sees else 403)
    for path in (f"{HERE}/ny", f"{HERE}/{number}/andra"):
        assert visitor.get(path).status == 403
    with db.unit():
        actor = make_actor(*([role] if role else []))
        with pytest.raises(Refusal):
            service.flag(actor, a_case())
        if role is not Role.SECRETARY:
            with pytest.raises(Refusal):
                service.consider(actor, make_change(), 0, dialogue_id=None, **REASON)


def test_whoever_leads_one_dialogue_sees_no_changes(the_app, isolated):
    with db.unit():
        number = make_change(days=1, title="Badhuset stängs").id
        person = make_person(Role.OFFICIAL, dialogue_id=make_dialogue(Stage.IDEA).id)
    visitor = Visitor(the_app).sign_in_as(person)
    assert visitor.get(f"{HERE}/{number}").status == 403
    assert "Badhuset" not in visitor.get("/arbetsyta").words
    assert HERE not in visitor.page.links()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("title", " "), ("case_number", ""), ("area", "rymden"), ("area", "varden"), ("body_key", "enheten"),
        ("decision_on", "gone"),
    ],
)  # fmt: skip
def test_a_case_that_lacks_something_is_not_flagged(lead, field, wrong):
    value = clock.today() - timedelta(days=1) if wrong == "gone" else wrong
    with pytest.raises(NotAccepted) as refused:
        service.flag(lead, a_case(**{field: value}))
    assert refused.value.field == field


def test_a_case_is_flagged_once_however_it_is_written(lead):
    service.flag(lead, a_case(case_number="BN 2026/9"))
    with pytest.raises(NotAccepted) as refused:
        service.flag(lead, a_case(case_number="bn2026-9"))
    assert refused.value.field == "case_number"


def test_flagging_considering_and_editing_through_the_forms(official):
    with db.unit():
        dialogue = make_dialogue(Stage.IDEA, question="Hur ska det bli?")
    official.get(f"{HERE}/ny")
    with db.reading():
        day = (clock.today() + timedelta(days=30)).isoformat()
    fields = {"title": "Badhuset stängs", "case_number": "KS 2026/4", "area": "fritid", "decision_on": day}
    page = official.submit(fields)
    assert page.status == 422
    assert "Badhuset stängs" in page.text
    page = official.submit({"body_key": "bildningsnamnden"})
    assert page.status == 200
    assert "Late" in page.words
    where = page.path
    page = official.submit({"outcome": "dialogue", **REASON}, holding="considered_by")
    assert (page.status, "Choose the dialogue that is held." in page.words) == (422, True)
    assert "Lagen lämnar inget val." in page.text
    page = official.submit({"dialogue_id": str(dialogue.id)}, holding="considered_by")
    assert page.status == 200
    assert "A dialogue is held" in page.words
    assert f"/arbetsyta/dialoger/{dialogue.id}" in page.links()
    official.get(f"{where}/andra")
    page = official.submit({"title": "Badhuset byggs om"})
    assert "Badhuset byggs om" in page.words


def test_of_two_editors_the_second_is_told(official):
    with db.unit():
        row = make_change()
        number, version = row.id, row.version
    official.get(f"{HERE}/{number}/andra")
    with db.unit():
        service.edit(make_actor(Role.OFFICIAL), queries.change(number), version, a_case(title="Någon annans"))
    page = official.submit({"title": "Min"})
    assert page.status == 409
    assert "Somebody else saved this" in page.words
    assert "Någon annans" in page.words
    assert official.submit({}, holding="title").status == 200
    with db.reading():
        assert queries.change(number).title == "Min"


def test_of_two_who_consider_the_second_is_told(official):
    with db.unit():
        number = make_change().id
    official.get(f"{HERE}/{number}")
    with db.unit():
        service.consider(make_actor(Role.OFFICIAL), queries.change(number), 0, dialogue_id=None, **REASON)
    page = official.submit({"outcome": "none", **REASON, "reason": "Mitt skäl."}, holding="considered_by")
    assert page.status == 409
    assert "Mitt skäl." in page.text
    assert official.submit({}, holding="considered_by").status == 200
    with db.reading():
        assert len(queries.considerations(number)) == 2


def test_what_was_considered_is_never_rewritten(unit):
    row = consider(make_change())
    row.reason = "Ett annat skäl."
    with pytest.raises(RowChanged):
        db.session().flush()
    db.session().rollback()


@pytest.mark.race
def test_fifty_consider_at_once_and_one_is_first(the_app, own_database):
    with the_app.app_context(), db.unit():
        number, many = make_change().id, [make_actor(Role.OFFICIAL) for _ in range(50)]

    def act(turn: int) -> bool:
        with the_app.app_context():
            try:
                with db.unit():
                    service.consider(many[turn], queries.change(number), 0, dialogue_id=None, **REASON)
            except Overtaken:
                return False
            return True

    with ThreadPoolExecutor(25) as pool:
        assert list(pool.map(act, range(50))).count(True) == 1
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(ChangeConsideration)) == 1


@pytest.mark.race
def test_fifty_flag_a_case_at_once_and_it_is_flagged_once(the_app, own_database):
    with the_app.app_context(), db.unit():
        many = [make_actor(Role.OFFICIAL) for _ in range(50)]

    def act(turn: int) -> bool:
        with the_app.app_context():
            try:
                with db.unit():
                    service.flag(many[turn], a_case())
            except NotAccepted:
                return False
            return True

    with ThreadPoolExecutor(25) as pool:
        assert list(pool.map(act, range(50))).count(True) == 1
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(LargerChange)) == 1


@pytest.mark.parametrize("path", [HERE, f"{HERE}/%d", "/arbetsyta", "/beslut"])
def test_pages_cost_the_same_however_many_there_are(official, count_statements, path):
    with db.unit():
        for _ in range(2):
            number = make_change(days=1).id
            consider(make_change())
    path = path.replace("%d", str(number))

    def statements() -> int:
        official.get(path)
        count_statements.clear()
        assert official.get(path).status == 200
        return len(count_statements)

    few = statements()
    with db.unit():
        for _ in range(60):
            make_change(days=1)
            consider(make_change())
    assert statements() == few <= (12 if path == "/arbetsyta" else 8)
