"""The texts of a survey that can be had in other languages."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app import db, i18n, subjects
from app.dialogues.models import Dialogue
from app.dialogues.stages import DRAFT_STAGES, Stage
from app.i18n import lazy as _l
from app.i18n import lazy_p
from app.levels.consultation.surveys.models import Survey
from app.levels.consultation.surveys.queries.surveys import in_dialogue, survey
from app.multilingual.queries import Row
from app.multilingual.sources import Item, Source, labels
from app.permissions import Reason
from app.questions import queries as engine
from app.questions import words
from app.questions.models import Option, Question

SURVEY_FIELDS = {"title": (_l("Title"), 160), "intro": (_l("Introduction"), 2000)}
QUESTION_FIELDS = {
    "text": (_l("Question"), 300),
    "hint": (_l("Help text"), 500),
    "low_label": (_l("What the lowest step means"), 80),
    "high_label": (_l("What the highest step means"), 80),
}
OPTION_FIELDS = {"text": (_l("Answer to choose"), 200)}
LOCKED = _l("The survey is open or has been, so its texts can no longer be changed in any language.")


def own_row(row: Survey) -> Row:
    """The survey's own texts."""
    return subjects.key("survey", row.id), {"title": (row.title, None), "intro": (row.intro, None)}


def words_of(row: Survey, questions: Sequence[Question], language: i18n.Language | None = None) -> words.Words:
    """Every text of a survey in the reader's language where all are reviewed, else in Swedish. One statement."""
    return words.spoken([own_row(row), *words.rows_of(questions)], language)


def _of_surveys(dialogue_id: int | None) -> list[Item]:
    return [
        Item(subjects.key("survey", row.id), row.title, field, label, getattr(row, field), longest=longest)
        for row in _surveys(dialogue_id)
        for field, (label, longest) in SURVEY_FIELDS.items()
    ]


def _of_questions(dialogue_id: int | None) -> list[Item]:
    return [
        Item(words.key_of(question), question.text, field, label, getattr(question, field), longest=longest)
        for question in _questions(dialogue_id)
        for field, (label, longest) in QUESTION_FIELDS.items()
    ]


def _of_options(dialogue_id: int | None) -> list[Item]:
    return [
        Item(words.key_of(option), question.text, field, label, getattr(option, field), longest=longest)
        for question in _questions(dialogue_id)
        for option in question.options
        for field, (label, longest) in OPTION_FIELDS.items()
    ]


def _surveys(dialogue_id: int | None) -> list[Survey]:
    return [] if dialogue_id is None else in_dialogue(dialogue_id)


def _questions(dialogue_id: int | None) -> list[Question]:
    return engine.questions_of_sets([row.set_id for row in _surveys(dialogue_id)])


def _locked(key: str) -> Reason | None:
    """Texts stay as they are from the opening on: everyone answers the same questions."""
    row = _owner(key)
    dialogue = None if row is None else db.session().get(Dialogue, row.dialogue_id)
    if dialogue is None or dialogue.stage in DRAFT_STAGES | {Stage.DECIDED, Stage.ANNOUNCED}:
        return None
    return Reason("open", LOCKED)


def _owner(key: str) -> Survey | None:
    kind, _, number = key.partition(":")
    if kind == "survey":
        return survey(int(number))
    session = db.session()
    if kind == "option":
        option = session.get(Option, int(number))
        number = str(option.question_id) if option else "0"
    question = session.get(Question, int(number))
    return None if question is None else session.scalars(select(Survey).filter_by(set_id=question.set_id)).first()


SOURCES = (
    Source("survey", lazy_p("subject", "Survey"), labels(SURVEY_FIELDS), _of_surveys, _locked),
    Source("question", lazy_p("subject", "Question"), labels(QUESTION_FIELDS), _of_questions, _locked),
    Source("option", lazy_p("subject", "Answer to choose"), labels(OPTION_FIELDS), _of_options, _locked),
)
