"""Fifty requests send the same form at once: one text."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from app import db
from app.contributions import service
from app.contributions.models import Contribution
from app.contributions.service import AlreadySent, Draft
from app.reviews.models import Reviewable
from tests.factories.contributions import make_container
from tests.factories.dialogues import make_dialogue
from tests.factories.people import make_actor

pytestmark = pytest.mark.race


def test_fifty_first_texts_at_once_are_one(own_database, the_app):
    with db.unit():
        box, actor = make_container(make_dialogue().id), make_actor()
    draft = Draft("Plantera lindar.", "sv", actor.name, form_key="the form")

    def send(_position):
        try:
            with the_app.app_context(), db.unit():
                service.add(actor, box, draft, shown=True)
        except AlreadySent:
            return False
        return True

    with ThreadPoolExecutor(50) as pool:
        assert sum(pool.map(send, range(50))) == 1
    with db.reading() as session:
        assert session.scalars(select(func.count()).select_from(Contribution)).one() == 1
        assert session.scalars(select(func.count()).select_from(Reviewable)).one() == 1
