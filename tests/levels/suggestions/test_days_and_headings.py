"""Working days, and what becomes the heading of a suggestion."""

from __future__ import annotations

from datetime import date

import pytest

from app.levels.consultation.suggestions.core import headlines
from app.levels.consultation.suggestions.core.working_days import due_on, is_working_day


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2027, 3, 25), True),  # Maundy Thursday
        (date(2027, 3, 26), False),  # Good Friday
        (date(2027, 3, 29), False),  # Easter Monday
        (date(2027, 5, 6), False),  # Ascension Day
        (date(2027, 6, 25), False),  # Midsummer Eve
        (date(2027, 12, 23), True),
        (date(2027, 12, 24), False),
        (date(2027, 12, 31), False),
        (date(2028, 1, 6), False),  # Epiphany
        (date(2027, 6, 5), False),  # a Saturday
        (date(2027, 6, 7), True),
    ],
)
def test_days_off(day, works):
    assert is_working_day(day) is works


def test_ten_working_days_over_christmas():
    assert due_on(date(2027, 12, 20), 10) == date(2028, 1, 5)  # 24, 31, the first and both weekends do not count


def test_the_day_itself_does_not_count_and_a_weekend_waits():
    assert due_on(date(2027, 6, 11), 1) == date(2027, 6, 14)
    assert due_on(date(2027, 6, 12), 1) == date(2027, 6, 14)


@pytest.mark.parametrize(
    ("text", "head", "rest"),
    [
        ("Fler bänkar. De ska ha armstöd.", "Fler bänkar", "De ska ha armstöd."),
        ("Fler bänkar", "Fler bänkar", ""),
        ("Varför är det mörkt? Sätt upp ljus.", "Varför är det mörkt?", "Sätt upp ljus."),
        ("Bänkar\nmed armstöd", "Bänkar", "med armstöd"),
        ("هل يمكن إضافة مقعد؟ شكرًا", "هل يمكن إضافة مقعد؟", "شكرًا"),
        ("Sänk till 3.5 ton. Tack", "Sänk till 3.5 ton", "Tack"),
    ],
)
def test_the_first_sentence_is_the_heading(text, head, rest):
    assert headlines.split(text) == (head, rest)


def test_a_long_sentence_is_a_beginning_and_stands_whole_below():
    text = "Jag tycker " + "verkligen " * 30 + "att det behövs ljus."
    head, rest = headlines.split(text)
    assert len(head) <= headlines.LONGEST
    assert head.endswith("verkligen…")
    assert rest == text
