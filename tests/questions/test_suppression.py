"""Nobody who knows the rule and every shown figure can compute a count of fewer than five."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import product

import pytest

from app.questions.core.suppression import FEWEST, Table, one_each, several_each

Counts = tuple[int, ...]


def give_aways(published: dict[Table, list[Counts]]) -> Iterable[tuple[Table, int]]:
    """Hidden cells that have the same value in every set of counts that looks like this when published."""
    for table, possible in published.items():
        for cell, count in enumerate(table.counts):
            if count is None and len({counts[cell] for counts in possible}) < 2:
                yield table, cell


def test_small_counts_are_hidden_and_large_ones_shown():
    assert one_each([10, 3, 2, 8]) == Table((10, None, None, 8), 23, widened=False)
    assert one_each([10, 8]) == Table((10, 8), 18, widened=False)
    assert several_each([10, 3], base=12) == Table((10, None), 12, widened=False)


def test_one_hidden_count_alone_takes_the_smallest_other_along():
    assert one_each([10, 3, 8]) == Table((10, None, None), 21, widened=True)


def test_the_smallest_others_of_the_same_size_go_together():
    assert one_each([20, 3, 8, 8]).counts == (20, None, None, None)


def test_where_nothing_is_left_how_many_answered_is_not_said_either():
    assert one_each([10, 3]) == Table((None, None), None, widened=True)


@pytest.mark.slow
@pytest.mark.parametrize(("cells", "most"), [(2, 30), (3, 24), (4, 20), (5, 12)])
def test_one_choice_gives_no_small_count_away(cells, most):
    published: dict[Table, list[Counts]] = defaultdict(list)
    for counts in product(range(most + 1), repeat=cells):
        if FEWEST <= sum(counts) <= most:
            published[one_each(counts)].append(counts)
    assert list(give_aways(published)) == []


@pytest.mark.slow
@pytest.mark.parametrize(("cells", "most"), [(2, 14), (3, 13), (4, 9)])
def test_several_choices_give_no_small_count_away(cells, most):
    for least in range(1, cells + 1):
        for largest in range(least, cells + 1):
            published: dict[Table, list[Counts]] = defaultdict(list)
            for base in range(FEWEST, most + 1):
                for counts in product(range(base + 1), repeat=cells):
                    if base * least <= sum(counts) <= base * largest:
                        published[several_each(counts, base, least, largest)].append(counts)
            assert list(give_aways(published)) == [], (least, largest)


def test_a_table_that_gives_a_count_away_is_seen():
    """The attack itself works: without the second hidden cell, the first is the difference to the sum."""
    published: dict[Table, list[Counts]] = defaultdict(list)
    for counts in product(range(13), repeat=2):
        if sum(counts) == 12:
            naive = Table(tuple(None if count < FEWEST else count for count in counts), 12, widened=False)
            published[naive].append(counts)
    assert list(give_aways(published)) != []
