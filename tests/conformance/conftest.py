"""Every check meets the demo municipality, in an app that speaks its languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app import db
from app.cli import demo
from tests import speaking
from tests.conftest import _rolled_back, drop_database, fresh_database
from tests.factories.rest import complete
from tests.harvest import Whole, harvest
from tests.hostile import errors_logged


@pytest.fixture(scope="session")
def compiled(tmp_path_factory):
    return speaking.compile_into(tmp_path_factory.mktemp("translations"))


@pytest.fixture
def house(the_app: Flask, town_isolated, compiled) -> Iterator[Flask]:
    """The app, with the demo municipality behind it."""
    with speaking.in_every_language(the_app, compiled):
        yield the_app


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def whole_town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, the_app) -> Iterator[Whole]:
    """The demo municipality with everything in it that it lacks, and what can be reached there."""
    url = fresh_database(request.param, tmp_path_factory.mktemp("whole"))
    db.Base.metadata.create_all(db.connect(url))
    with the_app.app_context():
        demo.load_if_empty(seed=1)
    more = complete(the_app)
    for _ in _rolled_back(url):
        with errors_logged() as errors:
            found = harvest(the_app, more=more)
        assert not errors.lines, errors.lines
    yield Whole(url, found)
    db.engine().dispose()
    drop_database(url)


@pytest.fixture
def whole(whole_town: Whole) -> Iterator[Whole]:
    """What the test writes is rolled back afterwards."""
    for _ in _rolled_back(whole_town.url):
        yield whole_town
