"""`search rebuild`."""

from __future__ import annotations

from sqlalchemy import delete

from app import db
from app.search import queries
from app.search.models import SearchWord
from tests.factories.articles import make_article


def test_the_index_is_made_anew(app):
    with db.unit() as session:
        row = make_article(title="Lekplatsen")
    with db.unit() as session:
        session.execute(delete(SearchWord))
    answer = app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert answer.exit_code == 0, answer.output
    assert "Indexed: 1" in answer.output
    with db.reading() as session:
        assert session.scalars(queries.matching("article", "lek")).all() == [row.id]
