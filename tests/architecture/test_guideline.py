"""docs/guideline.md says of each requirement which tests show it, and those tests are there and say so."""

from __future__ import annotations

import re

import pytest

from tests.audit import guideline
from tests.audit.marks import marked

NAMED = re.compile(r"`([\w/]+\.py::\w+)`")


def test_every_requirement_has_its_row():
    assert list(guideline.rows()) == [f"R{number}" for number in range(1, 61)]


def test_every_mark_is_a_requirement():
    assert set(marked()) <= set(guideline.rows())


@pytest.mark.parametrize("number", [f"R{number}" for number in range(1, 61)])
def test_the_tests_that_it_names_show_the_requirement(number):
    named = NAMED.findall(guideline.rows()[number])
    assert {f"tests/{one}" for one in named} <= set(marked().get(number, ()))
    assert named or guideline.rows()[number] == guideline.NONE_YET
