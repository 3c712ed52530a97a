"""Those who took part are asked, by the life cycle; what they answer points at nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from app import clock, db, jobs
from app.audit import AuditEntry
from app.dialogues import service as dialogues
from app.dialogues.evaluation import figures, queries, service
from app.dialogues.evaluation.models import ExperienceYear, Inquiry, InquiryForm
from app.dialogues.evaluation.rules import Do
from app.dialogues.evaluation.service import years
from app.dialogues.evaluation.standard import EDITIONS, Circle
from app.dialogues.models import Dialogue
from app.dialogues.stages import Stage
from app.permissions import GUEST, SYSTEM, Refusal, Role, refusal
from app.questions.models import AnswerSheet
from app.questions.service import NotComplete
from tests.factories.dialogues import answer as give_answer
from tests.factories.dialogues import decide, make_whole
from tests.factories.evaluation import make_asked, make_inquiry, send_in, values_of
from tests.factories.people import make_actor, make_person
from tests.visitor import Visitor

INDICATORS = {
    Circle.PARTICIPANTS: {"knowledge", "hard_choices", "trust", "again", "form", "method", "able"},
    Circle.TOLD: {"influence", "understood"},
    Circle.STAFF: {
        "legitimacy", "carry_through", "needs", "openness", "value", "purpose", "form", "method", "representation",
    },
}  # fmt: skip


def reach(dialogue: Dialogue, to: Stage) -> None:
    if to is Stage.CLOSED:
        dialogue.closes_at = clock.now() - timedelta(minutes=1)
    if to is Stage.CANCELLED:
        decide(dialogue, "cancel")
    if to is Stage.FED_BACK:
        give_answer(dialogue, published=False)
    dialogues.move(SYSTEM if to is Stage.CLOSED else make_actor(*Role), dialogue, to)


def asked_of(dialogue: Dialogue) -> set[str]:
    rows = db.session().scalars(select(Inquiry.kind).where(Inquiry.dialogue_id == dialogue.id))
    return set(rows)


@pytest.mark.requirement("R26", "R27", "R8")
@pytest.mark.parametrize("circle", list(Circle))
def test_every_questionnaire_holds_the_indicators_and_is_short(circle):
    for edition in EDITIONS[circle].values():
        assert {one.indicator for one in edition} >= INDICATORS[circle]
        assert len(edition) <= (8 if circle is not Circle.STAFF else 9)


@pytest.mark.requirement("R26")
@pytest.mark.parametrize(
    ("start", "to", "asked"),
    [
        (Stage.OPEN, Stage.CLOSED, {"participants"}),
        (Stage.CLOSED, Stage.COMPILED, {"participants"}),
        (Stage.OPEN, Stage.CANCELLED, {"participants"}),
        (Stage.CLOSED, Stage.CANCELLED, {"participants"}),
        (Stage.ANNOUNCED, Stage.CANCELLED, set()),
        (Stage.RESOLVED, Stage.FED_BACK, {"told", "staff"}),
    ],
)
def test_the_life_cycle_asks_those_who_took_part(unit, start, to, asked):
    dialogue = make_whole(start)
    reach(dialogue, to)
    assert asked_of(dialogue) == asked


def test_who_could_not_take_part_is_asked_nothing(unit):
    dialogue = make_whole(Stage.ANNOUNCED)
    reach(dialogue, Stage.CANCELLED)
    reach(dialogue, Stage.FED_BACK)
    assert asked_of(dialogue) == {"staff"}


def test_the_result_lets_people_answer_longer(unit):
    dialogue = make_whole(Stage.OPEN)
    reach(dialogue, Stage.CLOSED)
    first = queries.inquiry(dialogue.id, Circle.PARTICIPANTS).closes_at
    clock.shift(timedelta(days=10))
    clock.fresh()
    reach(dialogue, Stage.COMPILED)
    assert queries.inquiry(dialogue.id, Circle.PARTICIPANTS).closes_at == first + timedelta(days=10)


@pytest.mark.requirement("R8")
def test_the_two_questions_are_asked_only_when_the_feedback_is_public(unit):
    dialogue = make_whole(Stage.RESOLVED)
    assert queries.inquiry(dialogue.id, Circle.TOLD) is None
    reach(dialogue, Stage.FED_BACK)
    assert dialogue.stage == Stage.FED_BACK
    assert queries.inquiry(dialogue.id, Circle.TOLD) is not None


# ---------------------------------------------------------------- nobody


def test_answering_writes_nothing_that_names_anyone(unit):
    """The only rows are the sheet, its answers and the chance of the form: no event, no job, no mail, no moment."""
    row = make_inquiry(make_whole(Stage.CLOSED))
    written = []

    def note(_connection, _cursor, statement, *_rest):
        if statement.split(None, 1)[0].upper() in ("INSERT", "UPDATE", "DELETE"):
            written.append(statement.split()[2 if "INTO" in statement.upper()[:12] else 1].strip('"'))

    logged = db.session().scalars(select(func.count(AuditEntry.id))).one()
    event.listen(db.engine(), "before_cursor_execute", note)
    try:
        assert service.answer(row, "a" * 64, values_of(row))
        db.session().flush()
    finally:
        event.remove(db.engine(), "before_cursor_execute", note)
    assert set(written) == {"evaluation_form", "answer_sheet", "answer"}
    assert db.session().scalars(select(func.count(AuditEntry.id))).one() == logged
    sheet = db.session().scalars(select(AnswerSheet).filter_by(set_id=row.set_id)).one()
    assert (sheet.language, sheet.received_on) == ("sv", clock.today())


def test_no_table_ties_a_sheet_of_theirs_to_a_person(the_app):
    """Whoever points at a sheet from a row of a person is known: staff and those who answer surveys with an account."""
    pointing = {
        table.name
        for table in db.Base.metadata.tables.values()
        if any(key.column.table.name == "answer_sheet" for key in table.foreign_keys)
        and any(key.column.table.name == "person" for key in table.foreign_keys)
    }
    assert pointing == {"evaluation_staff_answer", "survey_response"}
    assert {column.name for column in InquiryForm.__table__.columns} == {"form_hash", "inquiry_id"}


@pytest.mark.parametrize("signed_in", [False, True])
def test_the_language_and_the_account_of_whoever_answers_are_not_kept(the_app, isolated, signed_in):
    with the_app.test_request_context(), db.unit():
        row = make_inquiry(make_whole(Stage.CLOSED))
        place, person = f"/ar/dialoger/{row.dialogue_id}-x/utvardering/svara", make_person()
    visitor = Visitor(the_app)
    if signed_in:
        visitor.sign_in_as(person)
    page = visitor.get(place)
    chosen = {e.get("name"): e.get("value") for e in reversed(page.find_all("input")) if e.get("type") == "radio"}
    assert visitor.submit(chosen).status == 200
    with db.reading() as session:
        (sheet,) = session.scalars(select(AnswerSheet).filter_by(set_id=row.set_id)).all()
        assert sheet.language == "sv"
        assert session.scalars(select(AuditEntry).filter_by(actor_id=person.id)).all() == []


# ---------------------------------------------------------------- taken in


def test_a_form_is_taken_once(unit):
    row = make_inquiry(make_whole(Stage.CLOSED))
    assert service.answer(row, "a" * 64, values_of(row))
    assert not service.answer(row, "a" * 64, values_of(row, "no"))
    assert db.session().scalars(select(func.count(AnswerSheet.id)).filter_by(set_id=row.set_id)).one() == 1


def test_half_an_answer_is_not_taken(unit):
    row = make_inquiry(make_whole(Stage.CLOSED))
    with pytest.raises(NotComplete):
        service.answer(row, "a" * 64, {})


def test_it_closes_at_its_moment_and_not_before(unit):
    row = make_inquiry(make_whole(Stage.CLOSED))
    clock.shift(row.closes_at - clock.now() - timedelta(minutes=1))
    assert service.answer(row, "a" * 64, values_of(row))
    clock.shift(timedelta(0))
    clock.fresh()
    clock.shift(row.closes_at - clock.now() + timedelta(seconds=1))
    with pytest.raises(Refusal, match="closed"):
        service.answer(row, "b" * 64, values_of(row))


def test_staff_has_questions_of_its_own(unit):
    staff = queries.inquiry(make_whole(Stage.FED_BACK).id, Circle.STAFF)
    assert refusal(GUEST, Do.ANSWER, staff).code == "staff"


# ---------------------------------------------------------------- figures


def test_figures_are_counted_once_it_has_closed(unit):
    row = make_inquiry(make_whole(Stage.CLOSED))
    send_in(row, 6)
    service.count(row.id)
    assert row.figures is None
    clock.shift(row.closes_at - clock.now() + timedelta(seconds=1))
    clock.fresh()
    service.count(row.id)
    assert row.answers == 6
    assert row.figures["again"] == {"base": 6, "counts": {"yes": 6, "partly": 0, "no": 0, "unknown": 0}}
    assert row.figures["better"]["base"] == 0
    assert db.session().scalars(select(InquiryForm)).all() == []


def test_the_job_that_counts_comes_with_the_opening(unit):
    dialogue = make_whole(Stage.OPEN)
    reach(dialogue, Stage.CLOSED)
    row = queries.inquiry(dialogue.id, Circle.PARTICIPANTS)
    planned = db.session().scalars(select(jobs.Job).filter_by(kind="evaluation.count")).all()
    assert [(one.args, one.run_at) for one in planned] == [({"inquiry_id": row.id}, row.closes_at)]


@pytest.mark.requirement("R8")
def test_few_answers_give_no_figures_and_a_few_among_many_are_hidden(unit):
    few = make_asked(make_whole(Stage.CLOSED), Circle.TOLD, answers=4)
    assert all(not shown.rows for shown in figures.of(few))
    assert list(figures.said_yes(few)) == []
    row = make_inquiry(make_whole(Stage.CLOSED), Circle.TOLD, open_now=False)
    send_in(row, 9, "yes")
    send_in(row, 2, "no")
    send_in(row, 1, "partly")
    service.asking.count_now(row)
    (influence, _) = figures.of(row)
    counts = [line.count for line in influence.rows]
    assert counts == [9, None, None, None]
    assert dict((key, (yes, base)) for key, yes, base in figures.said_yes(row)) == {
        "influence": (9, 12), "understood": (9, 12),
    }  # fmt: skip


@pytest.mark.requirement("R8")
def test_a_year_is_made_of_what_the_pages_show_and_of_nothing_else(unit):
    shown = make_inquiry(make_whole(Stage.CLOSED), Circle.TOLD, open_now=False)
    send_in(shown, 9, "yes")
    send_in(shown, 6, "no")
    hidden = make_inquiry(make_whole(Stage.CLOSED), Circle.TOLD, open_now=False)
    send_in(hidden, 3, "yes")
    send_in(hidden, 7, "no")
    for row in (shown, hidden):
        service.asking.count_now(row)
    year = clock.local(shown.opened_at).year
    years.renew(year)
    kept = db.session().get_one(ExperienceYear, year)
    assert kept.dialogues == 2
    assert kept.figures["influence"] == {"dialogues": 1, "people": 15, "yes": 9}
