"""When an issue is called finished, docs/guideline.md names every test there is, and nothing lacks one."""

from __future__ import annotations

import pytest

from tests.audit import guideline


@pytest.mark.audit
def test_the_page_names_what_there_is_and_only_what_comes_later_has_no_test():
    assert guideline.written() == guideline.PAGE.read_text(encoding="utf-8")
    text = guideline.PAGE.read_text(encoding="utf-8")
    later = {number for number, words, _ in guideline.ROW.findall(text) if "Later:" in words}
    assert {number for number, tests in guideline.rows().items() if tests == guideline.NONE_YET} <= later
