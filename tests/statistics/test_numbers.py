"""Figures as people read them."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchrank.statistics.numbers import brief, number, ratio

FIGURES = st.floats(-1000, 1000) | st.sampled_from([0.0, -0.0, -0.004, 0.004, -0.05, 1e-300, -1e-300])
DECIMALS = st.integers(0, 4)


@given(FIGURES, DECIMALS, st.booleans())
def test_a_number_has_its_decimals_and_the_sign_that_it_is_written_with(value, decimals, sign):
    text = number(value, decimals, sign)
    assert re.fullmatch(r"[+−]?\d+" + (rf"\.\d{{{decimals}}}" if decimals else ""), text)
    written = float(text.replace("−", "-"))
    assert abs(written - value) <= 0.5000001 * 10**-decimals
    assert text.startswith("−") == (written < 0)
    assert text.startswith("+") == (sign and written > 0)


@given(FIGURES, st.integers(1, 6))
def test_a_brief_number_is_what_it_is_to_so_many_digits(value, digits):
    text = brief(value, digits)
    assert "-" not in text and text != "−0"
    assert float(text.replace("−", "-")) == pytest.approx(value, rel=10 ** (1 - digits))


@given(st.floats(0, 1000))
def test_a_ratio_has_no_sign(value):
    assert re.fullmatch(r"\d+\.\d\d", ratio(value))


def test_what_is_missing_is_a_dash():
    for missing in (None, math.nan):
        assert number(missing) == number(missing, 2, sign=True) == brief(missing) == ratio(missing) == "–"
    assert ratio(math.inf) == "–"


def test_examples():
    assert (number(-0.04, sign=True), number(-0.06, sign=True), number(-0.04)) == ("0.0", "−0.1", "0.0")
    assert (number(-0.004, 2, sign=True), number(1, 2, sign=True)) == ("0.00", "+1.00")
    assert (ratio(1), brief(-2.0), brief(0.5)) == ("1.00", "−2", "0.5")
