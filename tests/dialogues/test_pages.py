"""The residents' pages at every stage, for whoever comes, with few statements and without a cookie."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest

from app import clock, db
from app.dialogues.models import Dialogue
from app.dialogues.stages import PUBLIC_STAGES, RESULT_STAGES, Stage
from app.permissions import Role
from tests.factories.dialogues import card, decide, make_dialogue, make_whole
from tests.factories.people import make_person

SAYS = {
    Stage.ANNOUNCED: "What you will be able to do",
    Stage.OPEN: "What you can do now",
    Stage.PAUSED: "Frågan rättas.",
    Stage.CLOSED: "We now put together what came in",
    Stage.COMPILED: "See the result",
    Stage.HANDED_OVER: "See the result",
    Stage.RESOLVED: "The body has decided",
    Stage.FED_BACK: "The dialogue is finished.",
    Stage.EVALUATED: "The dialogue is finished.",
    Stage.ARCHIVED: "The dialogue is finished.",
    Stage.CANCELLED: "This dialogue has been called off.",
}


def make(stage: Stage, **fields: object) -> Dialogue:
    """A whole dialogue whose dates fit its stage."""
    with db.unit():
        now = clock.now()
        if stage in (Stage.ANNOUNCED, Stage.DECIDED):
            fields = {"opens_at": now + timedelta(days=2), "closes_at": now + timedelta(days=9), **fields}
        if stage in RESULT_STAGES or stage is Stage.CLOSED:
            fields = {"opens_at": now - timedelta(days=20), "closes_at": now - timedelta(days=2), **fields}
        return make_whole(stage, pause_reason="Frågan rättas." if stage is Stage.PAUSED else "", **fields)


def test_every_public_stage_has_words():
    assert set(SAYS) == set(PUBLIC_STAGES)


@pytest.mark.parametrize("stage", sorted(PUBLIC_STAGES))
def test_the_page_says_what_the_stage_means(visitor, stage):
    one = make(stage)
    page = visitor.get(f"/dialoger/{one.id}-drottninggatan")
    assert page.status == 200
    assert SAYS[stage] in page.words
    assert "Hur ska Drottninggatan se ut?" in page.title
    assert ("What you can do now" in page.words) == (stage is Stage.OPEN)
    assert "Ledningarna byts 2027" in page.words
    assert "De gamla läcker." in page.words
    assert "Kommunstyrelsen visar i februari" in page.words
    assert "Set-Cookie" not in page.headers


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in PUBLIC_STAGES])
@pytest.mark.parametrize(
    "tail", ["-drottninggatan", "-fel", "", "-drottninggatan/resultat", "-drottninggatan/aterkoppling"]
)
def test_what_is_not_public_does_not_exist_for_others(visitor, stage, tail):
    one = make(stage)
    assert visitor.get(f"/dialoger/{one.id}{tail}", follow=False).status == 404


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.ELECTED, Role.TRANSLATOR])
def test_those_who_work_with_it_see_a_preview(visitor, role):
    one = make(Stage.ASSESSED)
    with db.unit():
        who = make_person(role)
    page = visitor.sign_in_as(who).get(f"/dialoger/{one.id}-drottninggatan")
    assert "This is a preview." in page.words


def test_staff_of_another_dialogue_see_no_preview(visitor):
    one, other = make(Stage.ASSESSED), make(Stage.OPEN)
    with db.unit():
        who = make_person(Role.OFFICIAL, dialogue_id=other.id)
    assert visitor.sign_in_as(who).get(f"/dialoger/{one.id}-drottninggatan").status == 404


@pytest.mark.parametrize("tail", ["-fel-namn", "", "-Drottninggatan", "-%00x", "-<script>"])
def test_the_number_decides_and_a_wrong_name_leads_on(visitor, tail):
    one = make(Stage.OPEN)
    page = visitor.get(f"/dialoger/{one.id}{tail}", follow=False)
    if "%00" in tail:
        assert page.status == 400
    else:
        assert page.status == 301
        assert page.headers["Location"].endswith(f"/dialoger/{one.id}-drottninggatan")


def test_a_wrong_name_leads_to_the_same_page_in_the_same_language(visitor):
    one = make(Stage.FED_BACK)
    page = visitor.get(f"/en/dialoger/{one.id}-fel/aterkoppling", follow=False)
    assert page.headers["Location"].endswith(f"/en/dialoger/{one.id}-drottninggatan/aterkoppling")


@pytest.mark.parametrize("number", ["0", "99999", "99999999999999999999", "2147483648"])
def test_a_number_that_is_none_is_not_found(visitor, number):
    assert visitor.get(f"/dialoger/{number}-drottninggatan").status == 404


def test_a_late_clock_shows_it_closed(visitor):
    with db.unit():
        now = clock.now()
        one = make_dialogue(Stage.OPEN, opens_at=now - timedelta(days=3), closes_at=now - timedelta(minutes=1))
    page = visitor.get(f"/dialoger/{one.id}-drottninggatan")
    assert "This closed on" in page.words
    assert "What you can do now" not in page.words


def test_a_reason_for_calling_it_off_is_shown(visitor):
    with db.unit():
        one = make_whole(Stage.OPEN)
        decide(one, "cancel", reason="Gatan byggs inte om.")
        one.stage = Stage.CANCELLED
    page = visitor.get(f"/dialoger/{one.id}-drottninggatan")
    assert "Gatan byggs inte om." in page.words
    assert "Kommunstyrelsen called the dialogue off." in page.words


def test_late_feedback_is_seen_by_everyone(visitor):
    with db.unit():
        yesterday = clock.today() - timedelta(days=1)
    one = make(Stage.RESOLVED, feedback_by=yesterday, decision_on=yesterday)
    for tail in ("", "/aterkoppling"):
        assert "We are late." in visitor.get(f"/dialoger/{one.id}-drottninggatan{tail}").words


def test_the_result_is_shown_once_it_is_put_together(visitor):
    one = make(Stage.CLOSED)
    assert "There is no result yet." in visitor.get(f"/dialoger/{one.id}-drottninggatan/resultat").words
    two = make(Stage.RESOLVED)
    with db.unit():
        card(two, 9, result_endpoint="dialogues.index")
    page = visitor.get(f"/dialoger/{two.id}-drottninggatan/resultat")
    assert "Svara på enkäten om gatan 9" in page.words
    assert "Svara på enkäten om gatan 1" not in page.words
    assert "Kommunstyrelsen decided in the matter." in page.words
    assert "§ 12" in page.words


def test_what_became_of_it_is_told(visitor):
    one = make(Stage.RESOLVED)
    assert "We have not told" in visitor.get(f"/dialoger/{one.id}-drottninggatan/aterkoppling").words
    two = make(Stage.FED_BACK)
    page = visitor.get(f"/dialoger/{two.id}-drottninggatan/aterkoppling")
    assert "Det blir träd längs hela gatan" in page.title
    assert "34 träd planteras." in page.words


@pytest.mark.parametrize("prefix", ["/en", "/ar", "/lattlast"])
def test_swedish_texts_are_marked_where_the_page_speaks_another_language(visitor, prefix):
    one = make(Stage.OPEN)
    page = visitor.get(f"{prefix}/dialoger/{one.id}-drottninggatan")
    marked = [e for e in page.find_all("bdi") if e.get("lang") == "sv"]
    said = " ".join(" ".join(e.itertext()) for e in marked)
    if prefix == "/lattlast":
        assert marked == []
    else:
        assert "Hur ska Drottninggatan se ut?" in said
        assert "Kommunstyrelsen" in said


def test_hostile_texts_are_only_text(visitor):
    one = make(Stage.OPEN, question="<script>alert(1)</script>", affected="<b onclick=x>", contact_name='"><img src=x>')
    page = visitor.get(f"/dialoger/{one.id}-drottninggatan")
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text


# ------------------------------------------------------------------ the list


def test_the_list_sorts_by_what_one_can_do(visitor):
    make(Stage.OPEN, title="Pågående")
    make(Stage.ANNOUNCED, title="Kommande")
    make(Stage.FED_BACK, title="Avslutad")
    make(Stage.ASSESSED, title="Hemlig")
    page = visitor.get("/dialoger")
    words = page.words
    assert words.index("Pågående") < words.index("Kommande") < words.index("Avslutad")
    assert "Hemlig" not in words
    assert "Set-Cookie" not in page.headers
    assert "days left" in words


@pytest.mark.parametrize(("query", "seen"), [
    ("visa=open", {"Pågående"}), ("visa=coming", {"Kommande"}), ("visa=finished", {"Avslutad"}),
    ("niva=influence", {"Pågående"}), ("visa=open&niva=consultation", set()),
    ("visa=nonsense&niva=%F0%9F%98%80", {"Pågående", "Kommande", "Avslutad"}),
    ("fran=nonsense&visa=open", {"Pågående"}), ("fran=1e400_1&visa=open", {"Pågående"}),
    ("fran=-nan_9&visa=open", {"Pågående"}),
    ("q=p%C3%A5g", {"Pågående"}), ("q=AVSLUTAD", {"Avslutad"}), ("q=P%C3%A5g&visa=coming", set()), ("q=%25", set()),
    ("q=xyzzy", set()), ("q=+", {"Pågående", "Kommande", "Avslutad"}),
])  # fmt: skip
def test_the_list_is_filtered(visitor, query, seen):
    make(Stage.OPEN, title="Pågående", level="influence")
    make(Stage.ANNOUNCED, title="Kommande")
    make(Stage.FED_BACK, title="Avslutad")
    page = visitor.get(f"/dialoger?{query}")
    assert page.status == 200
    assert {title for title in ("Pågående", "Kommande", "Avslutad") if title in page.words} == seen


@pytest.mark.parametrize("group", ["open", "finished", "coming"])
def test_one_pages_through_the_list_and_back(visitor, group):
    stage = {"open": Stage.OPEN, "finished": Stage.CLOSED, "coming": Stage.ANNOUNCED}[group]
    with db.unit():
        now = clock.now()
        ahead = {"open": 5, "coming": 6, "finished": -60}[group]
        for number in range(45):
            closes = now + timedelta(days=ahead + number // 2)
            opens = closes - timedelta(days=4)
            make_dialogue(stage, title=f"Nummer {number:02}", opens_at=opens, closes_at=closes)
    seen, href = [], f"/dialoger?visa={group}"
    while href:
        page = visitor.get(href)
        seen.append([a.text for h3 in page.find_all("h3") for a in h3])
        href = next((a.get("href") for a in page.find_all("a") if a.get("rel") == "next"), None)
    assert [len(titles) for titles in seen] == [20, 20, 5]
    assert len({title for titles in seen for title in titles}) == 45
    back = next(a.get("href") for a in visitor.page.find_all("a") if a.get("rel") == "prev")
    page = visitor.get(back)
    assert [a.text for h3 in page.find_all("h3") for a in h3] == seen[1]


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_few_statements_however_much_there_is(visitor, count_statements, prefix):
    def statements(path: str) -> int:
        visitor.get(path)  # whatever is made once
        count_statements.clear()
        assert visitor.get(path).status == 200
        return len(count_statements)

    with db.unit():
        who = make_person(Role.OFFICIAL)
    visitor.sign_in_as(who)
    one = make(Stage.FED_BACK)
    make(Stage.OPEN)
    paths = [f"{prefix}/dialoger/{one.id}-drottninggatan{tail}" for tail in ("", "/resultat", "/aterkoppling")]
    paths += [f"{prefix}/dialoger", f"{prefix}/dialoger?visa=open"]
    few = [statements(path) for path in paths]
    with db.unit():
        for number in range(50):
            make_dialogue(Stage.OPEN)
            card(one, 20 + number, result_endpoint="dialogues.index")
    many = [statements(path) for path in paths]
    assert max(many) <= 8
    assert many == few
    assert max(len(gzip.compress(visitor.get(path).text.encode(), 9)) for path in paths) <= 30 * 1024
