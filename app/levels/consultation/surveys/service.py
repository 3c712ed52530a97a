"""Every write of surveys: making them, and taking in what residents answer."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from app import clock, db, i18n, jobs, subjects
from app.dialogues.models import Dialogue
from app.dialogues.problems import Overtaken
from app.dialogues.service import drop_card, keep_card, keep_stage
from app.events import Event, emit
from app.levels.consultation.surveys import queries
from app.levels.consultation.surveys.events import (
    QuestionAdded,
    QuestionChanged,
    QuestionRemoved,
    SurveyAnswered,
    SurveyChanged,
    SurveyCreated,
    SurveyWithdrawn,
)
from app.levels.consultation.surveys.models import Survey, SurveyResponse
from app.levels.consultation.surveys.rules import Do
from app.limits import Limit
from app.permissions import Actor, require
from app.questions import service as engine
from app.questions.kinds import Values, kind_of
from app.questions.models import Option, Question
from app.questions.queries import draft

BEGINNINGS = Limit("surveys.begin", 60, timedelta(hours=1))  # opened forms from one address: a class can answer
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is mistaken for another


class AlreadyAnswered(Exception):
    """Another request handed in first, under the same account or form."""


class NothingBegun(Exception):
    """There is no draft to hand in: it was handed in, or forgotten after 30 days."""


def create(actor: Actor, dialogue: Dialogue, facts: dict[str, Any]) -> Survey:
    """A new survey without questions. `facts`: title, intro, audience, minutes."""
    require(actor, Do.CREATE, dialogue)
    row = Survey(dialogue_id=dialogue.id, set_id=engine.make_set().id, created_at=clock.now(), **facts)
    db.session().add(row)
    db.session().flush()
    keep(row)
    _tell(SurveyCreated(**_about(actor, row), title=row.title))
    return row


def change(actor: Actor, row: Survey, facts: dict[str, Any], version: int | None = None) -> None:
    """New facts, as in create(). `version` is that of the survey when the edit began. Raises Overtaken."""
    require(actor, Do.EDIT, row)
    _still(row, version)
    for column, value in facts.items():
        setattr(row, column, value)
    keep(row)
    _tell(SurveyChanged(**_about(actor, row), title=row.title))


def withdraw(actor: Actor, row: Survey) -> None:
    require(actor, Do.EDIT, row)
    row.withdrawn_at = clock.now()
    drop_card(subjects.key("survey", row.id))
    _tell(SurveyWithdrawn(**_about(actor, row), title=row.title))


def add_question(actor: Actor, row: Survey, facts: dict[str, Any], options: Sequence[str] = ()) -> Question:
    """A new question, last. `facts` are columns of Question; `options` are what one chooses among."""
    require(actor, Do.EDIT, row)
    question = engine.add_question(row.set_id, queries.questions(row), facts, options)
    _tell(QuestionAdded(**_about(actor, row), text=question.text))
    return question


def change_question(
    actor: Actor, row: Survey, question: Question, facts: dict[str, Any], version: int | None = None
) -> None:
    """New facts, as in add_question(). `version` is that of the question when the edit began. Raises Overtaken."""
    require(actor, Do.EDIT, row)
    _still(question, version)
    engine.change_question(question, facts)
    _tell(QuestionChanged(**_about(actor, row), text=question.text))


def move_question(actor: Actor, row: Survey, question: Question, by: int) -> None:
    """Up (-1) or down (1) one place."""
    require(actor, Do.EDIT, row)
    engine.move_question(queries.questions(row), question, by)
    _tell(QuestionChanged(**_about(actor, row), text=question.text))


def remove_question(actor: Actor, row: Survey, question: Question) -> None:
    require(actor, Do.EDIT, row)
    engine.remove_question(queries.questions(row), question)
    _tell(QuestionRemoved(**_about(actor, row), text=question.text))


def change_options(
    actor: Actor, row: Survey, question: Question, texts: dict[int, str], new: str, version: int | None = None
) -> None:
    """New texts of options, by their ids (those left out stay), and one more where `new` says something.

    `version` is that of the option whose edit began then. Raises Overtaken.
    """
    require(actor, Do.EDIT, row)
    for option in question.options:
        if option.id in texts:
            _still(option, version)
        option.text = texts.get(option.id) or option.text
    if new and kind_of(question).chooses:
        engine.add_option(question, new)
    _tell(QuestionChanged(**_about(actor, row), text=question.text))


def move_option(actor: Actor, row: Survey, question: Question, option: Option, by: int) -> None:
    """As move_question."""
    require(actor, Do.EDIT, row)
    engine.move_option(question, option, by)
    _tell(QuestionChanged(**_about(actor, row), text=question.text))


def remove_option(actor: Actor, row: Survey, question: Question, option: Option) -> None:
    require(actor, Do.EDIT, row)
    engine.remove_option(question, option)
    _tell(QuestionChanged(**_about(actor, row), text=question.text))


def _still(row: Survey | Question | Option, version: int | None) -> None:
    """Nobody else has saved the row since an edit that began at `version` (None: one that overwrites nobody's text)."""
    if version is not None and row.version != version:
        raise Overtaken(row.id)


def begin(actor: Actor, row: Survey, key_hash: str) -> None:
    """Begin to answer, or go on with what was begun under this key."""
    require(actor, Do.ANSWER, row)
    engine.begin_draft(key_hash, row.set_id)


def keep_answers(actor: Actor, row: Survey, key_hash: str, values: Values) -> None:
    """Keep one page's answers, not handed in yet."""
    require(actor, Do.ANSWER, row)
    engine.keep_draft(key_hash, row.set_id, values)


def submit(actor: Actor, row: Survey, key_hash: str) -> SurveyResponse:
    """Hand in what was begun under this key. A second time gives the first response.

    Raises AlreadyAnswered where another request was faster, NotComplete where answers are missing, NothingBegun.
    """
    keep_stage(row.dialogue_id)
    clock.fresh()  # the deadline is decided now, after the wait for the lock
    require(actor, Do.ANSWER, row)
    earlier = queries.response_of(row, key_hash, actor)
    if earlier is not None:
        return earlier
    values = draft(key_hash, row.set_id)
    if values is None:
        raise NothingBegun
    response = _hand_in(actor, row, key_hash, values)
    engine.drop_draft(key_hash)
    owner = actor if response.person_id is not None else None
    _tell(SurveyAnswered(subject=subjects.key("survey", row.id), actor=owner, dialogue_id=row.dialogue_id))
    count_later(row)
    return response


def _hand_in(actor: Actor, row: Survey, key_hash: str, values: Values) -> SurveyResponse:
    sheet = engine.hand_in(
        row.set_id,
        queries.questions(row),
        values,
        language=i18n.current().code,
        dialogue_id=row.dialogue_id,
        channel="web",
    )
    response = SurveyResponse(
        survey_id=row.id,
        sheet_id=sheet.id,
        person_id=actor.person_id if row.audience == "account" else None,
        form_hash=key_hash,
        receipt=receipt(),
        submitted_at=clock.now(),
    )
    db.session().add(response)
    db.flush_or(AlreadyAnswered())
    return response


def receipt(choose: Callable[[str], str] = secrets.choice) -> str:
    """Twelve letters and digits that can be read aloud: 60 bits of chance."""
    letters = "".join(choose(LETTERS) for _ in range(12))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def count_later(row: Survey) -> None:
    """Plan the card's number of answers, at most once a minute; in the minute after, so that nobody is left out."""
    minute = clock.now().replace(second=0, microsecond=0) + timedelta(minutes=1)
    _later("surveys.count", row, minute)


def figures_later(row: Survey) -> None:
    """Plan a new snapshot of the figures, at most once a minute."""
    now = clock.now()
    _later("surveys.figures", row, now.replace(second=0, microsecond=0) + timedelta(minutes=1))


def _later(kind: str, row: Survey, minute: Any) -> None:
    jobs.enqueue(kind, {"survey_id": row.id}, run_at=minute, dedupe=f"{kind}:{row.id}:{minute.isoformat()}")


def keep(row: Survey, responses: int | None = None) -> None:
    """Write the survey's card on the dialogue page. `responses`: None leaves the number to be counted later."""
    endpoint, values = queries.address_of(row)
    keep_card(
        subjects.key("survey", row.id),
        dialogue_id=row.dialogue_id,
        method="surveys",
        title=row.title,
        sentence="",
        endpoint=endpoint,
        values=values,
        responses=responses or 0,
        minutes=row.minutes,
        is_input=True,
        position=row.id,
        result_endpoint="surveys.results",
    )


def _about(actor: Actor, row: Survey) -> dict[str, Any]:
    return {"subject": subjects.key("survey", row.id), "actor": actor, "dialogue_id": row.dialogue_id}


def _tell(event: Event) -> None:
    db.session().flush()
    emit(event)
