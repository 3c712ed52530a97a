"""Writes the tests that show each requirement into docs/guideline.md: `python -m tests.audit.guideline`."""

from __future__ import annotations

import re
from pathlib import Path

from tests.audit.marks import ROOT, marked

PAGE: Path = ROOT / "docs/guideline.md"
ROW = re.compile(r"^\| (R[0-9]+) \|(.*)\|([^|]*)\|$", re.M)
NONE_YET = "none yet"
MOST = 6  # of one requirement; the marks say all of them


def rows() -> dict[str, str]:
    """Requirement → the last cell of its row."""
    return {number: tests.strip() for number, _, tests in ROW.findall(PAGE.read_text(encoding="utf-8"))}


def cell(number: str) -> str:
    """The last cell of a row: tests by file, `none yet`, or the word for what a later issue brings."""
    tests = marked().get(number, ())
    named = "<br>".join(f"`{test.removeprefix('tests/')}`" for test in tests[:MOST])
    return named + (f"<br>and {len(tests) - MOST} more" if len(tests) > MOST else "") if named else NONE_YET


def written() -> str:
    """The page as it should be."""
    return ROW.sub(lambda row: f"| {row[1]} |{row[2]}| {cell(row[1])} |", PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
