"""Reads of what readers said of pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, func, select

from app import db
from app.site.helped.models import PageAnswer

PAGE = 30
MOST_PAGES = 50


@dataclass(frozen=True)
class Listing:
    """Some of what was written, the latest first, and the id before which the next page begins."""

    rows: Sequence[PageAnswer]
    older: int | None


def written(before: int | None = None) -> Listing:
    """Answers that say something in words."""
    wanted = select(PageAnswer).where(PageAnswer.text != "").order_by(PageAnswer.id.desc()).limit(PAGE + 1)
    if before is not None:
        wanted = wanted.where(PageAnswer.id < before)
    found = list(db.session().scalars(wanted))
    return Listing(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def by_page() -> Sequence[tuple[str, int, int]]:
    """Page, how many answered, and how many it helped: those that helped fewest readers first."""
    answers, helped = func.count(), func.sum(func.cast(PageAnswer.helped, Integer))
    not_helped: Any = answers - helped
    wanted = select(PageAnswer.path, answers, helped).group_by(PageAnswer.path)
    wanted = wanted.order_by(not_helped.desc(), PageAnswer.path).limit(MOST_PAGES)
    return [(path, int(all_of_them), int(yes)) for path, all_of_them, yes in db.session().execute(wanted)]


def answer(answer_id: int) -> PageAnswer | None:
    return db.session().get(PageAnswer, answer_id)
