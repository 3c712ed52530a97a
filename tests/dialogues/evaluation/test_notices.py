"""Those who took part read in the notices of the moves where they can say how it was; staff gets a mail of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock, db, i18n, ladder, mail
from app.accounts.models import Person
from app.dialogues import service
from app.dialogues.duties.models import DutyHolder
from app.dialogues.evaluation import service as evaluations
from app.dialogues.evaluation.models import Inquiry
from app.dialogues.evaluation.standard import Circle
from app.dialogues.models import Dialogue
from app.dialogues.stages import Stage
from app.jobs import Job
from app.ladder import Recipient
from app.permissions import SYSTEM, Role
from tests.factories.dialogues import answer, decide, make_dialogue, make_whole
from tests.factories.people import make_actor


@pytest.fixture
def participants(unit, monkeypatch) -> None:
    those = [Recipient("a@example.se", "sv"), Recipient("b@example.se", "ar")]
    surveys = ladder.method("surveys")
    monkeypatch.setitem(ladder._methods, "surveys", replace(surveys, participants=lambda _dialogue_id: those))


def mails(template: str) -> dict[str, str]:
    """Address → the text of the mail, in the language of whoever gets it."""
    planned = db.session().scalars(select(Job).filter_by(kind="mail.send"))
    return {
        job.args["to"]: mail.written(
            template, job.args["to"], i18n.named(job.args["language"]), key="k", **job.args["facts"]
        ).get_body(("plain",)).get_content()
        for job in planned
        if job.args["template"] == template
    }  # fmt: skip


def reach(dialogue: Dialogue, to: Stage) -> None:
    if to is Stage.CLOSED:
        dialogue.closes_at = clock.now() - timedelta(minutes=1)
    if to is Stage.CANCELLED:
        decide(dialogue, "cancel")
    if to is Stage.FED_BACK:
        answer(dialogue, published=False)
    service.move(SYSTEM if to is Stage.CLOSED else make_actor(*Role), dialogue, to, "Därför.")


@pytest.mark.requirement("R26", "R8", "R54")
@pytest.mark.parametrize(
    ("start", "to", "template", "page"),
    [
        (Stage.OPEN, Stage.CLOSED, "dialogue_closed", "svara"),
        (Stage.CLOSED, Stage.COMPILED, "dialogue_result", "svara"),
        (Stage.OPEN, Stage.CANCELLED, "dialogue_called_off", "svara"),
        (Stage.RESOLVED, Stage.FED_BACK, "dialogue_fed_back", "aterkopplingen"),
    ],
)
def test_the_notice_leads_to_the_questions(participants, start, to, template, page):
    dialogue = make_whole(start)
    reach(dialogue, to)
    told = mails(template)
    assert set(told) == {"a@example.se", "b@example.se"}
    path = f"/dialoger/{dialogue.id}-drottninggatan/utvardering/{page}"
    assert f"http://localhost{path}\n" in told["a@example.se"]
    assert f"http://localhost/ar{path}\n" in told["b@example.se"]


def test_a_notice_that_comes_too_late_to_answer_asks_nothing(participants):
    dialogue = make_whole(Stage.OPEN)
    reach(dialogue, Stage.CLOSED)
    row = db.session().scalars(select(Inquiry).filter_by(dialogue_id=dialogue.id)).one()
    row.closes_at = clock.now() - timedelta(days=1)
    row.counted_at, row.answers, row.figures = clock.now(), 0, {}
    db.session().flush()
    reach(dialogue, Stage.COMPILED)
    assert all("/utvardering/" not in text for text in mails("dialogue_result").values())


@pytest.mark.requirement("R27")
def test_those_who_worked_with_it_are_asked_when_the_feedback_is_given(participants):
    dialogue = make_whole(Stage.RESOLVED)
    asked = select(DutyHolder).filter_by(dialogue_id=dialogue.id).where(DutyHolder.duty != "feedback")
    ids = {number for row in db.session().scalars(asked) for number in (row.holder_id, row.substitute_id)}
    reach(dialogue, Stage.FED_BACK)
    told = mails("evaluation_staff")
    assert set(told) == set(db.session().scalars(select(Person.email).where(Person.id.in_(ids))))
    assert all(f"/arbetsyta/dialoger/{dialogue.id}/utvardering" in text for text in told.values())
    assert not {"a@example.se", "b@example.se"} & set(told)


def test_whoever_is_asked_by_hand_gets_a_mail_of_its_own(participants):
    dialogue = make_dialogue(Stage.CLOSED)
    evaluations.invite(make_actor(Role.OFFICIAL), dialogue, Circle.PARTICIPANTS)
    told = mails("evaluation_invited")
    assert set(told) == {"a@example.se", "b@example.se"}
    assert "/utvardering/svara" in told["a@example.se"]
