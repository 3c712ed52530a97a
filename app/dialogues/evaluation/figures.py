"""From what was counted to what may be shown: counts of few are hidden, and cannot be worked out from the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.dialogues.evaluation.models import Inquiry
from app.dialogues.evaluation.standard import Asked, asked
from app.questions.core import suppression
from app.questions.results import FEWER, NOT_SHOWN, Row

YES = "yes"


@dataclass(frozen=True)
class Shown:
    """One question with what may be shown of its answers; no rows where too few have answered."""

    asked: Asked
    base: int | None
    rows: Sequence[Row] = ()
    widened: bool = False


def of(row: Inquiry) -> list[Shown]:
    """Every question of a questionnaire that has been counted, in order; nothing before."""
    return (
        [shown(one, (row.figures or {}).get(one.indicator)) for one in _asked(row)] if row.figures is not None else []
    )


def _asked(row: Inquiry) -> tuple[Asked, ...]:
    return asked(row.kind, row.edition)


def shown(one: Asked, tally: Mapping[str, Any] | None) -> Shown:
    """What may be shown of one question."""
    base = int(tally["base"]) if tally else 0
    if tally is None or base < suppression.FEWEST:
        return Shown(one, None)
    table = _table(one, tally)
    word = NOT_SHOWN if table.widened else FEWER
    pairs = zip(one.options.values(), table.counts, strict=True)
    rows = [Row(str(label), count, 100 * (count or 0) / base, word) for label, count in pairs]
    return Shown(one, table.base, rows, table.widened)


def whole(one: Asked, tally: Mapping[str, Any]) -> Shown:
    """Every count, for those who work with the dialogue and whose own answers these are."""
    base = int(tally["base"])
    pairs = [(label, int(tally["counts"].get(key, 0))) for key, label in one.options.items()]
    rows = [Row(str(label), count, 100 * count / base if base else 0, FEWER) for label, count in pairs]
    return Shown(one, base, rows)


def said_yes(row: Inquiry) -> Iterator[tuple[str, int, int]]:
    """(indicator, how many said yes, of how many) as the page shows it; left out where the page shows it not.

    Whatever is made of these gives nothing away that the pages of the dialogues do not say already.
    """
    for one in _asked(row):
        tally = (row.figures or {}).get(one.indicator)
        if tally is None or one.several or int(tally["base"]) < suppression.FEWEST:
            continue
        table = _table(one, tally)
        yes = dict(zip(one.options, table.counts, strict=True)).get(YES)
        if table.base is not None and yes is not None:
            yield one.indicator, yes, table.base


def _table(one: Asked, tally: Mapping[str, Any]) -> suppression.Table:
    counts = [int(tally["counts"].get(key, 0)) for key in one.options]
    return suppression.several_each(counts, int(tally["base"])) if one.several else suppression.one_each(counts)
