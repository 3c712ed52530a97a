"""The front page and what became of it: what is listed, in which order and words, and at what cost."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest

from app import clock, db, richtext
from app.dialogues.models import Card, DecisionRecord, Dialogue, Outcome
from app.dialogues.stages import Stage
from app.multilingual.models import Status, Translation
from app.multilingual.queries import digest
from tests.factories.dialogues import make_dialogue


def add_card(dialogue: Dialogue, minutes: int, *, is_input: bool = True) -> None:
    card = Card(
        subject=f"survey:{dialogue.id}{minutes}", dialogue_id=dialogue.id, method="surveys", title="Enkät",
        endpoint="site.front", values={}, minutes=minutes, is_input=is_input,
    )  # fmt: skip
    db.session().add(card)


def add_outcome(days: float, *, heading: str = "Så blev det", stage: Stage = Stage.FED_BACK) -> Dialogue:
    now = clock.now()
    dialogue = make_dialogue(stage, closes_at=now - timedelta(days=1))
    html = richtext.from_markdown("Text")
    outcome = Outcome(
        dialogue_id=dialogue.id, heading=heading, lead="Två av tre följdes.", body="Text", html=html, written_at=now,
        published_at=now - timedelta(days=days),
    )  # fmt: skip
    db.session().add(outcome)
    return dialogue


def add_record(dialogue: Dialogue, section: str, **fields) -> DecisionRecord:
    values = {"matter": "final", "outcome": "approved", "decided_on": clock.today(), **fields}
    record = DecisionRecord(
        dialogue_id=dialogue.id, body_key="kommunstyrelsen", body_name="Kommunstyrelsen", section_no=section,
        case_number="KS 1", recorded_at=clock.now(), **values,
    )  # fmt: skip
    db.session().add(record)
    db.session().flush()
    return record


def rows(page) -> list[str]:
    return [" ".join("".join(h.itertext()).split()) for h in page.find_all("h3")]


def test_only_what_is_open_or_coming_is_listed(visitor):
    with db.unit():
        for stage in Stage:
            make_dialogue(stage, question=f"Fråga {stage.value}?")
    page = visitor.get("/")
    assert {"Fråga open?", "Fråga paused?", "Fråga announced?"} == {row for row in rows(page) if "Fråga" in row}


def test_what_closes_first_comes_first_and_paused_ones_last(visitor):
    with db.unit():
        now = clock.now()
        make_dialogue(question="B?", closes_at=now + timedelta(days=9))
        make_dialogue(Stage.PAUSED, question="C?", closes_at=now + timedelta(days=1))
        make_dialogue(question="A?", closes_at=now + timedelta(days=2))
    assert rows(visitor.get("/"))[:3] == ["A?", "B?", "C?"]


@pytest.mark.parametrize(("days", "words"), [(0, "Last day today"), (1, "Closes tomorrow"), (12, "12 days left")])
def test_time_left_is_said_in_words(visitor, days, words):
    with db.unit():
        noon = clock.local(clock.now()).replace(hour=23, minute=59, second=30)
        make_dialogue(closes_at=noon + timedelta(days=days))
    assert words in visitor.get("/en/").words


def test_minutes_are_the_sum_of_what_one_can_do(visitor):
    with db.unit():
        dialogue = make_dialogue()
        add_card(dialogue, 3)
        add_card(dialogue, 4)
        add_card(dialogue, 50, is_input=False)
    assert "about 7 minutes" in visitor.get("/en/").words


def test_an_empty_site_says_so_and_where_to_turn(visitor):
    page = visitor.get("/en/")
    assert "No dialogue is open right now." in page.words
    assert "What became of it" in page.words


def test_texts_are_shown_in_the_readers_language_and_marked_where_they_are_not(visitor):
    with db.unit() as session:
        dialogue = make_dialogue()
        session.add(
            Translation(
                subject=f"dialogue:{dialogue.id}",
                field="question",
                language="en",
                text="What about the street?",
                status=Status.REVIEWED,
                source_version=digest(dialogue.question),
                source_text=dialogue.question,
                written_at=clock.now(),
            )
        )
    page = visitor.get("/en/")
    assert "What about the street?" in page.words
    swedish = [bdi for bdi in page.find_all("bdi") if bdi.get("lang") == "sv"]
    assert "Gatan får nya ledningar" in "".join(swedish[0].itertext())


def test_easy_swedish_says_once_that_a_text_is_ordinary(visitor):
    with db.unit():
        make_dialogue()
        make_dialogue()
    assert visitor.get("/lattlast/").words.count("ordinary Swedish") + visitor.page.words.count("lättläst") <= 1
    assert 'class="aside-note"' in visitor.page.text


@pytest.mark.parametrize("many", [1, 50])
def test_the_front_page_asks_little_of_the_database(visitor, count_statements, many):
    with db.unit():
        for _ in range(many):
            add_card(make_dialogue(), 3)
            make_dialogue(Stage.ANNOUNCED)
            add_record(add_outcome(1), "5")
    del count_statements[:]
    page = visitor.get("/ar/")
    assert len(count_statements) <= 8
    assert len(gzip.compress(page.text.encode(), 9)) <= 30 * 1024
    assert "Set-Cookie" not in page.headers


def test_what_became_of_it_names_the_decision(visitor):
    with db.unit():
        dialogue = add_outcome(1, heading="Lekplatsen får grind")
        add_record(dialogue, "12", matter="hold")
        add_record(dialogue, "92")
    page = visitor.get("/sa-blev-det")
    assert "Lekplatsen får grind" in page.words
    assert "Kommunstyrelsen § 92" in page.words


def test_a_mended_record_takes_the_place_of_the_mistaken_one(visitor):
    with db.unit():
        dialogue = add_outcome(1)
        mistaken = add_record(dialogue, "92")
        add_record(dialogue, "29", supersedes_id=mistaken.id, supersede_reason="Omkastade siffror")
    words = visitor.get("/sa-blev-det").words
    assert "§ 29" in words
    assert "§ 92" not in words


def test_an_answer_that_is_not_published_or_not_public_is_not_listed(visitor):
    with db.unit():
        add_outcome(1, heading="Inte än").stage = Stage.RESOLVED
        outcome = db.session().get_one(Outcome, add_outcome(1, heading="Opublicerad").id)
        outcome.published_at = None
        hidden = add_outcome(1, heading="Dold")
        hidden.stage = Stage.PREPARED
    words = visitor.get("/sa-blev-det").words
    assert "Opublicerad" not in words
    assert "Dold" not in words


def test_pages_of_answers_lead_forth_and_back_without_a_gap(visitor):
    with db.unit():
        for number in range(45):
            add_outcome(number // 2, heading=f"Svar {number:02}")
    seen, sizes, page = [], [], visitor.get("/sa-blev-det")
    while True:
        here = ["".join(h.itertext()) for h in page.find_all("h2") if "Svar" in "".join(h.itertext())]
        sizes.append(len(here))
        seen += here
        older = [a.get("href") for a in page.find_all("a") if a.get("rel") == "next"]
        if not older:
            break
        page = visitor.get(older[0])
    assert sizes == [20, 20, 5]
    assert sorted(seen) == [f"Svar {number:02}" for number in range(45)]
    newer = [a.get("href") for a in page.find_all("a") if a.get("rel") == "prev"]
    page = visitor.get(newer[0])
    assert [row for row in seen[20:40] if row not in page.words] == []


@pytest.mark.parametrize("place", ["x", "-", "1.1.1", "9" * 40, "99999999999999999.1", "-0.0", "1.999999999", "%00"])
def test_a_place_that_is_none_is_the_beginning_or_an_empty_page(visitor, place):
    with db.unit():
        add_outcome(1)
    assert visitor.get("/sa-blev-det", query_string={"plats": place}).status == 200
