"""What an evaluation asks of the life cycle: each guard refuses, with a sentence and the page where one mends it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from app import clock, db
from app.dialogues import lifecycle, service, slots
from app.dialogues.evaluation import service as evaluations
from app.dialogues.evaluation import thinning
from app.dialogues.evaluation.models import ArchivePlan, Inquiry, Lesson, StaffAnswer, Summary
from app.dialogues.evaluation.standard import Duty, Reach
from app.dialogues.models import Dialogue, Move, Outcome
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.stages import Stage
from app.i18n import lazy
from app.ladder import Missing
from app.levels.information.meetings.models import SignUp
from app.permissions import Refusal, Role
from tests.factories.dialogues import make_whole
from tests.factories.evaluation import (
    answer_lesson,
    make_lesson,
    make_plan,
)
from tests.factories.meetings import guest, make_meeting
from tests.factories.people import make_actor

Spoil = Callable[[Dialogue], object]


def gone(model: type[db.Base], **which: object) -> Spoil:
    def spoil(dialogue: Dialogue) -> None:
        own = Inquiry.dialogue_id == dialogue.id
        mine = model.inquiry_id.in_(db.session().query(Inquiry.id).where(own)) if model is StaffAnswer else (
            model.dialogue_id == dialogue.id
        )  # fmt: skip
        if which.get("kind") == "staff":
            db.session().execute(delete(StaffAnswer))
        db.session().execute(delete(model).where(mine).filter_by(**which))
        db.session().expire_all()

    return spoil


def set_inquiry(kind: str, **values: object) -> Spoil:
    def spoil(dialogue: Dialogue) -> None:
        mine = update(Inquiry).where(Inquiry.dialogue_id == dialogue.id, Inquiry.kind == kind)
        db.session().execute(mine.values(**values))
        db.session().expire_all()

    return spoil


def still_open(kind: str) -> Spoil:
    def spoil(dialogue: Dialogue) -> None:
        set_inquiry(kind, closes_at=clock.now() + timedelta(days=3))(dialogue)  # asked now: the clock needs a session

    return spoil


EVALUATION: list[tuple[str, Spoil, str]] = [
    ("nobody was asked", gone(Inquiry, kind="participants"), "have not been asked how it was"),
    ("they can still answer", still_open("participants"), "can say how it was until"),
    ("nothing is counted", set_inquiry("participants", answers=None), "are being counted"),
    ("nobody answered", set_inquiry("participants", answers=0), "None of those who took part"),
    ("nobody was asked after the feedback", gone(Inquiry, kind="told"), "Nobody has been asked whether the feedback"),
    ("they can still say", still_open("told"), "whether they could influence"),
    ("nobody said", set_inquiry("told", answers=0), "Nobody has said whether"),
    ("staff was not asked", gone(Inquiry, kind="staff"), "have not been asked to evaluate it"),
    ("the lead is silent", gone(StaffAnswer), "Dialogue lead"),
    ("there is no summary", gone(Summary), "Write the summary"),
]  # fmt: skip


@pytest.mark.requirement("R26", "R27", "R55")
@pytest.mark.parametrize(("spoil", "says"), [row[1:] for row in EVALUATION], ids=[row[0] for row in EVALUATION])
def test_no_dialogue_is_evaluated_while_somebody_is_unheard(unit, spoil, says):
    dialogue = make_whole(Stage.FED_BACK)
    assert service.missing(dialogue, Stage.EVALUATED) == []
    spoil(dialogue)
    lacking = service.missing(dialogue, Stage.EVALUATED)
    assert says in str(lacking[0].sentence)
    assert lacking[0].address == ("evaluation.overview", {"dialogue_id": dialogue.id})
    with pytest.raises(Refusal):
        service.move(make_actor(*Role), dialogue, Stage.EVALUATED)


@pytest.mark.requirement("R55")
def test_without_an_improvement_one_says_why(unit):
    dialogue = make_whole(Stage.FED_BACK)
    summary = db.session().get_one(Summary, dialogue.id)
    summary.no_lessons = " "
    db.session().flush()
    (lack,) = service.missing(dialogue, Stage.EVALUATED)
    assert "or why there is nothing" in str(lack.sentence)
    make_lesson(dialogue)
    assert service.missing(dialogue, Stage.EVALUATED) == []


@pytest.mark.requirement("R26")
@pytest.mark.parametrize("party", ["participants", "told"])
def test_where_nobody_answered_it_is_noted_and_only_then(unit, party):
    dialogue, lead = make_whole(Stage.FED_BACK), make_actor(Role.OFFICIAL)
    with pytest.raises(NotAccepted):
        evaluations.record_silence(lead, dialogue, party, "Därför.")
    set_inquiry(party, answers=0)(dialogue)
    evaluations.record_silence(lead, dialogue, party, "Ingen hade lämnat någon adress.")
    assert service.missing(dialogue, Stage.EVALUATED) == []


def test_a_duty_that_has_answered_is_not_silent(unit):
    dialogue = make_whole(Stage.FED_BACK)
    with pytest.raises(NotAccepted):
        evaluations.record_silence(make_actor(Role.OFFICIAL), dialogue, Duty.LEAD, "Därför.")


def test_a_dialogue_that_was_called_off_before_it_opened_asks_only_staff(unit):
    dialogue = make_whole(Stage.FED_BACK)
    for kind in ("participants", "told"):
        gone(Inquiry, kind=kind)(dialogue)
    moved = {"dialogue_id": dialogue.id, "at": clock.now(), "note": "", "guards": {}}
    db.session().add(Move(**moved, from_stage="decided", to_stage="cancelled"))
    db.session().flush()
    assert service.missing(dialogue, Stage.EVALUATED) == []
    db.session().add(Move(**moved, from_stage="announced", to_stage="open"))
    db.session().flush()
    assert len(service.missing(dialogue, Stage.EVALUATED)) == 2


# ---------------------------------------------------------------- the next preparation


def earlier(reach: Reach = Reach.EVERY, of: str | None = None, **fields: object) -> Lesson:
    """An improvement of a dialogue that has been evaluated."""
    return make_lesson(make_whole(Stage.EVALUATED, title="Tidigare", **fields), reach=reach, of=of)


@pytest.mark.requirement("R55")
def test_no_dialogue_is_prepared_while_an_earlier_improvement_is_unanswered(unit):
    dialogue, lesson = make_whole(Stage.ASSESSED), earlier()
    (lack,) = service.missing(dialogue, Stage.PREPARED)
    assert lack.address == ("evaluation.lessons_here", {"dialogue_id": dialogue.id})
    with pytest.raises(Refusal):
        service.move(make_actor(*Role), dialogue, Stage.PREPARED)
    lead = make_actor(Role.OFFICIAL)
    with pytest.raises(NotAccepted):
        evaluations.take_up(lead, dialogue, dialogue.version, {lesson.id: ("taken_up", " ")})
    with pytest.raises(Overtaken):
        evaluations.take_up(lead, dialogue, dialogue.version - 1, {lesson.id: ("taken_up", "Tolken är bokad.")})
    evaluations.take_up(lead, dialogue, dialogue.version, {lesson.id: ("taken_up", "Tolken är bokad.")})
    assert service.missing(dialogue, Stage.PREPARED) == []


@pytest.mark.requirement("R55")
@pytest.mark.parametrize("taken", ["taken_up", "set_aside", "routine"])
def test_taken_up_or_set_aside_both_answer_and_routine_answers_for_all(unit, taken):
    dialogue, other, lesson = make_whole(Stage.ASSESSED), make_whole(Stage.ASSESSED), earlier()
    answer_lesson(lesson, dialogue, taken)
    assert service.missing(dialogue, Stage.PREPARED) == []
    assert bool(service.missing(other, Stage.PREPARED)) == (taken != "routine")


@pytest.mark.requirement("R55")
@pytest.mark.parametrize(
    ("reach", "of", "concerned"),
    [
        (Reach.EVERY, None, True),
        (Reach.LEVEL, "consultation", True),
        (Reach.LEVEL, "influence", False),
        (Reach.METHOD, "surveys", True),
        (Reach.METHOD, "workshops", False),
    ],
)
def test_an_improvement_concerns_those_whom_its_author_meant(unit, reach, of, concerned):
    dialogue = make_whole(Stage.ASSESSED)
    earlier(reach, of)
    assert bool(service.missing(dialogue, Stage.PREPARED)) == concerned


def test_what_a_dialogue_notes_before_its_evaluation_ends_holds_nobody_up(unit):
    make_lesson(make_whole(Stage.FED_BACK))
    dialogue = make_whole(Stage.ASSESSED)
    make_lesson(dialogue)
    assert service.missing(dialogue, Stage.PREPARED) == []


@pytest.mark.requirement("R55")
def test_those_of_the_same_body_come_first(unit):
    other = earlier(body_key="socialnamnden", level="influence")
    near = earlier(level="influence")
    same = earlier()
    dialogue = make_whole(Stage.ASSESSED)
    waiting = [one.lesson.id for one in evaluations.concluding.queries.to_take_up(dialogue.id)]
    assert waiting == [same.id, near.id, other.id]


def test_nobody_notes_an_improvement_when_the_evaluation_has_ended(unit):
    dialogue, lead = make_whole(Stage.EVALUATED), make_actor(Role.OFFICIAL)
    with pytest.raises(Refusal):
        evaluations.summarise(lead, dialogue, dialogue.version, text="Ny.", no_lessons="")
    with pytest.raises(Refusal):
        evaluations.remove_lesson(lead, dialogue, make_lesson(dialogue))


# ---------------------------------------------------------------- the archive


@pytest.fixture
def kept(monkeypatch):
    """An export for the archive is there, as far as the floor above says."""
    monkeypatch.setitem(slots._filled, "archive_exported", lambda _dialogue_id: [])


def ready_for_archive() -> Dialogue:
    dialogue = make_whole(Stage.EVALUATED)
    long_ago = clock.now() - timedelta(days=400)
    for start, to in (("resolved", "fed_back"), ("fed_back", "evaluated")):
        moved = {"from_stage": start, "to_stage": to, "at": long_ago, "note": "", "guards": {}}
        db.session().add(Move(dialogue_id=dialogue.id, **moved))
    make_plan(dialogue)
    return dialogue


def unpublished(dialogue: Dialogue) -> None:
    db.session().get_one(Outcome, dialogue.id).published_at = None
    db.session().flush()


def unknown_class(dialogue: Dialogue) -> None:
    db.session().get_one(ArchivePlan, dialogue.id).retention = "finns-inte"
    db.session().flush()


def somebody_signed_up(dialogue: Dialogue) -> None:
    meeting = make_meeting(dialogue.id)
    one = guest(1)
    row = SignUp(
        meeting_id=meeting.id, name=one.name, email="kim@example.se", language="sv", form_hash="f" * 64,
        receipt="R" * 12, created_at=clock.now(),
    )  # fmt: skip
    db.session().add(row)
    db.session().flush()


ARCHIVE: list[tuple[str, Spoil, str]] = [
    ("the feedback is not public", unpublished, "have not been told what became of it"),
    ("it has not been evaluated", gone(Summary), "has not been evaluated"),
    ("no class is chosen", gone(ArchivePlan), "Choose a class"),
    ("the class is none", unknown_class, "Choose a class"),
    ("addresses are left", somebody_signed_up, "Sign-ups to meetings"),
]


@pytest.mark.requirement("R54")
@pytest.mark.parametrize(("spoil", "says"), [row[1:] for row in ARCHIVE], ids=[row[0] for row in ARCHIVE])
def test_nothing_is_archived_while_something_is_missing(unit, kept, spoil, says):
    dialogue = ready_for_archive()
    assert service.missing(dialogue, Stage.ARCHIVED) == []
    spoil(dialogue)
    lacking = service.missing(dialogue, Stage.ARCHIVED)
    assert says in str(lacking[0].sentence)
    with pytest.raises(Refusal):
        service.move(make_actor(*Role), dialogue, Stage.ARCHIVED)


def test_a_move_that_never_was_is_no_feedback(unit, kept):
    """Whatever the stage says: the log of moves must say it too."""
    dialogue = make_whole(Stage.EVALUATED)
    make_plan(dialogue)
    assert len(service.missing(dialogue, Stage.ARCHIVED)) == 2


def test_the_floor_above_is_asked_for_the_export(unit, monkeypatch):
    dialogue = ready_for_archive()
    lack = Missing(lazy("Nej."), ("desk.home", {}))
    monkeypatch.setitem(slots._filled, "archive_exported", lambda _dialogue_id: [lack])
    assert service.missing(dialogue, Stage.ARCHIVED) == [lack]
    monkeypatch.delitem(slots._filled, "archive_exported")
    with pytest.raises(slots.SlotEmpty):
        service.missing(dialogue, Stage.ARCHIVED)


def test_addresses_are_kept_until_the_day_of_the_plan(unit, kept):
    dialogue, registrar = ready_for_archive(), make_actor(Role.REGISTRAR)
    somebody_signed_up(dialogue)
    db.session().execute(db.Base.metadata.tables["card"].delete())
    lately = {"at": clock.now(), "note": "", "guards": {}, "from_stage": "resolved", "to_stage": "fed_back"}
    db.session().add(Move(dialogue_id=dialogue.id, **lately))
    db.session().flush()
    assert "are kept until" in str(service.missing(dialogue, Stage.ARCHIVED)[0].sentence)
    with pytest.raises(Refusal, match="not_due"):
        evaluations.thin(registrar, dialogue)
    clock.shift(timedelta(days=61))
    clock.fresh()
    assert evaluations.thin(registrar, dialogue) == 1
    assert thinning.left_in(dialogue.id) == {}
    assert service.missing(dialogue, Stage.ARCHIVED) == []


def test_every_table_with_addresses_is_registered_or_known(the_app):
    """A new table that keeps addresses for a dialogue is seen here: it registers how they go, or says why they stay."""
    known = {
        "person", "one_time_link",  # accounts
        "dialogue",  # whom to ask, who is staff
        "proposed_topic",  # belongs to no dialogue, and has a day of its own
        "meeting_sign_up", "suggestion", "project_invitation",  # registered
    }  # fmt: skip
    found = {
        table.name
        for table in db.Base.metadata.tables.values()
        for column in table.columns
        if column.name in ("email", "phone", "contact_email", "sent_to", "address")
    }
    assert found == known
    assert {one.key for one in thinning.registered()} >= {"meetings", "suggestions", "projects", "votes"}


def test_the_guards_stand_in_the_table():
    names = {guard.__name__ for step in lifecycle.STEPS for guard in step.needs}
    assert {
        "earlier_lessons_answered", "those_who_took_part_were_asked", "those_who_were_told_were_asked",
        "staff_has_evaluated", "evaluation_summed_up", "feedback_and_evaluation_given", "retention_chosen",
        "addresses_thinned", "archive_export_kept",
    } <= names  # fmt: skip
