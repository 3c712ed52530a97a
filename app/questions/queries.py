"""Reads of questions, drafts and answers. Who may read them is for whoever asked the questions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from app import db
from app.questions.kinds import Values
from app.questions.models import Answer, AnswerDraft, AnswerSheet, Option, Question
from app.reviews.models import Reviewable, State

BATCH = 2000  # rows that a long read holds at a time
PAGE = 20  # texts on a page


class Page(NamedTuple):
    """Texts, newest first, and the ids that the neighbouring pages begin at (None where there are none)."""

    texts: list[Answer]
    older: int | None
    newer: int | None


def questions_of(set_id: int) -> list[Question]:
    """The questions of a set in order, with their options. One statement."""
    return list(db.session().scalars(_questions().where(Question.set_id == set_id)).unique().all())


def questions_of_sets(set_ids: Sequence[int]) -> list[Question]:
    """As questions_of, for several sets."""
    return list(db.session().scalars(_questions().where(Question.set_id.in_(set_ids))).unique())


def _questions() -> Select[Question]:
    both = select(Question).outerjoin(Question.options).options(contains_eager(Question.options))
    ordered = both.order_by(Question.set_id, Question.position, Question.id, Option.position, Option.id)
    return ordered.execution_options(populate_existing=True)


def question(set_id: int, question_id: int) -> Question | None:
    """One question of this set, with its options."""
    found = _questions().where(Question.set_id == set_id, Question.id == question_id)
    return db.session().scalars(found).unique().first()


def pages(questions: Sequence[Question]) -> list[list[Question]]:
    """The questions as pages: the first, and each that says so, begins one."""
    found: list[list[Question]] = []
    for one in questions:
        if one.new_page or not found:
            found.append([])
        found[-1].append(one)
    return found


def draft(key_hash: str, set_id: int) -> Values | None:
    """What has been answered so far under this key; None where nothing was begun, or was begun of another set."""
    row = db.session().get(AnswerDraft, key_hash)
    if row is None or row.set_id != set_id:
        return None
    return {int(number): value for number, value in json.loads(row.content).items()}


def answer(answer_id: int) -> Answer | None:
    """One answer with its review and nothing else."""
    wanted = select(Answer).where(Answer.id == answer_id).options(joinedload(Answer.review))
    return db.session().scalars(wanted).first()


def shown_texts(question_id: int, *, before: int | None = None, after: int | None = None) -> Page:
    """Texts that a moderator has shown, newest first, a page at a time by id."""
    shown = select(Answer).join(Answer.review).where(Answer.question_id == question_id)
    shown = shown.where(Reviewable.state == State.SHOWN).options(contains_eager(Answer.review))
    session = db.session()
    if after is not None:
        rows = list(session.scalars(shown.where(Answer.id > after).order_by(Answer.id).limit(PAGE + 1)))
        page, more = rows[:PAGE][::-1], len(rows) > PAGE
        return Page(page, page[-1].id if page else None, page[0].id if page and more else None)
    if before is not None:
        shown = shown.where(Answer.id < before)
    rows = list(session.scalars(shown.order_by(Answer.id.desc()).limit(PAGE + 1)))
    page, more = rows[:PAGE], len(rows) > PAGE
    return Page(page, page[-1].id if more else None, page[0].id if page and before is not None else None)


def shown_among(answer_ids: Sequence[int]) -> dict[int, list[Answer]]:
    """Those of these texts that are shown now, by question id."""
    found: dict[int, list[Answer]] = {}
    if not answer_ids:
        return found
    wanted = select(Answer).join(Answer.review).options(contains_eager(Answer.review)).order_by(Answer.id.desc())
    for row in db.session().scalars(wanted.where(Answer.id.in_(answer_ids), Reviewable.state == State.SHOWN)):
        found.setdefault(row.question_id, []).append(row)
    return found


def channels(set_id: int) -> dict[str, int]:
    """How many sheets came in by each channel."""
    counted = select(AnswerSheet.channel, func.count()).where(AnswerSheet.set_id == set_id)
    return dict(db.session().execute(counted.group_by(AnswerSheet.channel)).all())


# What an export reads of each answer: the columns that a kind's `exported` looks at, and the review's state.
CELL = (Answer.question_id, Answer.option_id, Answer.number, Answer.text, Reviewable.state)


def stream(rows: Select[*tuple[Any, ...]]) -> Iterator[Any]:
    """Run a long read so that neither side holds it whole."""
    return iter(db.session().execute(rows.execution_options(yield_per=BATCH)))
