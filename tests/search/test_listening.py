"""What is written is found when it is committed, whoever wrote it; what is taken away is not."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select

from app import db
from app.contributions import service as contributions
from app.contributions.models import Contribution
from app.levels.information.articles.models import Article
from app.multilingual.models import Status
from app.permissions import GUEST
from app.search import queries, rebuilding, service
from app.search.models import SearchEntry, SearchWord
from app.subjects import kinds, unsearched
from tests.factories.articles import make_article
from tests.factories.dialogues import make_dialogue
from tests.factories.multilingual import make_translation
from tests.factories.threads import make_thread, post


def found(question, kind="article"):
    with db.reading() as session:
        return set(session.scalars(queries.matching(kind, question)))


def entry(number, kind="article", language="sv"):
    with db.reading() as session:
        return session.get(SearchEntry, (kind, number, language))


@pytest.fixture
def article(app):
    with db.unit():
        row = make_article(title="Lekplatsen i Larv", lead="Den får **skugga**.", body="## Bakgrund\n\nGrinden byts.")
    return row.id


def change(article_id, **values):
    with db.unit() as session:
        row = session.get_one(Article, article_id)
        for name, value in values.items():
            setattr(row, name, value)


def test_what_is_written_is_found(article):
    assert found("lekplats grind") == {article}
    assert entry(article).title == "Lekplatsen i Larv"
    assert entry(article).text == "Den får skugga. Bakgrund Grinden byts."
    assert entry(article).endpoint == "articles.site_show"


def test_a_change_is_found_and_what_it_replaced_is_not(article):
    change(article, title="Badhuset i Vara")
    assert found("lekplats") == set()
    assert found("badhus grind") == {article}
    assert entry(article).title == "Badhuset i Vara"


def test_what_is_removed_is_let_go(article):
    with db.unit() as session:
        session.delete(session.get_one(Article, article))
    assert found("lekplats") == set()
    assert entry(article) is None


def test_what_is_rolled_back_was_never_there(article):
    with db.unit() as session:
        session.get_one(Article, article).title = "Badhuset"
        session.flush()
        session.rollback()
    assert found("badhus") == set()
    assert found("lekplats") == {article}


def test_what_is_written_in_a_savepoint_is_found(article):
    with db.unit() as session:
        with session.begin_nested():
            session.get_one(Article, article).title = "Badhuset"
        session.get_one(Article, article).lead = "Öppnar snart"
    assert found("badhus öppnar") == {article}


def test_what_residents_write_and_take_away(app):
    with db.unit():
        row = post(make_thread(make_dialogue(level="discussion")), "Fler bänkar vid torget.")
        number = row.id
    assert found("bänk", "post") == {number}
    assert found("bänk", "thread") == found("bänk", "article") == set()
    with db.unit() as session:
        contributions.take_away(session.get_one(Contribution, number))
    assert found("bänk", "post") == set()
    assert entry(number, "post") is None


def test_reviewed_translations_are_found_and_drafts_are_not(article):
    key = f"article:{article}"
    with db.unit():
        make_translation(key, "title", "ar", "الملعب في لارف", source="Lekplatsen i Larv")
        make_translation(key, "lead", "ar", "سيكون له ظل", source="Den får **skugga**.", status=Status.DRAFT)
        make_translation(key, "title", "en", "The slide", source="Lekplatsen i Larv", status=Status.MACHINE)
    assert found("ملعب") == set()
    assert found("الملعب larv grind") == {article}
    assert found("ظل") == found("slide") == set()
    assert entry(article, language="ar").title == "الملعب في لارف"
    change(article, title="Badhuset i Vara")  # the translation is of another text now
    assert found("الملعب") == set()
    assert entry(article, language="ar") is None


def test_a_change_that_leaves_the_text_alone_moves_no_words(article, count_statements):
    change(article, picture_alt="En grind")
    assert [one for one in count_statements if "search_word" in one and not one.startswith("SELECT")] == []


def test_reading_and_traces_index_nothing(article, count_statements):
    with db.reading() as session:
        session.get_one(Article, article)
    assert [one for one in count_statements if "search_" in one] == []


def test_rebuilding_mends_whatever_has_come_apart(article):
    with db.unit() as session:
        session.execute(delete(SearchWord))
        session.execute(delete(SearchEntry))
        service.keep("article", article + 1000, "Spöke", language="sv")
        service.keep("article", article, "Fantasi", language="en")
    assert found("lekplats") == set()
    with db.unit():
        other = make_article(title="Torget").id
    assert rebuilding.rebuild() >= 2
    assert found("lekplats") == {article}
    assert found("torget") == {other}
    assert found("spöke") == found("fantasi") == set()
    with db.reading() as session:
        before = set(session.execute(select(SearchWord.kind, SearchWord.word, SearchWord.subject_id)))
    rebuilding.rebuild()
    with db.reading() as session:
        assert set(session.execute(select(SearchWord.kind, SearchWord.word, SearchWord.subject_id))) == before


def test_over_every_kind_in_one_statement(article, count_statements):
    searched = queries.searched()
    assert {one.kind for one in searched} == {name for name, one in kinds().items() if one.index_text is not unsearched}
    with db.reading():
        hits = queries.found(GUEST, "lekplats", searched, 5)
        assert len(count_statements) == 1
        assert {kind: [hit.subject_id for hit in rows] for kind, rows in hits.items()} == {"article": [article]}
        assert queries.found(GUEST, "%", searched, 5) == {}
        assert queries.found(GUEST, "lekplats", searched, 5, before=article) == {}
        assert len(count_statements) == 2
