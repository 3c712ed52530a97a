"""Each guard refuses once, with a sentence and the address of the page where one mends it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete

from app import clock, db, ladder
from app.dialogues import package, service, slots
from app.dialogues.models import Card, Dialogue, ScopeItem
from app.dialogues.stages import Stage
from app.i18n import LazyText
from app.permissions import SYSTEM, Refusal, Role
from app.reviews import service as reviews
from tests.factories.dialogues import assess, decide, make_dialogue, make_whole
from tests.factories.kinds import make_information, redirect
from tests.factories.people import make_actor, make_person

Spoil = Callable[[Dialogue], None]


def set_to(**values: object) -> Spoil:
    def spoil(dialogue: Dialogue) -> None:
        for name, value in values.items():
            setattr(dialogue, name, value)
        db.session().flush()

    return spoil


def no_scope(is_open: bool) -> Spoil:
    def spoil(dialogue: Dialogue) -> None:
        db.session().execute(delete(ScopeItem).filter_by(dialogue_id=dialogue.id, is_open=is_open))

    return spoil


def in_order(dialogue: Dialogue) -> None:
    """Dates as they are before the announcement."""
    now = clock.now()
    dialogue.opens_at, dialogue.closes_at = now + timedelta(days=1), now + timedelta(days=20)
    db.session().flush()


PREPARATION: list[tuple[str, Spoil, str]] = [
    ("a doubt", lambda d: assess(d, "yes", "yes", "doubtful", "yes") and None, "dialogues.criteria"),
    ("a no", lambda d: assess(d, "no", "yes", "yes", "yes") and None, "dialogues.criteria"),
    ("no question", set_to(question=" "), "fraga"),
    ("no summary", set_to(summary=""), "beskrivning"),
    ("no purpose", set_to(purpose=""), "syfte"),
    ("no level", set_to(level=None), "niva"),
    ("information alone", set_to(level="information"), "niva"),
    ("nothing open", no_scope(is_open=True), "dialogues.scope"),
    ("nothing fixed", no_scope(is_open=False), "dialogues.scope"),
    ("no promise", set_to(promise=""), "lofte"),
    ("nobody concerned", set_to(affected=""), "lofte"),
    ("no body", set_to(body_key=None), "lofte"),
    ("a body that is none", set_to(body_key="enheten-for-gator"), "lofte"),
    ("no meeting", set_to(decision_on=None), "tidplan"),
    ("no contact", set_to(contact_name=""), "beskrivning"),
    ("no way to reach the contact", set_to(contact_email="", contact_phone=""), "beskrivning"),
]


@pytest.mark.parametrize(("spoil", "page"), [row[1:] for row in PREPARATION], ids=[row[0] for row in PREPARATION])
@pytest.mark.parametrize("to", [Stage.PREPARED, Stage.DECIDED, Stage.ANNOUNCED])
def test_what_is_not_prepared_goes_no_further(unit, spoil, page, to):
    start = {Stage.PREPARED: Stage.ASSESSED, Stage.DECIDED: Stage.PREPARED, Stage.ANNOUNCED: Stage.DECIDED}[to]
    dialogue = make_whole(start)
    in_order(dialogue)
    if start is Stage.PREPARED:
        decide(dialogue)
    assert service.missing(dialogue, to) == []
    spoil(dialogue)
    (lack,) = service.missing(dialogue, to)
    assert page in (lack.address[0], lack.address[1].get("part"))
    with pytest.raises(Refusal) as refused:
        service.move(make_actor(*Role), dialogue, to)
    assert refused.value.reason.sentence == lack.sentence
    assert dialogue.stage == start


def test_everything_that_is_missing_is_told_at_once(unit):
    dialogue = make_dialogue(
        Stage.ASSESSED, level=None, question="", summary="", purpose="", promise="", affected="", body_key=None,
        contact_name="", opens_at=None, closes_at=None, decision_on=None, feedback_by=None,
    )  # fmt: skip
    lacks = service.missing(dialogue, Stage.PREPARED)
    assert len(lacks) == 20
    assert all(str(lack.sentence) for lack in lacks)


@pytest.mark.parametrize(
    ("name", "days"), [("decision_on", 7), ("decision_on", 3), ("feedback_by", 60), ("feedback_by", 40)]
)
def test_dates_out_of_order_do_not_hold(unit, name, days):
    dialogue = make_whole(Stage.ASSESSED)
    setattr(dialogue, name, clock.local(clock.now() + timedelta(days=days)).date())
    assert [lack.address[1]["part"] for lack in service.missing(dialogue, Stage.PREPARED)] == ["tidplan"]


def test_an_idea_is_assessed_by_four_answers_with_reasons(unit):
    dialogue = make_dialogue(Stage.IDEA)
    assert len(service.missing(dialogue, Stage.ASSESSED)) == 2
    assess(dialogue)
    assert service.missing(dialogue, Stage.ASSESSED) == []


def test_what_meets_the_criteria_is_not_set_aside(unit):
    dialogue = make_whole(Stage.ASSESSED)
    assert len(service.missing(dialogue, Stage.UNSUITABLE, "Därför.")) == 1


@pytest.mark.parametrize(
    ("start", "to", "matter", "good", "bad"),
    [
        (Stage.PREPARED, Stage.DECIDED, "hold", "approved", "rejected"),
        (Stage.PREPARED, Stage.REJECTED, "hold", "rejected", "approved"),
        (Stage.HANDED_OVER, Stage.RESOLVED, "final", "none", None),
        (Stage.COMPILED, Stage.CANCELLED, "cancel", "approved", None),
    ],
)
def test_a_body_decides_and_nobody_else(unit, start, to, matter, good, bad):
    dialogue = make_whole(start)
    assert len(service.missing(dialogue, to)) == 1
    if bad:
        decide(dialogue, matter, bad)
        assert len(service.missing(dialogue, to)) == 1
    decide(dialogue, matter, good)
    assert service.missing(dialogue, to) == []


def test_a_record_by_the_author_does_not_count(unit):
    author = make_person(Role.OFFICIAL, Role.SECRETARY)
    dialogue = make_whole(Stage.PREPARED, created_by=author.id)
    decide(dialogue, recorded_by=author.id)
    assert len(service.missing(dialogue, Stage.DECIDED)) == 1
    decide(dialogue, recorded_by=make_person().id)
    assert service.missing(dialogue, Stage.DECIDED) == []


def test_a_dialogue_with_nothing_to_do_is_not_announced(unit):
    dialogue = make_whole(Stage.DECIDED)
    in_order(dialogue)
    db.session().execute(delete(Card))
    (lack,) = service.missing(dialogue, Stage.ANNOUNCED)
    assert lack.address[0] == "dialogues.methods"


def test_methods_say_what_they_lack(unit, monkeypatch):
    dialogue = make_whole(Stage.DECIDED)
    in_order(dialogue)
    lack = ladder.Missing(LazyText("The survey has no questions."), ("surveys.manage", {}))
    monkeypatch.setitem(slots._filled, "methods_ready", lambda _dialogue_id: [lack])
    assert service.missing(dialogue, Stage.ANNOUNCED) == [lack]


def test_no_result_is_published_before_the_methods_are_settled(unit, monkeypatch):
    dialogue = make_whole(Stage.CLOSED)
    assert service.missing(dialogue, Stage.COMPILED) == []
    lack = ladder.Missing(LazyText("The vote must be counted first."), ("votes.manage", {}))
    monkeypatch.setitem(slots._filled, "methods_settled", lambda _dialogue_id: [lack])
    assert service.missing(dialogue, Stage.COMPILED) == [lack]


def test_an_empty_slot_stops_the_start(unit, monkeypatch):
    monkeypatch.delitem(slots._filled, "methods_ready")
    with pytest.raises(slots.SlotEmpty, match="methods_ready"):
        package.check_slots()
    with pytest.raises(slots.SlotEmpty):
        service.missing(make_whole(Stage.DECIDED), Stage.ANNOUNCED)


def test_an_opening_time_that_has_passed_is_not_announced(unit):
    dialogue = make_whole(Stage.DECIDED)
    assert [lack.address[1]["part"] for lack in service.missing(dialogue, Stage.ANNOUNCED)] == ["tidplan"]


def test_it_opens_when_its_time_has_come_and_not_before(unit):
    dialogue = make_whole(Stage.ANNOUNCED)
    in_order(dialogue)
    with pytest.raises(Refusal):
        service.move(SYSTEM, dialogue, Stage.OPEN)
    dialogue.opens_at = clock.now()
    service.move(make_actor(Role.OFFICIAL), dialogue, Stage.OPEN)


@pytest.mark.parametrize("start", [Stage.OPEN, Stage.PAUSED])
def test_only_the_clock_closes_and_only_when_it_is_time(unit, start):
    dialogue = make_whole(start)
    with pytest.raises(Refusal):
        service.move(SYSTEM, dialogue, Stage.CLOSED)
    dialogue.closes_at = clock.now()
    with pytest.raises(Refusal):
        service.move(make_actor(*Role), dialogue, Stage.CLOSED)
    service.move(SYSTEM, dialogue, Stage.CLOSED)


def test_a_pause_says_why_and_ends(unit):
    dialogue, lead = make_whole(Stage.OPEN), make_actor(Role.OFFICIAL)
    with pytest.raises(Refusal):
        service.move(lead, dialogue, Stage.PAUSED, "  ")
    service.move(lead, dialogue, Stage.PAUSED, "Frågan rättas.")
    assert dialogue.pause_reason == "Frågan rättas."
    with pytest.raises(Refusal):
        service.resume(lead, dialogue, None, "")
    service.resume(lead, dialogue, None, "Frågan är rättad.")
    assert (dialogue.stage, dialogue.pause_reason) == (Stage.OPEN, "")


def test_a_result_waits_for_the_moderators(unit):
    dialogue, lead = make_whole(Stage.CLOSED), make_actor(Role.OFFICIAL)
    waiting = reviews.submit("survey_answer", dialogue_id=dialogue.id, language="sv", shown=False)
    db.session().flush()
    with pytest.raises(Refusal, match="missing"):
        service.move(lead, dialogue, Stage.COMPILED)
    waiting.state = "shown"
    db.session().flush()
    service.move(lead, dialogue, Stage.COMPILED)


@pytest.mark.parametrize("start", [Stage.RESOLVED, Stage.CANCELLED])
def test_feedback_is_something_that_was_written(unit, start):
    dialogue, lead = make_whole(start), make_actor(Role.COMMUNICATIONS)
    with pytest.raises(Refusal):
        service.move(lead, dialogue, Stage.FED_BACK)
    if start is Stage.RESOLVED:
        service.write_outcome(
            lead, dialogue, dialogue.version, heading="Så blev det", lead="Träd.", body="34 **träd**."
        )
    else:
        service.write_outcome(lead, dialogue, dialogue.version, heading="Inget", lead="Avbruten.", body="Därför.")
    service.move(lead, dialogue, Stage.FED_BACK)
    assert dialogue.stage == Stage.FED_BACK


@pytest.mark.parametrize(
    ("start", "to"),
    [
        (Stage.ASSESSED, Stage.REDIRECTED),
    ],
)
def test_some_steps_need_a_note(unit, start, to):
    dialogue, who = make_whole(start), make_actor(*Role)
    if to is Stage.REDIRECTED:
        redirect(dialogue, make_information(Stage.IDEA))
    with pytest.raises(Refusal):
        service.move(who, dialogue, to)
    service.move(who, dialogue, to, "Tre fick inte kallelsen i tid; nästa gång två veckor tidigare.")


def test_a_question_is_sent_on_to_something_that_exists(unit):
    dialogue, lead = make_whole(Stage.ASSESSED), make_actor(Role.OFFICIAL)
    with pytest.raises(Refusal):
        service.move(lead, dialogue, Stage.REDIRECTED, "Det rör bara en grupp.")
    redirect(dialogue, make_information(Stage.IDEA))
    service.move(lead, dialogue, Stage.REDIRECTED, "Det rör bara en grupp.")
