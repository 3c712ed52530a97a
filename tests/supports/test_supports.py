"""One support each: given, given again, taken back, counted; and fifty at once are one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from app import clock, db, jobs
from app.permissions import GUEST
from app.supports import queries, service
from app.supports.models import Support
from app.supports.service import NoOwner
from tests.factories.contributions import make_container, write
from tests.factories.dialogues import make_dialogue
from tests.factories.people import make_actor


def make_thing():
    return write(make_container(make_dialogue().id)).id


def test_one_each_and_it_can_be_taken_back(unit):
    thing, other, actor = make_thing(), make_thing(), make_actor()
    assert service.give(actor, thing)
    assert not service.give(actor, thing)
    assert service.give(GUEST, thing, form_key="one browser")
    assert not service.give(GUEST, thing, form_key="one browser")
    assert service.give(GUEST, thing, form_key="another")
    assert queries.count(thing) == 3
    assert queries.given_by([thing, other], person_id=actor.person_id) == {thing}
    assert queries.given_by([thing, other], person_id=None, form_key="another") == {thing}
    assert queries.given_by([thing], person_id=None) == set()
    assert service.take_back(actor, thing)
    assert not service.take_back(actor, thing)
    assert not service.take_back(GUEST, thing, form_key="a third")
    assert queries.count(thing) == 2


def test_nobody_is_nobody(unit):
    thing = make_thing()
    for write_it in (service.give, service.take_back):
        with pytest.raises(NoOwner):
            write_it(GUEST, thing)


def test_a_support_is_by_a_person_or_a_browser_and_not_both(unit):
    thing, actor = make_thing(), make_actor()
    for columns in ({}, {"person_id": actor.person_id, "form_hash": "x"}):
        row = {"contribution_id": thing, "given_at": clock.now(), **columns}
        with pytest.raises(IntegrityError), db.session().begin_nested():
            db.session().execute(insert(Support).values(row))


def test_lists_show_what_the_job_has_counted(unit):
    thing, other = make_thing(), make_thing()
    service.give(make_actor(), thing)
    assert queries.counted([thing, other]) == {}
    planned = db.session().scalars(select(jobs.Job).filter_by(kind="supports.count")).all()
    assert [job.args for job in planned] == [{"contribution_id": thing}]
    assert service.count_now(thing) == service.count_now(thing) == 1
    service.give(make_actor(), thing)
    service.count_now(thing)
    assert queries.counted([thing, other]) == {thing: 2}


@pytest.mark.race
@pytest.mark.parametrize("has_account", [True, False])
def test_fifty_at_once_are_one(own_database, the_app, has_account):
    with db.unit():
        thing = make_thing()
        actor = make_actor() if has_account else GUEST

    def give(_position):
        with the_app.app_context(), db.unit():
            return service.give(actor, thing, form_key="one browser")

    with ThreadPoolExecutor(50) as pool:
        assert sum(pool.map(give, range(50))) == 1
    with db.reading() as session:
        assert session.scalars(select(func.count()).select_from(Support)).one() == 1
        assert queries.count(thing) == 1
