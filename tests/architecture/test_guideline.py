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


@pytest.mark.audit
def test_the_page_names_what_there_is_and_only_what_comes_later_has_no_test():
    assert guideline.written() == guideline.PAGE.read_text(encoding="utf-8")
    text = guideline.PAGE.read_text(encoding="utf-8")
    later = {number for number, words, _ in guideline.ROW.findall(text) if "Later:" in words}
    assert {number for number, tests in guideline.rows().items() if tests == guideline.NONE_YET} <= later
