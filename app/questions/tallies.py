"""Counting answers: what one question's answers come to, as JSON keeps it in a snapshot. Nothing is hidden yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from app import db
from app.questions.core.numbers import tidy
from app.questions.models import Answer, Question
from app.reviews.models import Reviewable, State

Tally = dict[str, Any]
SAMPLE = 3  # texts that a summary shows


def _answered(question: Question) -> int:
    people = select(func.count(Answer.sheet_id.distinct())).where(Answer.question_id == question.id)
    return db.session().scalars(people).one()


def choices(question: Question) -> Tally:
    """{"base": people, "counts": {option id: people}}"""
    counted = select(Answer.option_id, func.count()).where(Answer.question_id == question.id)
    found = dict(db.session().execute(counted.group_by(Answer.option_id)).all())
    counts = {str(option.id): found.get(option.id, 0) for option in question.options}
    return {"base": _answered(question), "counts": counts}


def steps(question: Question) -> Tally:
    """{"base": people, "counts": {step: people}}"""
    counted = select(Answer.number, func.count()).where(Answer.question_id == question.id)
    found = db.session().execute(counted.group_by(Answer.number)).all()
    counts = {str(tidy(number)): people for number, people in found if number is not None}
    return {"base": sum(counts.values()), "counts": counts}


def numbers(question: Question) -> Tally:
    """{"base": people} and, where there are any, "mean", "median", "min" and "max" as text.

    "at_min" and "at_max" are how many people answered these two: an end that few chose is theirs, and not shown.
    """
    mine = Answer.question_id == question.id
    totals = select(func.count(), func.sum(Answer.number), func.min(Answer.number), func.max(Answer.number)).where(mine)
    base, total, low, high = db.session().execute(totals).one()
    if not base:
        return {"base": 0}
    middle = select(Answer.number).where(mine).order_by(Answer.number, Answer.id)
    pair = db.session().scalars(middle.offset((base - 1) // 2).limit(2 - base % 2)).all()
    median = sum((number or Decimal(0) for number in pair), Decimal(0)) / len(pair)
    facts = {"mean": (total or Decimal(0)) / base, "median": median, "min": low, "max": high}
    ends = select(Answer.number, func.count()).where(mine, Answer.number.in_([low, high])).group_by(Answer.number)
    people = {number: count for number, count in db.session().execute(ends).all()}
    return {
        "base": base,
        **{name: str(fact) for name, fact in facts.items()},
        "at_min": people.get(low, 0),
        "at_max": people.get(high, 0),
    }


def texts(question: Question) -> Tally:
    """{"base": people, "shown": texts that a moderator has shown, "sample": [ids of the latest of these]}"""
    reviewed = select(Answer.id).join(Reviewable, Reviewable.id == Answer.review_id)
    shown = reviewed.where(Answer.question_id == question.id, Reviewable.state == State.SHOWN)
    session = db.session()
    count = session.scalars(select(func.count()).select_from(shown.subquery())).one()
    sample = session.scalars(shown.order_by(Answer.id.desc()).limit(SAMPLE)).all()
    return {"base": _answered(question), "shown": count, "sample": list(sample)}


TALLIES: Mapping[str, Callable[[Question], Tally]] = {
    "choices": choices,
    "steps": steps,
    "numbers": numbers,
    "texts": texts,
}
