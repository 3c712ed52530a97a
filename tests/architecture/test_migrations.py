"""The migrations lead to the tables that the models describe, up, down and up again, on both databases.

While nobody has installed the product yet, its first migration is drawn anew when models change:

    createdb -h 127.0.0.1 -U postgres draft && rm -f migrations/versions/0001_*.py \
    && DATABASE_URL=postgresql://postgres@127.0.0.1/draft \
       alembic revision --autogenerate -m "The house" --rev-id 0001; \
    dropdb -h 127.0.0.1 -U postgres draft; ruff check --fix -q migrations; ruff format migrations

On PostgreSQL, because Alembic cannot see indexes over expressions on SQLite and would leave them out.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from app import db
from app.accounts.models import Person
from app.cli.database import ROOT, settings_for, upgrade
from tests.conftest import drop_database, fresh_database

REVISIONS = [script.revision for script in ScriptDirectory(str(ROOT / "migrations")).walk_revisions()][::-1]
pytestmark = pytest.mark.slow  # databases are made and dropped
OURS = {"alembic_version", "sqlite_sequence"}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path, the_app) -> Iterator[str]:
    """The URL of a database without tables."""
    url = fresh_database(request.param, tmp_path)
    yield url
    drop_database(url)


def opened(url: str) -> Engine:
    return create_engine(url, poolclass=NullPool)


def tables(url: str) -> set[str]:
    return set(inspect(opened(url)).get_table_names()) - OURS


def differences(url: str) -> list[object]:
    with opened(url).connect() as connection, warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*expression-based index")  # seen below, word for word
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, db.Base.metadata)


def definitions(url: str) -> dict[str, list[str]]:
    """What SQLite says of each table and index, in words whose order does not matter."""
    with opened(url).connect() as connection:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")).all()
    return {name: sorted(re.findall(r"[\w']+|[^\w\s]", sql)) for name, sql in rows if name not in OURS}


def test_the_history_is_one_line():
    assert len(ScriptDirectory(str(ROOT / "migrations")).get_heads()) == 1


def test_the_migrations_make_what_the_models_describe(empty):
    upgrade(empty)
    assert differences(empty) == []
    assert tables(empty) == set(db.Base.metadata.tables)


def test_sqlite_gets_every_table_and_index_word_for_word(tmp_path, the_app):
    migrated, made = (fresh_database("sqlite", tmp_path) for _ in range(2))
    upgrade(migrated)
    engine = opened(made)
    db.Base.metadata.create_all(engine)
    assert definitions(migrated) == definitions(made)


def triggers(url: str) -> set[tuple[str, ...]]:
    """What PostgreSQL says of each trigger and of what it calls."""
    wanted = text(
        "SELECT pg_get_triggerdef(t.oid), pg_get_functiondef(t.tgfoid) FROM pg_trigger t WHERE NOT t.tgisinternal"
    )
    with opened(url).connect() as connection:
        return {tuple(row) for row in connection.execute(wanted)}


@pytest.mark.postgres
def test_postgresql_gets_every_trigger_word_for_word(tmp_path, the_app):
    migrated, made = (fresh_database("postgresql", tmp_path) for _ in range(2))
    try:
        upgrade(migrated)
        db.Base.metadata.create_all(opened(made))
        assert triggers(migrated) == triggers(made) != set()
    finally:
        drop_database(migrated)
        drop_database(made)


def test_up_down_and_up_again_with_people_in_the_database(empty):
    upgrade(empty)
    put_someone_in(empty)
    command.downgrade(settings_for(empty), "base")
    assert tables(empty) == set()
    upgrade(empty)
    assert differences(empty) == []
    put_someone_in(empty)


@pytest.mark.parametrize("revision", REVISIONS)
def test_each_step_can_be_taken_back_and_taken_again(empty, revision):
    settings = settings_for(empty)
    command.upgrade(settings, revision)
    command.downgrade(settings, "-1")
    command.upgrade(settings, revision)


def test_a_missing_column_is_seen(tmp_path, the_app):
    url = fresh_database("sqlite", tmp_path)
    upgrade(url)
    with opened(url).begin() as connection:
        connection.execute(text("ALTER TABLE person DROP COLUMN name"))
    assert differences(url)


def put_someone_in(url: str) -> None:
    now = datetime(2026, 5, 7, 12, tzinfo=UTC)
    with Session(opened(url)) as session:
        session.add(Person(name="Kim", email="a@b.se", email_key="a@b.se", language="sv", created_at=now))
        session.commit()
        assert session.execute(text("SELECT count(*) FROM person")).scalar_one() == 1
