"""Making surveys and their questions, until the dialogue is announced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app import clock, db, subjects
from app.dialogues.models import Dialogue
from app.dialogues.problems import Overtaken
from app.dialogues.service import drop_card
from app.levels.consultation.surveys import queries
from app.levels.consultation.surveys.events import (
    QuestionAdded,
    QuestionChanged,
    QuestionRemoved,
    SurveyChanged,
    SurveyCreated,
    SurveyWithdrawn,
)
from app.levels.consultation.surveys.models import Survey
from app.levels.consultation.surveys.rules import Do
from app.levels.consultation.surveys.service.keeping import about, keep, tell
from app.permissions import Actor, require
from app.questions import service as engine
from app.questions.kinds import kind_of
from app.questions.models import Option, Question


def create(actor: Actor, dialogue: Dialogue, facts: dict[str, Any]) -> Survey:
    """A new survey without questions. `facts`: title, intro, audience, minutes."""
    require(actor, Do.CREATE, dialogue)
    row = Survey(dialogue_id=dialogue.id, set_id=engine.make_set().id, created_at=clock.now(), **facts)
    db.session().add(row)
    db.session().flush()
    keep(row)
    tell(SurveyCreated(**about(actor, row), title=row.title))
    return row


def change(actor: Actor, row: Survey, facts: dict[str, Any], version: int | None = None) -> None:
    """New facts, as in create(). `version` is that of the survey when the edit began. Raises Overtaken."""
    require(actor, Do.EDIT, row)
    _still(row, version)
    for column, value in facts.items():
        setattr(row, column, value)
    keep(row)
    tell(SurveyChanged(**about(actor, row), title=row.title))


def withdraw(actor: Actor, row: Survey) -> None:
    require(actor, Do.EDIT, row)
    row.withdrawn_at = clock.now()
    drop_card(subjects.key("survey", row.id))
    tell(SurveyWithdrawn(**about(actor, row), title=row.title))


def add_question(actor: Actor, row: Survey, facts: dict[str, Any], options: Sequence[str] = ()) -> Question:
    """A new question, last. `facts` are columns of Question; `options` are what one chooses among."""
    require(actor, Do.EDIT, row)
    question = engine.add_question(row.set_id, queries.questions(row), facts, options)
    tell(QuestionAdded(**about(actor, row), text=question.text))
    return question


def change_question(
    actor: Actor, row: Survey, question: Question, facts: dict[str, Any], version: int | None = None
) -> None:
    """New facts, as in add_question(). `version` is that of the question when the edit began. Raises Overtaken."""
    require(actor, Do.EDIT, row)
    _still(question, version)
    engine.change_question(question, facts)
    tell(QuestionChanged(**about(actor, row), text=question.text))


def move_question(actor: Actor, row: Survey, question: Question, by: int) -> None:
    """Up (-1) or down (1) one place."""
    require(actor, Do.EDIT, row)
    engine.move_question(queries.questions(row), question, by)
    tell(QuestionChanged(**about(actor, row), text=question.text))


def remove_question(actor: Actor, row: Survey, question: Question) -> None:
    require(actor, Do.EDIT, row)
    engine.remove_question(queries.questions(row), question)
    tell(QuestionRemoved(**about(actor, row), text=question.text))


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
    tell(QuestionChanged(**about(actor, row), text=question.text))


def move_option(actor: Actor, row: Survey, question: Question, option: Option, by: int) -> None:
    """As move_question."""
    require(actor, Do.EDIT, row)
    engine.move_option(question, option, by)
    tell(QuestionChanged(**about(actor, row), text=question.text))


def remove_option(actor: Actor, row: Survey, question: Question, option: Option) -> None:
    require(actor, Do.EDIT, row)
    engine.remove_option(question, option)
    tell(QuestionChanged(**about(actor, row), text=question.text))


def _still(row: Survey | Question | Option, version: int | None) -> None:
    """Nobody else has saved the row since an edit that began at `version` (None: one that overwrites nobody's text)."""
    if version is not None and row.version != version:
        raise Overtaken(row.id)
