"""Figures with their intervals."""

import pytest

from switchrank.report.estimates import Estimate


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(0.1, 2, "above"), (-2, -0.1, "below"), (-1, 1, "level"), (0.0, 1, "level"), (-1, 0.0, "level")],
)
def test_a_verdict_needs_an_interval_clear_of_zero(low, high, verdict):
    assert Estimate((low + high) / 2, low, high).verdict == verdict


def test_the_other_side_of_a_difference_turns_its_interval():
    assert Estimate.of(0.25, (0.125, 0.5), -100) == Estimate(-25, -50, -12.5)
    assert Estimate(-25, -50, -12.5).text() == "−25.0 (−50.0 to −12.5)"
