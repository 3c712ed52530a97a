"""What the municipality said it would do is kept alive until it is done, and those responsible are reminded."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock, db, jobs
from app.dialogues import service as dialogues
from app.dialogues.answers import queries, service
from app.dialogues.answers.models import About, FollowUpChange
from app.dialogues.answers.service import Doing
from app.dialogues.models import AppendOnly
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.queries import Dossier
from app.dialogues.stages import Stage
from app.jobs import Job
from app.permissions import SYSTEM, Refusal, Role
from tests.factories.answers import promise
from tests.factories.dialogues import make_dialogue, make_whole
from tests.factories.people import make_actor, make_person


def doing(**fields) -> Doing:
    values = {"text": "34 träd planteras", "unit": "Gatuenheten", "due_on": clock.today() + timedelta(days=30)}
    return Doing(**{**values, **fields})


def test_each_change_is_kept_with_its_day(unit):
    dialogue, kim = make_whole(Stage.RESOLVED), make_actor(Role.COMMUNICATIONS)
    item = service.add_follow_up(kim, dialogue, doing())
    service.edit_follow_up(kim, dialogue, item.version, item, doing(), progress="under_way", why="")
    service.edit_follow_up(kim, dialogue, item.version, item, doing(unit="Parkenheten"), progress="under_way", why="")
    with pytest.raises(NotAccepted) as problem:
        service.edit_follow_up(kim, dialogue, item.version, item, doing(), progress="not_done", why=" ")
    assert problem.value.field == "why"
    service.edit_follow_up(
        kim, dialogue, item.version, item, doing(), progress="not_done", why="Anbuden blev för dyra."
    )
    (followed,) = queries.follow_ups(Dossier(dialogue))
    assert [one.progress for one in followed.changes] == ["planned", "under_way", "not_done"]
    assert followed.changes[-1].why == "Anbuden blev för dyra."


def test_the_second_of_two_editors_is_told(unit):
    dialogue, kim = make_whole(Stage.FED_BACK), make_actor(Role.COMMUNICATIONS)
    item = promise(dialogue)
    service.edit_follow_up(kim, dialogue, 1, item, doing(), progress="done", why="")
    with pytest.raises(Overtaken):
        service.edit_follow_up(kim, dialogue, 1, item, doing(), progress="planned", why="")


def test_it_lives_on_in_the_archive(unit):
    dialogue, lead = make_whole(Stage.ARCHIVED), make_actor(Role.OFFICIAL)
    item = service.add_follow_up(lead, dialogue, doing())
    service.edit_follow_up(lead, dialogue, 1, item, doing(), progress="done", why="Klart i maj.")
    assert item.progress == "done"


@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.COMPILED, Stage.HANDED_OVER])
def test_nothing_is_promised_before_the_decision(unit, stage):
    with pytest.raises(Refusal, match="stage"):
        service.add_follow_up(make_actor(*Role), make_whole(stage), doing())


def test_what_happened_is_not_rewritten(unit):
    promise(make_whole(Stage.FED_BACK))
    db.session().scalars(select(FollowUpChange)).first().why = "Något annat."
    with pytest.raises(AppendOnly):
        db.session().flush()
    db.session().rollback()


def test_what_is_due_is_found_in_archived_dialogues_too_and_only_in_ones_own(unit):
    mine, other = make_whole(Stage.ARCHIVED), make_whole(Stage.FED_BACK)
    yesterday = clock.today() - timedelta(days=1)
    late, elsewhere = promise(mine, due_on=yesterday), promise(other, due_on=yesterday)
    promise(mine, due_on=yesterday, progress="done")
    lead = make_actor(Role.OFFICIAL, dialogue_id=mine.id)
    assert [item for item, _ in queries.due(lead, clock.today(), 20)] == [late]
    found = [item for item, _ in queries.due(make_actor(Role.OFFICIAL), clock.today(), 20)]
    assert found == [late, elsewhere]


def test_what_is_still_to_be_done_is_public_when_people_have_been_told(unit):
    told, untold = make_whole(Stage.FED_BACK), make_whole(Stage.RESOLVED)
    promise(untold)
    assert {dialogue.id for _, dialogue in queries.still_open(20)} == {told.id}


# ------------------------------------------------------------------ reminders


def reminders() -> list[str]:
    found = db.session().scalars(select(Job).filter_by(kind="mail.send")).all()
    return sorted(f"{one.args['to']} {one.args['facts']['about']}" for one in found if "about" in one.args["facts"])


def closed_by_the_clock(**fields):
    """A dialogue that the clock has closed, and its lead."""
    dialogue = make_dialogue(Stage.OPEN, **fields)
    lead = make_person(Role.OFFICIAL, dialogue_id=dialogue.id)
    kim = make_person(Role.COMMUNICATIONS, dialogue_id=dialogue.id)
    dialogue.closes_at = clock.now() - timedelta(minutes=1)
    dialogues.move(SYSTEM, dialogue, Stage.CLOSED)
    return dialogue, lead, kim


def planned() -> dict[str, Job]:
    return {one.args["about"]: one for one in db.session().scalars(select(Job).filter_by(kind="dialogues.remind"))}


@pytest.mark.requirement("R54")
def test_those_responsible_are_reminded_once_after_a_week_and_on_the_day(unit):
    dialogue, lead, kim = closed_by_the_clock()
    looks = planned()
    assert looks["result"].run_at == dialogue.closes_at + timedelta(days=7)
    assert clock.local(looks["feedback"].run_at).date() == dialogue.feedback_by
    service.remind(dialogue.id, About.RESULT)
    assert reminders() == [f"{lead.email} result"]
    dialogue.feedback_by = clock.today()
    service.remind(dialogue.id, About.FEEDBACK)
    assert reminders() == sorted([f"{lead.email} result", f"{lead.email} feedback", f"{kim.email} feedback"])


def test_nobody_is_reminded_of_what_is_done(unit):
    for stage in (Stage.COMPILED, Stage.HANDED_OVER, Stage.FED_BACK, Stage.ARCHIVED):
        dialogue = make_whole(stage, feedback_by=clock.today())
        make_person(Role.OFFICIAL, dialogue_id=dialogue.id)
        service.remind(dialogue.id, About.RESULT)
        if stage in (Stage.FED_BACK, Stage.ARCHIVED):
            service.remind(dialogue.id, About.FEEDBACK)
    service.remind(2**31 - 1, About.RESULT)
    assert reminders() == []


def test_a_day_that_was_put_off_is_looked_at_again(unit):
    dialogue, _lead, _kim = closed_by_the_clock()
    dialogue.feedback_by = clock.today() + timedelta(days=200)
    service.remind(dialogue.id, About.FEEDBACK)
    assert reminders() == []
    days = [one.run_at for one in db.session().scalars(select(Job).filter_by(kind="dialogues.remind"))]
    assert clock.local(max(days)).date() == dialogue.feedback_by


def test_the_worker_runs_it(app):
    with db.unit():
        dialogue, _lead, _kim = closed_by_the_clock()
    clock.shift(timedelta(days=8))
    jobs.run_due()
    with db.reading() as session:
        row = session.scalars(select(Job).filter_by(kind="dialogues.remind", dedupe_key=None)).all()
        assert row == []
        done = session.scalars(select(Job.done_at).where(Job.dedupe_key.like(f"%:{dialogue.id}:result:%"))).one()
        assert done is not None
