"""Whatever is changed after the opening is told: to everyone, and by mail to those who have taken part."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from app import clock, db, i18n, ladder, mail
from app.dialogues import service
from app.dialogues.changes import events, notices, queries
from app.dialogues.changes.models import ChangeNote, Part
from app.dialogues.changes.rules import NOTED_STAGES
from app.dialogues.changes.service import Change, note
from app.dialogues.changes.wording import PART_NAMES
from app.dialogues.models import AppendOnly
from app.dialogues.problems import NotAccepted
from app.dialogues.stages import PUBLIC_STAGES, Stage
from app.jobs import Job
from app.ladder import Recipient
from app.permissions import SYSTEM, Role
from tests.factories.dialogues import make_whole
from tests.factories.people import make_actor

WHY = "Telefonnumret var fel."


@pytest.fixture
def participants(monkeypatch) -> None:
    surveys, meetings = ladder.method("surveys"), ladder.method("meetings")
    told = {"surveys": (surveys, "a@example.se"), "meetings": (meetings, "b@example.se")}
    for key, (method, address) in told.items():
        those = [Recipient(address, "sv")]
        monkeypatch.setitem(ladder._methods, key, replace(method, participants=lambda _dialogue_id, those=those: those))


def mails() -> set[str]:
    jobs = db.session().scalars(select(Job).filter_by(kind="mail.send"))
    return {job.args["to"] for job in jobs if job.args["template"] == "dialogue_changed"}


def described(dialogue, **values) -> dict[str, str]:
    names = ("summary", "contact_name", "contact_email", "contact_phone")
    return {**{name: getattr(dialogue, name) for name in names}, **values}


def test_every_part_has_words():
    assert set(PART_NAMES) == set(Part)


def test_it_is_told_from_the_opening_on():
    assert {Stage.ANNOUNCED} == PUBLIC_STAGES - NOTED_STAGES


@pytest.mark.parametrize(
    "stage", sorted({Stage.DECIDED, Stage.ANNOUNCED, *NOTED_STAGES} - {Stage.EVALUATED, Stage.ARCHIVED})
)
def test_the_summary_is_changed_with_a_reason_once_somebody_may_have_taken_part(unit, participants, stage):
    dialogue, lead = make_whole(stage), make_actor(Role.OFFICIAL)
    before = dialogue.summary
    values = described(dialogue, summary="Gatan byggs om 2028.")
    if stage in NOTED_STAGES:
        with pytest.raises(NotAccepted) as problem:
            service.describe(lead, dialogue, dialogue.version, " ", **values)
        assert problem.value.field == "why"
    service.describe(lead, dialogue, dialogue.version, WHY, **values)
    service.describe(lead, dialogue, dialogue.version, "", **values)  # the same again is no change
    notes = queries.notes_of(dialogue.id)
    assert [(one.before, one.after, one.why) for one in notes] == (
        [(before, "Gatan byggs om 2028.", WHY)] if stage in NOTED_STAGES else []
    )
    assert mails() == ({"a@example.se", "b@example.se"} if stage in NOTED_STAGES else set())


def test_whom_to_ask_is_told_without_the_summary(unit):
    dialogue = make_whole(Stage.OPEN)
    service.describe(
        make_actor(Role.OFFICIAL), dialogue, dialogue.version, WHY, **described(dialogue, contact_phone="0512-1")
    )
    (one,) = queries.notes_of(dialogue.id)
    assert (one.part, one.before, one.after) == ("description", "", "")


def test_a_pause_and_its_end_are_told_with_their_reasons(unit, participants):
    dialogue, lead = make_whole(Stage.OPEN), make_actor(Role.OFFICIAL)
    service.move(lead, dialogue, Stage.PAUSED, "Ett fel i enkäten.")
    assert mails() == {"a@example.se", "b@example.se"}
    service.resume(lead, dialogue, None, "Felet är rättat.")
    told = [(one.part, one.why, one.until) for one in queries.notes_of(dialogue.id)]
    assert told == [("resumed", "Felet är rättat.", dialogue.closes_at), ("paused", "Ett fel i enkäten.", None)]


def test_a_method_that_tells_its_own_people_is_passed_over(unit, participants):
    note(SYSTEM, make_whole(Stage.OPEN), Change(part=Part.MEETING, title="Gåtur", told_by="meetings"), WHY)
    assert mails() == {"a@example.se"}


def test_what_belongs_to_no_dialogue_is_not_noted(unit):
    assert note(SYSTEM, None, Change(part=Part.TEXT), "") is None


def test_a_note_stays_as_it_was_written(isolated):
    with db.unit():
        made = note(SYSTEM, make_whole(Stage.OPEN), Change(part=Part.TEXT, title="Enkäten"), WHY)
    with pytest.raises(AppendOnly), db.unit() as session:
        session.get_one(ChangeNote, made.id).why = "Inget särskilt."
    with pytest.raises(DBAPIError), db.unit() as session:
        session.execute(update(ChangeNote).values(why="Inget särskilt."))


@pytest.mark.parametrize("part", sorted(Part))
@pytest.mark.parametrize("language", ["sv", "ar"])
def test_the_mail_says_what_and_why(unit, the_app, part, language):
    dialogue = make_whole(Stage.OPEN)
    made = note(
        SYSTEM, dialogue, Change(part=part, title="Enkät om gatan", before="Hur?", after="Vad?", until=clock.now()), WHY
    )
    event = events.ChangeNoted(subject="", dialogue_id=dialogue.id, part=part, note_id=made.id)
    facts = notices._facts(event)
    with the_app.app_context():
        message = mail.written("dialogue_changed", "a@example.se", i18n.named(language), key="k", **facts)
    text = message.get_body(("plain",)).get_content()
    assert message["Subject"].strip()
    for words in (WHY, "Enkät om gatan", "Hur?", "Vad?", f"/dialoger/{dialogue.id}-drottninggatan"):
        assert words in text


def test_the_page_of_the_dialogue_tells_what_when_and_why(isolated, visitor):
    with db.unit():
        dialogue = make_whole(Stage.OPEN)
        note(SYSTEM, dialogue, Change(part=Part.QUESTION, title="Enkät om gatan", before="Hur?", after="Vad?"), WHY)
        number = dialogue.id
    words = visitor.get(f"/dialoger/{number}-drottninggatan").words
    for said in ("What has been changed since it opened", "A question was reworded", "Enkät om gatan", "Hur?", WHY):
        assert said in words
    page = visitor.get(f"/ar/dialoger/{number}-drottninggatan")
    assert any(one.get("lang") == "sv" and WHY in "".join(one.itertext()) for one in page.find_all("bdi"))
