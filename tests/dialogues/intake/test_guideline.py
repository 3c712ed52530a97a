"""Before the decision, and in earnest: what the guideline says of when a dialogue is held and of the commitment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import clock, db
from app.dialogues import plan, service
from app.dialogues.models import Matter, Ruling
from app.dialogues.problems import NotAccepted
from app.dialogues.service import Minutes
from app.dialogues.stages import Stage
from app.permissions import Refusal, Role
from tests.factories.dialogues import decide, make_whole
from tests.factories.people import make_actor


def minutes() -> Minutes:
    return Minutes(body_key="kommunstyrelsen", decided_on=clock.today(), section_no="9", case_number="KS 1")


@pytest.mark.requirement("R11")
@pytest.mark.parametrize("days", [-1, 0])
def test_it_closes_before_the_day_of_the_decision(unit, days):
    lead, dialogue = make_actor(Role.OFFICIAL), make_whole(Stage.ASSESSED)
    now = clock.now()
    closes = now + timedelta(days=30)
    dates = {
        "opens_at": now + timedelta(days=5),
        "closes_at": closes,
        "decision_on": clock.local(closes).date() + timedelta(days=days),
        "feedback_by": clock.local(closes).date() + timedelta(days=60),
    }
    assert [one.field for one in plan.problems(plan.Plan(**dates))] == ["decision_on"]
    with pytest.raises(NotAccepted) as refused:
        service.schedule(lead, dialogue, dialogue.version, **dates)
    assert refused.value.field == "decision_on"


@pytest.mark.requirement("R11")
@pytest.mark.parametrize("stage", [Stage.DECIDED, Stage.ANNOUNCED, Stage.OPEN, Stage.PAUSED, Stage.CLOSED])
def test_the_decision_in_the_matter_waits_until_input_is_closed_and_handed_over(unit, stage):
    dialogue = make_whole(stage)
    with pytest.raises(Refusal):
        service.record(make_actor(*Role), dialogue, Matter.FINAL, Ruling.APPROVED, minutes())
    assert dialogue.stage == stage


@pytest.mark.requirement("R17")
def test_no_body_decides_to_hold_it_without_its_commitment(unit):
    dialogue = make_whole(Stage.PREPARED)
    dialogue.promise = "  "
    db.session().flush()
    with pytest.raises(Refusal, match="missing"):
        service.record(make_actor(Role.SECRETARY), dialogue, Matter.HOLD, Ruling.APPROVED, minutes())
    db.session().rollback()


@pytest.mark.requirement("R17")
def test_the_commitment_is_read_before_anyone_signs_in(visitor):
    with db.unit():
        number = make_whole(Stage.OPEN, promise="Vi visar förslag för förslag vad som följdes.").id
    page = visitor.get(f"/dialoger/{number}-drottninggatan")
    assert "Vi visar förslag för förslag vad som följdes." in page.words
    assert "Set-Cookie" not in page.headers


@pytest.mark.requirement("R17")
def test_the_commitment_stands_as_it_was_decided(unit):
    dialogue = make_whole(Stage.DECIDED)
    decide(dialogue)
    with pytest.raises(Refusal):
        service.give_promise(
            make_actor(Role.OFFICIAL), dialogue, dialogue.version, body_key="kommunstyrelsen", promise="Mindre.",
            affected="alla",
        )  # fmt: skip
