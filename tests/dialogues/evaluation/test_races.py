"""Many at once: a form is taken once, each of the staff answers once, and what is counted is all that was taken."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock, db
from app.dialogues.evaluation import queries, service
from app.dialogues.evaluation.models import Inquiry, StaffAnswer
from app.dialogues.evaluation.standard import Circle, Duty
from app.dialogues.models import Dialogue
from app.dialogues.stages import Stage
from app.permissions import Refusal, Role
from app.questions.models import AnswerSheet
from tests.factories.dialogues import make_dialogue
from tests.factories.evaluation import make_inquiry, values_of
from tests.factories.people import make_actor

pytestmark = pytest.mark.race


def sheets(row: Inquiry) -> int:
    return db.session().scalars(select(func.count(AnswerSheet.id)).filter_by(set_id=row.set_id)).one()


def test_fifty_presses_of_ten_forms_are_ten_answers(the_app, own_database):
    with the_app.app_context(), db.unit():
        row = make_inquiry(make_dialogue(Stage.CLOSED))
        values = values_of(row)
        number = row.id

    def press(at: int) -> bool:
        with the_app.app_context(), db.unit() as session:
            return service.answer(session.get_one(Inquiry, number), f"form {at % 10}", values)

    with ThreadPoolExecutor(25) as pool:
        taken = list(pool.map(press, range(50)))
    assert sum(taken) == 10
    with db.reading() as session:
        assert sheets(session.get_one(Inquiry, number)) == 10


def test_whoever_is_taken_in_is_counted(the_app, own_database):
    """The moment of closing comes while fifty answer and the job counts, again and again."""
    with the_app.app_context(), db.unit():
        row = make_inquiry(make_dialogue(Stage.CLOSED))
        row.closes_at = clock.now() + timedelta(seconds=1)
        values, number = values_of(row), row.id

    def act(at: int) -> bool:
        with the_app.app_context(), db.unit() as session:
            if at % 5 == 0:
                service.count(number)
                return False
            try:
                return service.answer(session.get_one(Inquiry, number), f"form {at}", values)
            except Refusal:
                return False

    with ThreadPoolExecutor(20) as pool:
        taken = 0
        for start in range(0, 2000, 50):
            taken += sum(pool.map(act, range(start, start + 50)))
            with db.reading() as session:
                if session.get_one(Inquiry, number).counted_at is not None:
                    break
    with db.reading() as session:
        row = session.get_one(Inquiry, number)
        assert row.counted_at is not None
        assert row.answers == taken == sheets(row)
        assert row.figures["again"]["base"] == taken


def test_one_of_the_staff_answers_once_however_many_windows(the_app, own_database):
    with the_app.app_context(), db.unit():
        dialogue = make_dialogue(Stage.FED_BACK)
        row = make_inquiry(dialogue, Circle.STAFF)
        values, number, actor = values_of(row), dialogue.id, make_actor(Role.OFFICIAL)

    def press(_at: int) -> bool:
        with the_app.app_context():
            try:
                with db.unit() as session:
                    mine = queries.inquiry(number, Circle.STAFF)
                    dialogue = session.get_one(Dialogue, number)
                    service.answer_own(actor, dialogue, mine, values, duty=Duty.LEAD, comment="")
            except service.AlreadyAnswered:
                return False
            return True

    with ThreadPoolExecutor(25) as pool:
        assert sum(pool.map(press, range(50))) == 1
    with db.reading() as session:
        assert session.scalars(select(func.count(StaffAnswer.id))).one() == 1
        assert sheets(queries.inquiry(number, Circle.STAFF)) == 1
