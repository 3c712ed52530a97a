"""What the guideline asks of every page: the promise where one can take part, whom to ask, one register of all."""

from __future__ import annotations

import pytest
from flask import url_for
from sqlalchemy import select

from app import db, ladder
from app.dialogues.addresses import address_of
from app.dialogues.models import Card, Dialogue
from app.dialogues.stages import PUBLIC_STAGES, Stage
from tests.factories.dialogues import make_whole
from tests.visitor import Visitor


def open_doors(app) -> list[tuple[str, str]]:
    """Of everything that is open in the demo municipality: the page where one takes part, and its level."""
    with app.app_context(), db.reading() as session:
        rows = session.execute(
            select(Card, Dialogue)
            .join(Dialogue, Dialogue.id == Card.dialogue_id)
            .where(Dialogue.stage == Stage.OPEN, Card.is_input)
        ).all()
    with app.test_request_context():
        return [(url_for(card.endpoint, **card.values), dialogue.level) for card, dialogue in rows]


@pytest.mark.requirement("R33")
def test_the_promise_of_the_level_stands_wherever_one_can_take_part(the_app, town_isolated):
    doors = open_doors(the_app)
    visitor = Visitor(the_app)
    lacking = [path for path, level in doors if str(ladder.level(level).promise) not in visitor.get("/en" + path).words]
    assert lacking == []
    assert {level for _, level in doors} == {level.key for level in ladder.LEVELS[1:]}


@pytest.mark.requirement("R33")
@pytest.mark.parametrize("level", [level.key for level in ladder.LEVELS])
def test_each_level_says_what_residents_get_and_what_is_promised(visitor, level):
    told, one = visitor.get("/en/sa-fungerar-det").words, ladder.level(level)
    assert f"{one.name}: {one.residents_get}" in told
    assert str(one.promise) in told


@pytest.mark.requirement("R59")
def test_whom_to_ask_stands_on_every_page_that_anyone_can_read(the_app, town_isolated):
    visitor = Visitor(the_app)
    asked = 0
    for rule in the_app.url_map.iter_rules():
        access = getattr(the_app.view_functions[rule.endpoint], "access", None)
        if rule._converters or "GET" not in (rule.methods or ()) or access is None or access.value == "file":
            continue
        page = visitor.get("/en" + rule.rule)
        if page.headers["Content-Type"].startswith("text/html"):
            foot = " ".join(" ".join(one.itertext()) for one in page.find_all("footer"))
            assert "0512-310 00" in foot, rule.rule
            assert any(link.startswith("mailto:kontaktcenter@") for link in page.links()), rule.rule
            asked += 1
    assert asked > 40


@pytest.mark.requirement("R5")
def test_one_register_holds_every_dialogue_past_and_present_at_one_address(visitor):
    with db.unit():
        made = {stage: make_whole(stage, title=f"Fråga {stage}") for stage in sorted(PUBLIC_STAGES)}
    listed: set[str] = set()
    for group in ("open", "coming", "finished"):
        path = f"/dialoger?visa={group}"
        while path:
            page = visitor.get(path)
            listed |= set(page.links())
            more = [one for one in page.find_all("a") if one.get("rel") == "next"]
            path = more[0].get("href", "") if more else ""
    for stage, row in made.items():
        name, values = address_of(row)
        assert name == "dialogues.show"
        here = f"/dialoger/{row.id}-{values['slug']}"
        assert here in listed, stage
        assert visitor.get(here).status == 200


@pytest.mark.requirement("R5")
def test_an_address_outlives_a_new_title(visitor):
    with db.unit():
        row = make_whole()
    before = f"/dialoger/{row.id}-drottninggatan"
    with db.unit() as session:
        session.get_one(Dialogue, row.id).title = "Stortorget"
    answer = visitor.get(before, follow=False)
    assert answer.status == 301
    assert answer.headers["Location"].endswith(f"/dialoger/{row.id}-stortorget")
    assert visitor.get(f"/dialoger/{row.id}", follow=False).status == 301
