"""Two who press at once: one report, one move, one log."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock, db
from app.dialogues import service as dialogues
from app.dialogues.answers import service
from app.dialogues.answers.models import CompilationWriter, Consideration, ResultReport, Telling, Theme
from app.dialogues.models import Dialogue, Move
from app.dialogues.problems import Overtaken
from app.dialogues.stages import Stage
from app.permissions import Refusal, Role
from tests.factories.dialogues import make_whole, meeting_of
from tests.factories.people import make_actor, make_person
from tests.visitor import Visitor

AT_ONCE = 50


@pytest.mark.race
@pytest.mark.requirement("R50")
def test_fifty_who_hand_over_at_once_make_one_report(own_database, the_app):
    with the_app.app_context(), db.unit():
        dialogue = make_whole(Stage.CLOSED)
        dialogues.move(make_actor(Role.OFFICIAL), dialogue, Stage.COMPILED)
        meeting = meeting_of("kommunstyrelsen", clock.today() + timedelta(days=20))
        people = [make_person(Role.OFFICIAL) for _ in range(5)]
    browsers = [Visitor(the_app).sign_in_as(people[number % 5]) for number in range(AT_ONCE)]
    for one in browsers:
        one.get(f"/arbetsyta/dialoger/{dialogue.id}/overlamna")

    def press(visitor: Visitor) -> int:
        return visitor.submit({"meeting": str(meeting.id)}, follow=False).status

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = Counter(pool.map(press, browsers))
    assert answers == {303: AT_ONCE}
    with db.reading() as session:
        assert session.scalars(select(func.count()).select_from(ResultReport)).one() == 1
        moved = select(func.count()).select_from(Move).where(Move.to_stage == Stage.HANDED_OVER)
        assert session.scalars(moved).one() == 1
        assert session.get_one(Dialogue, dialogue.id).stage == Stage.HANDED_OVER


@pytest.mark.race
def test_many_who_publish_at_once_tell_once(own_database, the_app):
    with the_app.app_context(), db.unit():
        dialogue, lead = make_whole(Stage.CLOSED), make_actor(Role.OFFICIAL)

    def publish(_number: int) -> bool:
        with the_app.app_context():
            try:
                with db.unit() as session:
                    dialogues.move(lead, session.get_one(Dialogue, dialogue.id), Stage.COMPILED)
            except Refusal:
                return False
            return True

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(publish, range(10))) == 1
    with db.reading() as session:
        assert session.scalars(select(func.count()).select_from(Telling)).one() == 1


@pytest.mark.race
def test_themes_that_are_added_at_once_all_stand_and_have_a_place_each(own_database, the_app):
    with the_app.app_context(), db.unit():
        dialogue = make_whole(Stage.OPEN)
        dialogue.stage = Stage.CLOSED
        leads = [make_actor(Role.OFFICIAL) for _ in range(3)]

    def add(number: int) -> None:
        with the_app.app_context(), db.unit() as session:
            row = session.get_one(Dialogue, dialogue.id)
            service.add_theme(leads[number % 3], row, name=f"Tema {number}", said="Många.", count=1)

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(add, range(12)))
    with db.reading() as session:
        assert sorted(session.scalars(select(Theme.position))) == list(range(1, 13))
        assert len(session.scalars(select(CompilationWriter)).all()) == 3


@pytest.mark.race
def test_of_those_who_say_what_became_of_a_theme_at_once_one_is_first(own_database, the_app):
    with the_app.app_context(), db.unit() as session:
        dialogue, kim = make_whole(Stage.RESOLVED), make_actor(Role.COMMUNICATIONS)
        theme = session.scalars(select(Theme).order_by(Theme.id)).first()
        session.delete(session.get_one(Consideration, theme.id))

    def write(number: int) -> bool:
        with the_app.app_context():
            try:
                with db.unit() as session:
                    row, one = session.get_one(Dialogue, dialogue.id), session.get_one(Theme, theme.id)
                    service.consider(kim, row, 0, one, stance="followed", why=f"Ja {number}.")
            except Overtaken:
                return False
            return True

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(write, range(10))) == 1
