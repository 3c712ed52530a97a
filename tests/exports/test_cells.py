"""One value in each format."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exports.cells import for_csv, for_json, harmless, number
from app.i18n import lazy
from app.permissions import Role
from tests.factories.exports import FORMULAS, TRICKY

NOON = datetime(2027, 3, 1, 11, 0, 5, 999, tzinfo=UTC)


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_gets_an_apostrophe(text):
    assert for_csv(text, swedish=False) == f"'{text}"
    assert for_csv(text, swedish=True) == f"'{text}"
    assert json.loads(for_json(text)) == text


@pytest.mark.parametrize("text", [*TRICKY, "", "a=1", "1-2", "Ja, +1", "-3,5", "-3.5", "-3", "–3", "5"])
def test_other_text_is_left_as_it_is(text):
    assert for_csv(text, swedish=True) == text


@pytest.mark.parametrize("text", ["-3,5,5", "-3 5", "- 3", "-3,", "-,5", "-3,5=1", "-３", "-3\n", "--3"])
def test_what_only_resembles_a_number_is_not_one(text):
    assert for_csv(text, swedish=False).startswith("'")


@pytest.mark.parametrize(
    ("value", "csv", "swedish", "as_json"),
    [
        (None, "", "", None),
        (True, "true", "true", True),
        (-3, "-3", "-3", -3),
        (Decimal("-3.5000"), "-3.5", "-3,5", -3.5),
        (Decimal("100.0000"), "100", "100", 100),
        (Decimal("-0.0"), "0", "0", 0),
        (Decimal("1E+3"), "1000", "1000", 1000),
        (0.1, "0.1", "0,1", 0.1),
        (float("inf"), "inf", "inf", "inf"),
        (date(2027, 3, 1), "2027-03-01", "2027-03-01", "2027-03-01"),
        (NOON, "2027-03-01T12:00:05+01:00", "2027-03-01 12:00:05", "2027-03-01T12:00:05+01:00"),
        (Role.MODERATOR, "moderator", "moderator", "moderator"),
        ({"a": [1]}, '{"a": [1]}', '{"a": [1]}', '{"a": [1]}'),
    ],
)
def test_values_are_written_as_each_format_has_them(value, csv, swedish, as_json):
    assert for_csv(value, swedish=False) == csv
    assert for_csv(value, swedish=True) == swedish
    assert json.loads(for_json(value)) == as_json


def test_translated_words_are_said(app):
    assert for_csv(lazy("Yes, please"), swedish=False) == "Yes, please"


def test_a_long_number_keeps_every_digit_in_json():
    assert for_json(Decimal("123456789012.3456")) == "123456789012.3456"
    assert number(12345678901234567890) == "12345678901234567890"


@given(st.text(max_size=20))
def test_nothing_is_lost_and_nothing_begins_like_a_formula(text):
    written = harmless(text)
    assert written in (text, f"'{text}")
    assert written.lstrip()[:1] not in ("=", "+", "@")
