"""Numbers are read as people in Sweden type them, and kept exactly."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questions.core.numbers import LARGEST, NotANumber, TooFine, read_number, tidy


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12", "12"),
        (" 3,5 ", "3.5"),
        ("3.5", "3.5"),
        ("1 250", "1250"),
        ("1\u00a0250,25", "1250.25"),
        ("−4", "-4"),
        ("+7", "7"),
        (",5", "0.5"),
        ("٣", "3"),
        ("٣٫٥", "3.5"),
        ("-0", "0"),
        ("100", "100"),
        ("99999999999", "99999999999"),
    ],
)
def test_a_number_is_read_as_it_is_typed(typed, value):
    assert read_number(typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["", " ", "tolv", "1,2,3", "1.000.000", "1e5", "NaN", "inf", "--1", "²", "9" * 50])
def test_what_is_no_number_is_told_so(typed):
    with pytest.raises(NotANumber):
        read_number(typed)


def test_a_number_that_is_too_large_or_too_fine_is_refused():
    with pytest.raises(NotANumber):
        read_number(str(LARGEST + 1))
    with pytest.raises(TooFine):
        read_number("0,12345")


@given(st.decimals(-LARGEST, LARGEST, places=4))
def test_every_number_that_can_be_kept_is_read_back(value):
    assert read_number(str(value)) == value
    assert read_number(str(value).replace(".", ",")) == value


@given(st.text(max_size=60))
def test_nothing_that_is_typed_breaks_the_reading(typed):
    with contextlib.suppress(NotANumber, TooFine):
        assert abs(read_number(typed)) <= LARGEST


def test_a_whole_number_is_tidied_to_one():
    assert (tidy(Decimal("3.0000")), type(tidy(Decimal("3.0000")))) == (3, int)
    assert str(tidy(Decimal("3.5000"))) == "3.5"
