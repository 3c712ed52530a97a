"""From a tally to what may be shown: bars with small counts hidden, measures of numbers, or texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app import i18n
from app.i18n import LazyText, lazy_p
from app.i18n import lazy as _l
from app.multilingual.queries import Text
from app.questions.core import suppression
from app.questions.core.numbers import tidy
from app.questions.kinds import Scale, kind_of
from app.questions.models import Question
from app.questions.tallies import Tally
from app.questions.words import Words

FEWER = _l("fewer than 5")
NOT_SHOWN = lazy_p("count", "not shown")


@dataclass(frozen=True)
class Row:
    """One line of a table of results; count None is hidden and said with `word`."""

    label: Text | str
    count: int | None
    percent: float
    word: LazyText


@dataclass(frozen=True)
class Result:
    """One question's result. `shape`: rows, measures, texts, or few (too few answered to show anything)."""

    question: Question
    title: Text
    shape: str
    base: int | None
    rows: Sequence[Row] = ()
    widened: bool = False
    several: bool = False
    measures: Sequence[tuple[LazyText, str]] = ()
    shown: int = 0
    sample: Sequence[int] = ()


def result_of(question: Question, tally: Tally | None, words: Words) -> Result:
    """What the public may see of one question; without a tally nothing was answered."""
    tally = tally or {"base": 0}
    title, base = words.of(question), int(tally["base"])
    shape = kind_of(question).tally
    if shape == "texts":
        return Result(
            question, title, "texts", base, shown=tally.get("shown", 0), sample=tuple(tally.get("sample", ()))
        )
    if base < suppression.FEWEST:
        return Result(question, title, "few", None)
    if shape == "numbers":
        return Result(question, title, "measures", base, measures=_measures(tally))
    return _bars(question, title, tally, words)


def _bars(question: Question, title: Text, tally: Tally, words: Words) -> Result:
    several = question.kind == "multiple"
    labels, counts = _cells(question, tally["counts"], words)
    base = int(tally["base"])
    if several:
        table = suppression.several_each(counts, base, question.least or 1, question.most)
    else:
        table = suppression.one_each(counts)
    word = NOT_SHOWN if table.widened else FEWER
    rows = [
        Row(label, count, 100 * (count or 0) / base, word) for label, count in zip(labels, table.counts, strict=True)
    ]
    measures: list[tuple[LazyText, str]] = []
    if question.kind == Scale.key and table.is_whole:  # a mean beside hidden counts would give them away
        mean = sum(Decimal(step) * count for step, count in _steps(question, tally["counts"])) / base
        measures.append((_l("Mean"), _said(mean)))
    return Result(question, title, "rows", table.base, rows, table.widened, several, measures)


def _cells(question: Question, counts: Mapping[str, int], words: Words) -> tuple[list[Text | str], list[int]]:
    kind = kind_of(question)
    if isinstance(kind, Scale):
        pairs = _steps(question, counts)
        return [kind.label(question, words, step) for step, _ in pairs], [count for _, count in pairs]
    return [words.of(option) for option in question.options], [counts.get(str(o.id), 0) for o in question.options]


def _steps(question: Question, counts: Mapping[str, int]) -> list[tuple[int, int]]:
    return [(step, counts.get(str(step), 0)) for step in Scale().steps(question)]


def _measures(tally: Tally) -> list[tuple[LazyText, str]]:
    span = str(NOT_SHOWN)
    if min(tally.get("at_min", 0), tally.get("at_max", 0)) >= suppression.FEWEST:
        span = f"{_said(tally['min'])}–{_said(tally['max'])}"
    return [
        (_l("Median, half answered less and half more"), _said(tally["median"])),
        (_l("Mean"), _said(tally["mean"])),
        (_l("Smallest and largest"), span),
    ]


def _said(value: Any) -> str:
    return i18n.number(tidy(round(Decimal(value), 1)))  # type: ignore[arg-type]  # a Decimal is said as it is
