"""What was considered and not held stands in a public register, with its reason."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import clock, db
from app.dialogues.models import Dialogue, Move
from app.dialogues.stages import Stage
from app.permissions import Role
from tests.factories.dialogues import assess, make_dialogue
from tests.factories.people import make_person

HERE = "/dialoger/overvagda"


def not_held(stage: Stage = Stage.UNSUITABLE, note: str = "Nämnden har redan valt färg.", days: float = 0,
             **fields: object) -> Dialogue:  # fmt: skip
    """A dialogue that was considered so many days ago, and not held."""
    row = make_dialogue(stage, **fields)
    assess(row, "yes", "doubtful", "yes", "yes")
    at = clock.now() - timedelta(days=days)
    db.session().add(Move(dialogue_id=row.id, from_stage=Stage.ASSESSED, to_stage=stage, at=at, note=note, guards={}))
    db.session().flush()
    return row


@pytest.mark.requirement("R20", "R38")
@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (Stage.UNSUITABLE, "Not suitable for a dialogue"),
        (Stage.REDIRECTED, "Handled in another way"),
        (Stage.REJECTED, "Turned down by the body"),
    ],
)
def test_each_stands_there_with_its_reason_and_its_body(visitor, stage, words):
    with db.unit():
        not_held(stage, question="Vilken färg ska förskolan ha?", body_key="bildningsnamnden")
    page = visitor.get(HERE)
    for said in (
        words,
        "Vilken färg ska förskolan ha?",
        "Nämnden har redan valt färg.",
        "Bildningsnämnden",
        "Doubtful",
    ):
        assert said in page.words, said
    assert "Set-Cookie" not in page.headers


def test_what_is_still_considered_or_held_does_not_stand_there(visitor):
    with db.unit():
        for stage in Stage:
            if stage not in (Stage.UNSUITABLE, Stage.REDIRECTED, Stage.REJECTED):
                make_dialogue(stage, title=f"Hemlig {stage}", question=f"Hemlig {stage}?")
    page = visitor.get(HERE)
    assert "Hemlig" not in page.words
    assert "No question stands here yet." in page.words


def test_it_is_found_from_the_dialogues_and_the_site_map(visitor):
    for path in ("/dialoger", "/webbkarta"):
        assert HERE in visitor.get(path).links()


def test_one_pages_through_it_and_back(visitor):
    with db.unit():
        for number in range(45):
            not_held(question=f"Nummer {number:02}", days=number // 2)
    seen, href = [], HERE
    while href:
        page = visitor.get(href)
        seen.append([h2.text for h2 in page.find_all("h2") if (h2.get("id") or "").startswith("entry-")])
        href = next((a.get("href") for a in page.find_all("a") if a.get("rel") == "next"), None)
    assert [len(titles) for titles in seen] == [20, 20, 5]
    assert len({title for titles in seen for title in titles}) == 45
    back = next(a.get("href") for a in page.find_all("a") if a.get("rel") == "prev")
    assert [h2.text for h2 in visitor.get(back).find_all("h2") if (h2.get("id") or "").startswith("entry-")] == seen[1]


@pytest.mark.parametrize("place", ["x", "1.dialogue", "-1.dialogue.1", "9999999999999999.z.999999999", "1.'.1", "1e9"])
def test_a_place_that_is_none_is_the_beginning_or_empty(visitor, place):
    with db.unit():
        not_held()
    assert visitor.get(HERE, query_string={"fran": place}).status == 200


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_it_costs_the_same_with_two_thousand_dialogues(visitor, count_statements, prefix):
    def statements() -> int:
        visitor.get(prefix + HERE)
        count_statements.clear()
        assert visitor.get(prefix + HERE).status == 200
        return len(count_statements)

    with db.unit():
        who = make_person(Role.OFFICIAL)
        for number in range(21):
            not_held(days=number)
    visitor.sign_in_as(who)
    few = statements()
    with db.unit() as session:
        now = clock.now()
        session.add_all(
            Dialogue(stage=Stage.UNSUITABLE, title=f"Fråga {number}", question="Hur?", created_at=now)
            for number in range(2000)
        )
        session.flush()
        rows = session.query(Dialogue.id).filter(Dialogue.title.startswith("Fråga")).all()
        session.add_all(
            Move(dialogue_id=number, from_stage="assessed", to_stage="unsuitable", at=now, note="Nej.", guards={})
            for (number,) in rows
        )
    assert statements() == few <= 8


def test_hostile_reasons_are_only_text(visitor):
    with db.unit():
        not_held(note="<script>alert(1)</script>", question="<b onclick=x>")
    assert "<script>alert" not in visitor.get(HERE).text
