"""What was said at a meeting, as it is typed in: one line each; a line that begins with # names a table or a theme."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_LINE = 1000
LONGEST_THEME = 80
MOST_LINES = 300  # in one go
BULLETS = "-*•–· \t"


@dataclass(frozen=True)
class Line:
    """One thing that was said. `theme` is the table or theme above it, empty for none."""

    text: str
    theme: str = ""


@dataclass(frozen=True)
class TooLong:
    """A line that is longer than it may be: its number as typed, from 1, and how many characters it may have."""

    number: int
    most: int


def lines_of(typed: str) -> tuple[list[Line], list[TooLong]]:
    """The lines in their order, without bullets and empty ones; and those that are too long."""
    found: list[Line] = []
    wrong: list[TooLong] = []
    theme = ""
    for number, raw in enumerate(typed.splitlines(), start=1):
        text = raw.strip()
        if text.startswith("#"):
            theme = text.lstrip("#").strip()
            wrong += [TooLong(number, LONGEST_THEME)] if len(theme) > LONGEST_THEME else []
            continue
        text = text.lstrip(BULLETS).strip()
        wrong += [TooLong(number, LONGEST_LINE)] if len(text) > LONGEST_LINE else []
        found += [Line(text, theme)] if text else []
    return found, wrong
