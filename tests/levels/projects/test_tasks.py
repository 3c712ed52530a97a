"""Tasks: written, taken on by one however many press, brought along, and what the list shows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app import db
from app.dialogues.models import Card
from app.dialogues.problems import Overtaken
from app.levels.influence.projects import queries, service
from app.levels.influence.projects.models import Member, Progress, Task
from app.levels.influence.projects.queries import Place
from app.levels.influence.projects.rules import Do
from app.levels.influence.projects.service import AlreadyIn, Hands, Taken, Words
from app.permissions import GUEST, Refusal, Role, can, refusal
from app.reviews.models import State
from tests.factories.dialogues import make_dialogue
from tests.factories.people import actor_of, make_actor, make_person
from tests.factories.projects import make_member, make_project, make_task

WORDS = Words("Måla bänkarna", "Grönt.", date(2027, 5, 1), "sv")


def running(**fields):
    return make_project(make_dialogue(level="influence"), **fields)


def test_a_member_writes_a_task_takes_it_on_and_brings_it_to_its_end(unit):
    row = running()
    person = make_member(row)
    me = actor_of(person)
    task = service.add_task(me, row, WORDS)
    assert (task.is_free, task.review.is_shown, task.dialogue_id) == (True, True, row.dialogue_id)
    service.claim(me, task)
    assert task.owner_id == person.id
    service.set_progress(me, task, Progress.UNDER_WAY, 40, task.version)
    assert (task.progress, task.percent) == ("under_way", 40)
    service.set_progress(me, task, Progress.DONE, 40, task.version)
    assert (task.percent, task.done_at is not None) == (100, True)
    assert db.session().get(Card, f"project:{row.id}").responses == 1
    assert refusal(me, Do.RELEASE, task).code == "done"
    service.set_progress(me, task, Progress.NOT_BEGUN, 40, task.version)
    assert (task.percent, task.done_at) == (0, None)
    service.release(me, task)
    assert task.is_free


def test_the_second_of_two_editors_is_told(unit):
    row = running()
    person = make_member(row)
    task = make_task(row, owner_id=person.id, by=person)
    with pytest.raises(Overtaken):
        service.set_progress(actor_of(person), task, Progress.DONE, 0, task.version - 1)
    with pytest.raises(Overtaken):
        service.change_task(actor_of(person), task, WORDS, task.version - 1)
    lead = make_actor(Role.OFFICIAL)
    with pytest.raises(Overtaken):
        service.change_plan(lead, task, WORDS, Hands(), Progress.DONE, 0, task.version - 1)
    assert (task.title, task.progress) == ("Fråga apoteket", "not_begun")


def test_only_members_take_tasks_on_and_only_free_ones(unit):
    row = running()
    owner, other = make_member(row), actor_of(make_member(row))
    for outsider in (GUEST, make_actor(), make_actor(Role.OFFICIAL), actor_of(make_member(row, is_in=False))):
        assert not can(outsider, Do.CLAIM, make_task(row))
    for task in (make_task(row, owner_id=owner.id), make_task(row, is_municipal=True)):
        assert refusal(other, Do.CLAIM, task).code == "taken"
    assert refusal(other, Do.CLAIM, make_task(row, state=State.WAITING)).code == "waiting"
    assert refusal(other, Do.CLAIM, make_task(row, state=State.HIDDEN)).code == "hidden"
    assert not can(other, Do.PROGRESS, make_task(row, owner_id=owner.id))
    assert can(make_actor(Role.OFFICIAL), Do.PROGRESS, make_task(row, owner_id=owner.id))


def test_whoever_wrote_it_changes_it_until_somebody_takes_it_on(unit):
    row = running()
    writer, owner = make_member(row), make_member(row)
    task = make_task(row, by=writer)
    service.change_task(actor_of(writer), task, WORDS, task.version)
    assert (task.title, can(actor_of(owner), Do.CHANGE_TASK, task)) == ("Måla bänkarna", False)
    service.claim(actor_of(owner), task)
    assert not can(actor_of(writer), Do.CHANGE_TASK, task)
    assert not can(actor_of(writer), Do.REMOVE_TASK, task)
    assert can(actor_of(owner), Do.CHANGE_TASK, task)


def test_where_a_moderator_reads_first_tasks_of_members_wait_and_wait_again(unit):
    row = running(reads_first=True)
    me = actor_of(make_member(row))
    task = service.add_task(me, row, WORDS)
    assert task.is_waiting
    task.review.state = State.SHOWN
    service.change_task(me, task, Words("Måla om", "", None, "sv"), task.version)
    assert task.is_waiting
    planned = service.plan_task(make_actor(Role.OFFICIAL), row, WORDS, Hands(is_municipal=True))
    assert not planned.is_waiting


def test_an_official_plans_tasks_for_members_only(unit):
    row, lead, outsider = running(), make_actor(Role.OFFICIAL), make_person()
    owner = make_member(row)
    task = service.plan_task(lead, row, WORDS, Hands(owner.id), Progress.UNDER_WAY, 130)
    assert (task.owner_id, task.percent) == (owner.id, 99)
    service.change_plan(lead, task, WORDS, Hands(is_municipal=True), Progress.DONE, 0, task.version)
    assert (task.owner_id, task.is_municipal, task.percent) == (None, True, 100)
    with pytest.raises(Taken):
        service.plan_task(lead, row, WORDS, Hands(outsider.id))


def test_the_constraints_give_the_truth(unit):
    row = running()
    owner = make_member(row)
    for wrong in ({"percent": 5}, {"owner_id": owner.id, "is_municipal": True}, {"owner_id": make_person().id}):
        with pytest.raises(IntegrityError), db.session().begin_nested():
            make_task(row, **wrong)


def test_a_task_that_is_taken_away_is_nowhere(unit):
    row, lead = running(), make_actor(Role.OFFICIAL)
    task = make_task(row, progress=Progress.DONE)
    service.keep(row)
    service.remove_task(lead, task)
    assert queries.page(row.id, lead).rows == []
    assert queries.task_in(row, task.id) is None
    assert queries.numbers(row.id).tasks == 0
    assert db.session().get(Card, f"project:{row.id}").responses == 0
    assert not can(lead, Do.READ_TASK, task)


def test_the_list_is_in_the_order_of_what_is_to_be_done_and_pages_miss_nobody(unit):
    row = running()
    days = [date(2027, 5, 1), None, date(2027, 1, 1), date(2027, 5, 1)]
    open_ones = [make_task(row, due_on=day) for day in days]
    done = [make_task(row, due_on=day, progress=Progress.DONE) for day in days]
    wanted = [group[place].id for group in (open_ones, done) for place in (2, 0, 3, 1)]
    met, after = [], None
    while True:
        page = queries.page(row.id, GUEST, after, size=3)
        met += [one.id for one in page.rows]
        if page.further is None:
            break
        after = Place.read(str(page.further))
        assert after == page.further
    assert met == wanted


@pytest.mark.parametrize("text", ["", "x", "0", "0.2027-01-01", "0.2027-13-01.4", "2..3", "0.2027-01-01.x", "٣.٣.٣"])
def test_what_is_no_place_is_no_place(text):
    assert Place.read(text) is None


def test_what_waits_is_for_its_writer_and_the_moderators(unit):
    row, writer = running(), make_person()
    make_task(row, state=State.WAITING, by=writer)
    hidden = make_task(row, state=State.HIDDEN)
    for actor, many in ((GUEST, 1), (make_actor(), 1), (actor_of(writer), 2), (make_actor(Role.MODERATOR), 2)):
        assert len(queries.page(row.id, actor).rows) == many
    assert hidden in queries.page(row.id, GUEST).rows


@pytest.mark.race
def test_of_fifty_who_take_a_task_on_at_once_one_has_it(own_database, the_app):
    with db.unit():
        row = running()
        people = [make_member(row) for _ in range(50)]
        task_id, actors = make_task(row).id, [actor_of(one) for one in people]

    def take(actor):
        try:
            with the_app.app_context(), db.unit():
                service.claim(actor, queries.task(task_id))
        except (Taken, Refusal):
            return None
        return actor.person_id

    with ThreadPoolExecutor(50) as pool:
        winners = [one for one in pool.map(take, actors) if one is not None]
    with db.reading() as session:
        assert [session.get(Task, task_id).owner_id] == winners


@pytest.mark.race
def test_fifty_windows_of_one_person_ask_once_and_leave_nothing_behind(own_database, the_app):
    """The same person asks in many windows, then takes a task on in some while leaving in others."""
    with db.unit():
        row, lead, me = running(), make_actor(Role.OFFICIAL), make_actor()
        task_id, project_id = make_task(row).id, row.id

    def ask(_number):
        try:
            with the_app.app_context(), db.unit():
                service.join(me, queries.project(project_id), "Åsa")
        except (AlreadyIn, Refusal):
            return 0
        return 1

    def act(number):
        try:
            with the_app.app_context(), db.unit():
                if number % 2:
                    service.claim(me, queries.task(task_id))
                else:
                    service.leave(me, queries.project(project_id))
        except (Taken, Refusal):
            return

    with ThreadPoolExecutor(50) as pool:
        assert sum(pool.map(ask, range(50))) == 1
    with the_app.app_context(), db.unit():
        service.admit(lead, queries.project(project_id), me.person_id)
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(act, range(20)))
    with db.reading() as session:
        assert session.scalars(select(Member)).all() == []
        assert session.get(Task, task_id).owner_id is None
