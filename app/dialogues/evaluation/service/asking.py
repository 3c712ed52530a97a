"""Asking those who took part: opened by the life cycle, taken in without a trace of who answers, counted once.

What is written when somebody answers names nobody: no account, no event, no job, no draft, no moment and no language.
The figures are counted when nothing more comes in, so that nobody can see a number grow and know whose it was.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from app import clock, db, i18n, jobs
from app.accounts.queries import hash_of
from app.dialogues.evaluation import queries, retention
from app.dialogues.evaluation.events import EvaluationOpened
from app.dialogues.evaluation.models import Inquiry, InquiryForm
from app.dialogues.evaluation.rules import Do
from app.dialogues.evaluation.service import years
from app.dialogues.evaluation.service.telling import about
from app.dialogues.evaluation.standard import Circle, asked, latest
from app.dialogues.events import DialogueMoved
from app.dialogues.models import Dialogue, Move
from app.dialogues.stages import Kind, Stage
from app.events import emit
from app.limits import Limit
from app.permissions import GUEST, SYSTEM, Actor, require
from app.questions import service as engine
from app.questions.kinds import Values, kind_of
from app.questions.models import AnswerSheet, Question
from app.questions.tallies import TALLIES, Tally

ANSWERS = Limit("evaluation.answer", 40, timedelta(hours=1))  # forms from one address: a class can answer
COUNT = "evaluation.count"
WAS_OPEN = (Stage.OPEN, Stage.PAUSED, Stage.CLOSED, Stage.COMPILED)  # called off from here, people had taken part


def after_move(event: DialogueMoved) -> None:
    """Open what is asked at this point of the life cycle. Those who are asked read of it in the notice of the move."""
    dialogue = db.session().get(Dialogue, event.dialogue_id)
    if dialogue is None or dialogue.kind != Kind.CITIZEN_DIALOGUE:  # nobody evaluates the short life cycles
        return
    to, start = event.to_stage, event.from_stage
    if to in (Stage.CLOSED, Stage.COMPILED) or (to == Stage.CANCELLED and start in WAS_OPEN):
        begin(SYSTEM, dialogue, Circle.PARTICIPANTS)
    elif to == Stage.FED_BACK:
        if had_opened(dialogue.id):
            begin(SYSTEM, dialogue, Circle.TOLD)
        begin(SYSTEM, dialogue, Circle.STAFF)
    elif to == Stage.EVALUATED:
        row = queries.inquiry(dialogue.id, Circle.STAFF)
        if row is not None:
            count_now(row)


def had_opened(dialogue_id: int) -> bool:
    """Whether residents could take part at all, before it was called off perhaps."""
    rows = select(Move.id).where(Move.dialogue_id == dialogue_id, Move.to_stage == Stage.CANCELLED)
    called_off = db.session().scalars(rows.where(Move.from_stage.not_in(WAS_OPEN)).limit(1)).first()
    return called_off is None


def invite(actor: Actor, dialogue: Dialogue, circle: Circle) -> Inquiry:
    """Ask by hand, where the life cycle has not: those who are asked get a mail of its own."""
    require(actor, Do.INVITE, dialogue)
    return begin(actor, dialogue, circle, by_hand=True)


def begin(by: Actor, dialogue: Dialogue, circle: Circle, *, by_hand: bool = False) -> Inquiry:
    """Open a questionnaire, or let it stay open longer where it was opened before and residents are asked again."""
    now = clock.now()
    closes_at = None if circle is Circle.STAFF else retention.closing_after(now)
    row = queries.inquiry(dialogue.id, circle)
    if row is None:
        row = made(dialogue.id, circle, now, closes_at)
        emit(EvaluationOpened(**about(by, dialogue), circle=circle, closes_at=closes_at, by_hand=by_hand))
    elif row.counted_at is None:
        row.closes_at = closes_at
    if row.closes_at is not None:
        jobs.enqueue(COUNT, {"inquiry_id": row.id}, run_at=row.closes_at)
    db.session().flush()
    return row


def made(dialogue_id: int, circle: Circle, now: datetime, closes_at: datetime | None) -> Inquiry:
    """The questionnaire with its questions, their Swedish texts among them for whoever reads the tables."""
    row = Inquiry(
        dialogue_id=dialogue_id, kind=circle, set_id=engine.make_set().id, edition=latest(circle), opened_at=now,
        closes_at=closes_at,
    )  # fmt: skip
    db.session().add(row)
    made: list[Question] = []
    with i18n.speaking(i18n.SOURCE):
        for one in asked(circle, row.edition):
            kind = {"kind": "multiple", "required": False} if one.several else {"kind": "single", "required": True}
            facts = {**kind, "text": str(one.text)}
            made.append(engine.add_question(row.set_id, made, facts, [str(label) for label in one.options.values()]))
    db.session().flush()
    return row


def key_of_form(row: Inquiry, chance: str) -> str:
    """What a form that is sent in is known by: made of the chance that it was drawn with."""
    return hash_of(f"evaluation {row.id} form {chance}")


def answer(row: Inquiry, form_hash: str, values: Values) -> bool:
    """Take in what somebody answers, whoever it is. The same form again changes nothing: then False.

    Raises Refusal when it has closed, NotComplete where answers are missing.
    """
    db.share_key(_lock(row))
    clock.fresh()  # the deadline is decided now, after the wait for the lock
    require(GUEST, Do.ANSWER, row)
    questions = queries.questions_of(row)
    wrong = engine.problems(questions, values)
    if wrong:
        raise engine.NotComplete(wrong)
    if not db.insert_new(InquiryForm, form_hash=form_hash, inquiry_id=row.id):
        return False
    # Not the language that it was answered in: where few speak it, it would point at somebody.
    engine.hand_in(row.set_id, questions, values, language=i18n.SOURCE.code, dialogue_id=row.dialogue_id, channel="web")
    return True


def count(inquiry_id: int) -> None:
    """Count what came in, once it has closed; again changes nothing. What forms were known by is forgotten."""
    row = db.session().get(Inquiry, inquiry_id)
    if row is None or row.counted_at is not None:
        return
    db.lock_key(_lock(row))
    clock.fresh()
    if row.closes_at is not None and row.closes_at <= clock.now():
        count_now(row)
        db.session().execute(delete(InquiryForm).where(InquiryForm.inquiry_id == row.id))
        if row.kind == Circle.TOLD:
            years.renew(clock.local(row.opened_at).year)


def count_now(row: Inquiry) -> None:
    """Make the figures as they are now, in the open unit."""
    sheets = select(func.count()).select_from(AnswerSheet).where(AnswerSheet.set_id == row.set_id)
    pairs = zip(queries.questions_of(row), asked(row.kind, row.edition), strict=True)
    row.figures = {one.indicator: _by_key(question, one.options) for question, one in pairs}
    row.answers, row.counted_at = db.session().scalars(sheets).one(), clock.now()
    db.session().flush()


def _by_key(question: Question, keys: object) -> Tally:
    """The tally of the question engine, with the options by their keys instead of their ids."""
    tally = TALLIES[kind_of(question).tally](question)
    pairs = zip(keys, question.options, strict=True)  # type: ignore[call-overload]  # the keys of a mapping
    return {"base": tally["base"], "counts": {key: tally["counts"][str(option.id)] for key, option in pairs}}


def _lock(row: Inquiry) -> str:
    return f"evaluation:{row.id}"
