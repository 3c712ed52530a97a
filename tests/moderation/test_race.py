"""Fifty moderators decide at once: one ruling."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from app import db
from app.moderation import queries, service
from app.moderation.models import Report, Ruling
from app.moderation.service import Seen
from app.permissions import Role
from app.reviews.models import Reviewable
from tests.factories.moderation import make_leaflet
from tests.factories.people import make_actor

pytestmark = pytest.mark.race


def test_fifty_decisions_at_once_are_one_ruling(own_database, the_app):
    with db.unit():
        number = make_leaflet().id
        actors = [make_actor(Role.MODERATOR) for _ in range(50)]

    def decide(position):
        try:
            with the_app.app_context(), db.unit():
                item = queries.item(number, actors[position])
                if position % 2:
                    service.hide(actors[position], item, Seen(1), ground="insult")
                else:
                    service.show(actors[position], item, Seen(1))
        except service.AlreadyDecided as first:
            return first.last is not None
        return "decided"

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(decide, range(50)))
    assert sorted(map(str, answers)) == ["True"] * 49 + ["decided"]
    with db.reading() as session:
        assert session.scalars(select(func.count()).select_from(Ruling)).one() == 1
        assert session.scalars(select(Reviewable.version)).one() == 2


def test_fifty_reports_by_one_person_at_once_are_one(own_database, the_app, monkeypatch):
    monkeypatch.setattr(service, "spend", lambda *_args: None)
    with db.unit():
        number = make_leaflet(shown=True).id
        actor = make_actor()

    def report(_position):
        try:
            with the_app.app_context(), db.unit():
                service.report(actor, number, ground="spam", note="", client="192.0.2.1")
        except service.AlreadyReported:
            return False
        return True

    with ThreadPoolExecutor(50) as pool:
        assert sum(pool.map(report, range(50))) == 1
    with db.reading() as session:
        assert session.scalars(select(func.count()).select_from(Report)).one() == 1
        assert session.scalars(select(Reviewable.reports)).one() == 1
