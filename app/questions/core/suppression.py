"""Counts of few people are not shown, and cannot be computed from what is shown.

A count under five is hidden. Where the sum of the hidden counts gives one of them away (one hidden cell alone; all
nought; all four), the smallest of the others is hidden too, with all of its size; where nothing is then left to show,
how many answered is not said either. Whoever knows this rule and every shown figure is still left with at least two
possible values for each hidden count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 5


@dataclass(frozen=True)
class Table:
    """Counts as they may be shown, and how many answered; None is hidden.

    `widened`: more than those under five had to be hidden, so "fewer than five" would not be true of each.
    """

    counts: tuple[int | None, ...]
    base: int | None
    widened: bool

    @property
    def is_whole(self) -> bool:
        return None not in self.counts


def one_each(counts: Sequence[int]) -> Table:
    """Each who answered is in exactly one cell, so the sum of the cells is known."""
    base = sum(counts)
    return _table(counts, base, (base, base))


def several_each(counts: Sequence[int], base: int, least: int = 1, most: int | None = None) -> Table:
    """Each of `base` people is in `least` to `most` cells, so the sum of the cells is known within limits."""
    return _table(counts, base, (base * max(1, least), base * min(most or len(counts), len(counts))))


def _table(counts: Sequence[int], base: int, sums: tuple[int, int]) -> Table:
    hidden = {i for i, count in enumerate(counts) if count < FEWEST}
    shown = sum(count for i, count in enumerate(counts) if i not in hidden)
    widened = bool(hidden) and not _ambiguous(len(hidden), sums[0] - shown, sums[1] - shown)
    if widened:
        others = [count for i, count in enumerate(counts) if i not in hidden]
        hidden |= {i for i, count in enumerate(counts) if count in others and count == min(others)}
    nothing_left = widened and len(hidden) == len(counts)
    may_show = tuple(None if i in hidden else count for i, count in enumerate(counts))
    return Table(may_show, None if nothing_left else base, widened)


def _ambiguous(cells: int, least_sum: int, most_sum: int) -> bool:
    """Whether each of so many counts, all under FEWEST and with a sum between these, can have two values."""
    largest = FEWEST - 1
    lowest = max(0, least_sum - largest * (cells - 1))
    highest = min(largest, most_sum)
    return lowest < highest
