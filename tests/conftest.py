"""Fixtures: each test of state runs on SQLite and on PostgreSQL, inside a transaction that is rolled back."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask_babel import get_babel
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import OperationalError

sys.path.insert(0, str(Path(__file__).parent.parent))

from app import clock, create_app, db, i18n
from app.cli import demo
from config import Config, from_environment
from tests import speaking
from tests.visitor import Visitor

MUST_RUN_ALL = os.environ.get("REQUIRE_ALL") == "1"
USUAL_POSTGRES = "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"


def skip_or_fail(reason: str) -> None:
    """What cannot run here is skipped with its reason, or fails where everything must run."""
    if MUST_RUN_ALL:
        pytest.fail(f"must not be skipped here: {reason}", pytrace=False)
    pytest.skip(reason)


@cache
def postgres_url() -> str | None:
    """A server where databases may be made, or None."""
    url = os.environ.get("TEST_DATABASE_URL", USUAL_POSTGRES)
    if url.startswith("postgresql://"):
        url = "postgresql+psycopg://" + url.removeprefix("postgresql://")
    engine = create_engine(url, connect_args={"connect_timeout": 3})
    try:
        with engine.connect():
            return url
    except OperationalError:
        return None
    finally:
        engine.dispose()


def settings(folder: Path, **overrides: str) -> Config:
    """Settings of a test installation in `folder`."""
    env = {"SECRET_KEY": "s" * 40, "VAR_PATH": str(folder), "BASE_URL": "http://localhost", **overrides}
    return from_environment(env)


@pytest.fixture(scope="session")
def the_app(tmp_path_factory: pytest.TempPathFactory):
    app = create_app(settings(tmp_path_factory.mktemp("var")))
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    get_babel(app).translation_directories.clear()  # tests read the English of the code, whatever is compiled
    return app


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogues as they are now, made ready for the program."""
    return speaking.compile_into(tmp_path_factory.mktemp("translations"))


@pytest.fixture
def catalogues(the_app, compiled: Path) -> Iterator[None]:
    """The app speaks its languages, as it does outside the tests."""
    with speaking.in_every_language(the_app, compiled):
        yield


def fresh_database(kind: str, folder: Path) -> str:
    """Make an empty database; returns its URL."""
    if kind == "sqlite":
        return f"sqlite:///{folder / (secrets.token_hex(6) + '.db')}"
    server = postgres_url()
    if server is None:
        skip_or_fail("no PostgreSQL server is reachable (TEST_DATABASE_URL)")
    name = f"test_{secrets.token_hex(8)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return server.rpartition("/")[0] + "/" + name


def drop_database(url: str) -> None:
    if not url.startswith("postgresql"):
        return
    engine = create_engine(postgres_url() or "", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{urlsplit(url).path.lstrip("/")}" WITH (FORCE)'))
    engine.dispose()


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, the_app) -> Iterator[str]:
    """The URL of a database with every table, for tests that roll back."""
    url = fresh_database(request.param, tmp_path_factory.mktemp("db"))
    engine = db.connect(url)
    db.Base.metadata.create_all(engine)
    yield url
    db.engine().dispose()
    drop_database(url)


@pytest.fixture
def isolated(database: str) -> Iterator[None]:
    """Everything that the test writes is rolled back afterwards."""
    yield from _rolled_back(database)


def _rolled_back(url: str) -> Iterator[None]:
    if db.engine().url.render_as_string(hide_password=False) != url:
        db.connect(url)
    with db.engine().connect() as connection:
        outer = connection.begin()
        db.pin(connection)
        try:
            yield
        finally:
            db.pin(None)
            clock.shift(timedelta(0))
            i18n.speak(i18n.SOURCE)
            outer.rollback()


@pytest.fixture
def app(the_app, isolated):
    with the_app.app_context():
        yield the_app


@pytest.fixture
def unit(app) -> Iterator[None]:
    """An open unit, for tests of services."""
    with db.unit():
        yield


@pytest.fixture
def visitor(the_app, isolated) -> Visitor:
    """Someone with a browser without JavaScript."""
    return Visitor(the_app)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def own_database(request: pytest.FixtureRequest, tmp_path: Path, the_app) -> Iterator[str]:
    """A database of the test's own, committed to: for races, kills and migrations."""
    url = fresh_database(request.param, tmp_path)
    engine = db.connect(url)
    db.Base.metadata.create_all(engine)
    yield url
    clock.shift(timedelta(0))
    db.engine().dispose()
    drop_database(url)


@pytest.fixture
def count_statements() -> Iterator[list[str]]:
    """Every SQL statement from here on, transaction control not counted."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if not statement.lstrip().upper().startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")):
            seen.append(statement)

    event.listen(db.engine(), "before_cursor_execute", note)
    yield seen
    event.remove(db.engine(), "before_cursor_execute", note)


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, the_app) -> Iterator[str]:
    """The URL of a database with the demo municipality in it."""
    url = fresh_database(request.param, tmp_path_factory.mktemp("town"))
    engine = db.connect(url)
    db.Base.metadata.create_all(engine)
    with the_app.app_context():
        demo.load_if_empty(seed=1)
    yield url
    db.engine().dispose()
    drop_database(url)


@pytest.fixture
def town_isolated(town: str) -> Iterator[None]:
    """The demo municipality; what the test writes is rolled back afterwards."""
    yield from _rolled_back(town)
