"""The search page: what one may read is found, said in its language, and it costs the same however much there is."""

from __future__ import annotations

import pytest

from app import db
from app.multilingual.models import Status
from tests.factories.articles import make_article
from tests.factories.dialogues import make_dialogue
from tests.factories.multilingual import make_translation
from tests.factories.threads import make_thread, post


@pytest.fixture
def articles(app):
    with db.unit():
        return [make_article(title=f"Lekplats nummer {number}", kind="news").id for number in range(25)]


def titles(page):
    return ["".join(one.itertext()) for one in page.find_all("h3")]


def test_without_words_there_is_a_field(visitor):
    page = visitor.get("/sok")
    assert page.status == 200
    assert "Set-Cookie" not in page.headers
    assert page.find_all("h2") == [one for one in page.find_all("h2") if "help" in "".join(one.itertext())]
    assert page.form("q").get("method") == "get"


def test_each_kind_has_its_heading_and_the_rest_is_one_link_away(visitor, articles):
    with db.unit():
        post(make_thread(make_dialogue(level="discussion", title="Parken"), title="Var?"), "Lekplats vid torget, tack.")
    page = visitor.get("/sok?q=lekplats")
    assert page.path.startswith("/sok")
    assert titles(page)[0].startswith("Lekplats nummer 24")
    assert len(titles(page)) == 6
    assert page.title.startswith("Search: lekplats")
    assert [mark.text for mark in page.find_all("mark")][:1] == ["Lekplats"]
    more = next(link for link in page.links() if "slag=article" in link)
    second = visitor.get(more)
    assert titles(second) == [f"Lekplats nummer {number}" for number in range(24, 4, -1)]
    third = visitor.get(next(link for link in second.links() if "fore=" in link))
    assert titles(third) == [f"Lekplats nummer {number}" for number in range(4, -1, -1)]


def test_nothing_is_found_in_plain_words(visitor):
    page = visitor.get("/sok?q=xyzzy")
    assert page.status == 200
    assert "Nothing was found." in page.words


ODD = ("q=%25", "q=%20", "q=lek&slag=nonsense", "q=lek&slag=article&fore=x", "q=lek&slag=article&fore=-1",
       "q=lek&slag=article&fore=99999999999", "q=%ED%A0%80", "q=" + "a" * 200)  # fmt: skip


@pytest.mark.parametrize("query", ODD)
def test_odd_questions_are_answered(visitor, articles, query):
    assert visitor.get(f"/sok?{query}").status == 200


def test_a_question_that_is_too_long_is_told_so(visitor):
    page = visitor.get("/sok?q=" + "a" * 201)
    assert page.status == 422
    assert "at most 200 characters" in page.words
    assert page.form("q").find(".//*[@name='q']").get("value") == "a" * 201


def test_what_is_found_is_shown_in_the_readers_language(visitor):
    with db.unit():
        row = make_article(title="Lekplatsen")
        make_translation(f"article:{row.id}", "title", "ar", "الملعب", source="Lekplatsen", status=Status.REVIEWED)
        make_article(title="Lekplats två")
    page = visitor.get("/ar/sok?q=lekplats")
    said = {"".join(one.itertext()): one.get("lang") for one in page.find_all("bdi")}
    assert said["الملعب"] is None
    assert said["Lekplats två"] == "sv"


@pytest.mark.parametrize("query", ["q=lekplats", "q=lekplats&slag=article"])
def test_it_asks_little_however_much_there_is(visitor, articles, count_statements, query):
    count_statements.clear()
    visitor.get(f"/sok?{query}")
    assert len(count_statements) == 2
