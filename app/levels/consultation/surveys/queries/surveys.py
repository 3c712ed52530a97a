"""Surveys, their questions, and what they still lack."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from app import clock, db, subjects
from app.dialogues import queries as dialogues
from app.dialogues.addresses import slug
from app.dialogues.models import Dialogue
from app.dialogues.registering import MOST, Thing, held_in
from app.dialogues.stages import Stage
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.ladder import Missing
from app.levels.consultation.surveys.models import PAPER_GRACE, Survey
from app.permissions import Actor, Role
from app.questions import queries as engine
from app.questions.kinds import kind_of
from app.questions.models import Question

FEWEST_OPTIONS = 2


def visible_to(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The surveys that an actor may read: those of the dialogues that they may read, without withdrawn ones."""
    readable = dialogues.visible_to(actor).with_only_columns(Dialogue.id)
    return select(Survey).where(Survey.withdrawn_at.is_(None), Survey.dialogue_id.in_(readable))


def survey(survey_id: int) -> Survey | None:
    return db.session().get(Survey, survey_id)


def survey_in(dialogue_id: int, survey_id: int) -> tuple[Survey, Dialogue] | None:
    """A survey of this dialogue that is not withdrawn, with the dialogue, in one statement."""
    both = select(Survey, Dialogue).join(Dialogue, Dialogue.id == Survey.dialogue_id)
    both = both.where(Survey.id == survey_id, Survey.dialogue_id == dialogue_id, Survey.withdrawn_at.is_(None))
    found = db.session().execute(both).first()
    return None if found is None else (found[0], found[1])


def open_for_others(actor: Actor) -> list[Thing]:
    """The surveys in which this actor may be able to write down answers for others now; one statement."""
    both = select(Survey, Dialogue).join(Dialogue, Dialogue.id == Survey.dialogue_id)
    both = both.where(held_in(actor, Role.CONTACT_CENTRE, Role.OFFICIAL), Survey.withdrawn_at.is_(None))
    both = both.where(Dialogue.stage.in_([Stage.OPEN, Stage.CLOSED]), Dialogue.closes_at > clock.now() - PAPER_GRACE)
    found = db.session().execute(both.order_by(Dialogue.closes_at, Survey.id).limit(MOST))
    return [
        Thing(
            subject=row,
            title=row.title,
            dialogue=dialogue,
            until=_until(dialogue),
            address=("survey_desk.register", {"dialogue_id": dialogue.id, "survey_id": row.id}),
        )
        for row, dialogue in found
    ]


def _until(dialogue: Dialogue) -> datetime | None:
    """When the last answer can be written down: after the closing, the last paper."""
    closes_at = dialogue.closes_at
    return closes_at + PAPER_GRACE if closes_at is not None and closes_at <= clock.now() else closes_at


def in_dialogue(dialogue_id: int) -> list[Survey]:
    """The surveys of a dialogue in the order they were made, without withdrawn ones."""
    mine = select(Survey).where(Survey.dialogue_id == dialogue_id, Survey.withdrawn_at.is_(None))
    return list(db.session().scalars(mine.order_by(Survey.id)).all())


def questions(row: Survey) -> list[Question]:
    return engine.questions_of(row.set_id)


def address_of(row: Survey, endpoint: str = "surveys.start") -> subjects.Address:
    """Where residents meet it; the dialogue is read unless the session holds it already."""
    dialogue = db.session().get_one(Dialogue, row.dialogue_id)
    values = {"dialogue_id": dialogue.id, "slug": slug(dialogue.title), "survey_id": row.id}
    return endpoint, values


def unready(dialogue_id: int) -> list[Missing]:
    """What is missing before the surveys of a dialogue can open."""
    rows = in_dialogue(dialogue_id)
    if not rows:
        return []
    asked: dict[int, list[Question]] = {row.set_id: [] for row in rows}
    for question in engine.questions_of_sets(list(asked)):
        asked[question.set_id].append(question)
    return [
        Missing(sentence, ("survey_desk.edit", {"dialogue_id": dialogue_id, "survey_id": row.id}))
        for row in rows
        for sentence in _lacks(row, asked[row.set_id])
    ]


def _lacks(row: Survey, asked: list[Question]) -> list[LazyText]:
    if not asked:
        return [_l("The survey “%(title)s” has no questions yet.", title=row.title)]
    return [
        _l("The question “%(text)s” needs at least two answers to choose among.", text=question.text)
        for question in asked
        if kind_of(question).chooses and len(question.options) < FEWEST_OPTIONS
    ]
