"""Who is told of what happens to a dialogue, in words that hold, in every language."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock, db, i18n, ladder, mail
from app.dialogues import notices, service
from app.dialogues.events import EVENTS
from app.dialogues.models import Dialogue
from app.dialogues.stages import Stage
from app.jobs import Job
from app.ladder import Recipient
from app.permissions import SYSTEM, Role
from tests.factories.dialogues import answer, decide, make_dialogue, make_whole
from tests.factories.people import make_actor, make_person


def planned() -> set[tuple[str, str]]:
    """The mails that are planned: template and whom to."""
    jobs = db.session().scalars(select(Job).filter_by(kind="mail.send"))
    return {(job.args["template"], job.args["to"]) for job in jobs}


@pytest.fixture
def participants(unit, monkeypatch) -> None:
    """Two people took part in a survey, one of them twice."""
    those = [Recipient("a@example.se", "sv"), Recipient("b@example.se", "ar"), Recipient("a@example.se", "sv")]
    surveys = ladder.method("surveys")
    monkeypatch.setitem(ladder._methods, "surveys", replace(surveys, participants=lambda _dialogue_id: those))


def test_every_event_says_who_hears():
    assert {notice.event for notice in notices.NOTICES} == set(EVENTS)


def test_the_secretary_hears_that_a_dialogue_waits_for_the_body(unit):
    secretary, elsewhere = make_person(Role.SECRETARY), make_dialogue()
    make_person(Role.SECRETARY, dialogue_id=elsewhere.id)
    service.move(make_actor(Role.OFFICIAL), make_whole(Stage.ASSESSED), Stage.PREPARED)
    assert planned() == {("dialogue_to_decide", secretary.email)}


def test_the_lead_hears_what_the_body_decided(unit):
    dialogue = make_whole(Stage.PREPARED)
    lead = make_person(Role.OFFICIAL, dialogue_id=dialogue.id)
    decide(dialogue)
    service.move(make_actor(Role.SECRETARY), dialogue, Stage.DECIDED)
    assert planned() == {("dialogue_decided", lead.email)}


def reach(dialogue: Dialogue, to: Stage) -> None:
    if to is Stage.CLOSED:
        dialogue.closes_at = clock.now() - timedelta(minutes=1)
    if to is Stage.CANCELLED:
        decide(dialogue, "cancel")
    if to is Stage.FED_BACK:
        answer(dialogue, published=False)
    service.move(SYSTEM if to is Stage.CLOSED else make_actor(*Role), dialogue, to)


@pytest.mark.parametrize(
    ("start", "to", "template"),
    [
        (Stage.OPEN, Stage.CLOSED, "dialogue_closed"),
        (Stage.CLOSED, Stage.COMPILED, "dialogue_result"),
        (Stage.RESOLVED, Stage.FED_BACK, "dialogue_fed_back"),
        (Stage.OPEN, Stage.CANCELLED, "dialogue_called_off"),
    ],
)
def test_those_who_took_part_are_told_once_each(participants, start, to, template):
    reach(make_whole(start), to)
    told = {address for name, address in planned() if name == template}
    assert told == {"a@example.se", "b@example.se"}


@pytest.mark.parametrize("language", ["sv", "en", "ar", "sv-simple"])
@pytest.mark.parametrize(
    ("template", "stage"),
    [
        ("dialogue_to_decide", "prepared"), ("dialogue_to_decide", "handed_over"), ("dialogue_decided", "decided"),
        ("dialogue_decided", "rejected"), ("dialogue_decided", "resolved"), ("dialogue_decided", "cancelled"),
        ("dialogue_closed", "closed"), ("dialogue_result", "compiled"), ("dialogue_fed_back", "fed_back"),
        ("dialogue_called_off", "cancelled"),
    ],
)  # fmt: skip
def test_every_mail_holds_in_every_language(unit, template, stage, language):
    dialogue = make_dialogue(Stage.OPEN, title="Gatan\r\nBcc: alla@example.se")
    event = service.moves._moved(SYSTEM, dialogue, "open", stage, "Därför.")
    spoken = i18n.named(language)
    written = mail.written(template, "a@example.se", spoken, key="k", **notices._facts(event))
    text = written.get_body(("plain",)).get_content()
    address = "/beslut/" if template == "dialogue_to_decide" else "/dialoger/"
    assert (f"http://localhost/{spoken.prefix}" if spoken.prefix else "http://localhost") + address in text or (
        template == "dialogue_decided"
    )
    assert "Gatan" in written["Subject"]
    assert written["Bcc"] is None
