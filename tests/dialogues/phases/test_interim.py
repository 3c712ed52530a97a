"""What came of a phase is told when the phase ends, once, to everyone and by mail to those who took part."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock, db, ladder
from app.dialogues.changes.queries import notes_of
from app.dialogues.models import Dialogue
from app.dialogues.phases import clockwork, queries, service
from app.dialogues.problems import NotAccepted
from app.dialogues.stages import Stage
from app.jobs import Job
from app.ladder import Recipient
from app.permissions import Refusal, Role
from tests.factories.dialogues import make_whole
from tests.factories.people import make_actor
from tests.factories.phases import make_phase, time_thing

DAY = timedelta(days=1)
TEXT = "Ni vill ha **skugga**. Nu ritar vi två förslag."


@pytest.fixture
def participants(monkeypatch) -> None:
    surveys = ladder.method("surveys")
    told = replace(surveys, participants=lambda _dialogue_id: [Recipient("a@example.se", "sv")])
    monkeypatch.setitem(ladder._methods, "surveys", told)


def mails(template: str = "dialogue_interim") -> list[str]:
    jobs = db.session().scalars(select(Job).filter_by(kind="mail.send"))
    return [job.args["to"] for job in jobs if job.args["template"] == template]


@pytest.mark.requirement("R37")
def test_written_before_it_is_told_by_the_clock_when_the_phase_ends(isolated, participants, visitor):
    with db.unit():
        dialogue, lead = make_whole(Stage.OPEN), make_actor(Role.OFFICIAL)
        phase = make_phase(dialogue, 0 * DAY, 9 * DAY)
        service.write_interim(lead, dialogue, phase, phase.version, TEXT)
        address = f"/dialoger/{dialogue.id}-drottninggatan"
    assert clockwork.tick() == 0
    assert "skugga" not in visitor.get(address).words
    assert "is shown here when it has ended" in visitor.page.words
    clock.shift(2 * DAY)
    assert "Ni vill ha skugga" in visitor.get(address).words  # however late the clock is
    assert clockwork.tick() == 1
    assert clockwork.tick() == 0
    with db.reading():
        assert mails() == ["a@example.se"]
        assert queries.phase(phase.id).published_at is not None


def test_written_after_it_is_told_at_once_and_once(unit, participants):
    dialogue, lead = make_whole(Stage.OPEN), make_actor(Role.COMMUNICATIONS)
    phase = make_phase(dialogue, 0 * DAY, 3 * DAY)
    service.write_interim(lead, dialogue, phase, phase.version, TEXT)
    assert mails() == ["a@example.se"]
    assert notes_of(dialogue.id) == []


def test_what_has_been_told_is_changed_with_a_reason_and_never_emptied(unit, participants):
    dialogue, lead = make_whole(Stage.OPEN), make_actor(Role.OFFICIAL)
    phase = make_phase(dialogue, 0 * DAY, 3 * DAY)
    service.write_interim(lead, dialogue, phase, phase.version, TEXT)
    for text, why, field in (("", "Fel.", "interim"), ("Tre förslag.", "", "why")):
        with pytest.raises(NotAccepted) as problem:
            service.write_interim(lead, dialogue, phase, phase.version, text, why)
        assert problem.value.field == field
    service.write_interim(lead, dialogue, phase, phase.version, "Tre förslag.", "Vi skrev två.")
    (note,) = notes_of(dialogue.id)
    assert (note.before, note.after, note.why) == (TEXT, "Tre förslag.", "Vi skrev två.")
    assert mails() == ["a@example.se"]
    assert mails("dialogue_changed") == ["a@example.se"]


@pytest.mark.parametrize(("stage", "role"), [(Stage.OPEN, Role.MODERATOR), (Stage.CANCELLED, Role.OFFICIAL)])
def test_others_do_not_write_it_nor_after_it_was_called_off(unit, stage, role):
    dialogue = make_whole(stage)
    phase = make_phase(dialogue, 0 * DAY, 3 * DAY)
    with pytest.raises(Refusal):
        service.write_interim(make_actor(role), dialogue, phase, phase.version, TEXT)


def test_before_the_announcement_nobody_is_told(unit, participants):
    now = clock.now()
    dialogue = make_whole(Stage.DECIDED, opens_at=now - 5 * DAY, closes_at=now + 5 * DAY)
    phase = make_phase(dialogue, 0 * DAY, 3 * DAY)
    service.write_interim(make_actor(Role.OFFICIAL), dialogue, phase, phase.version, TEXT)
    assert mails() == []


def test_the_clock_sees_each_thing_close_once(isolated):
    with db.unit():
        dialogue = make_whole(Stage.OPEN)
        time_thing(dialogue, f"survey:{dialogue.id}01", closes_at=clock.now() + DAY)
        number = dialogue.id
    assert clockwork.tick() == 0
    clock.shift(DAY)
    assert [clockwork.tick(), clockwork.tick()] == [1, 0]
    with db.unit() as session:
        session.get_one(Dialogue, number).stage = Stage.CLOSED
    assert clockwork.tick() == 0


def test_the_feedback_is_read_in_the_readers_language_with_its_words_marked(isolated, visitor):
    with db.unit():
        dialogue = make_whole(Stage.OPEN)
        make_phase(dialogue, 0 * DAY, 3 * DAY, interim=TEXT)
        address = f"/ar/dialoger/{dialogue.id}-drottninggatan"
    page = visitor.get(address)
    marked = [one for one in page.find_all("div") if one.get("lang") == "sv" and "skugga" in "".join(one.itertext())]
    assert marked
    assert marked[0].get("dir") == "ltr"
