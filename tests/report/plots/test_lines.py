"""Labels beside points that lie close together."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from switchrank.report.plots.lines import apart

HEIGHTS = st.lists(st.floats(-100, 100), min_size=1, max_size=30)


@given(HEIGHTS, st.floats(0.1, 10))
def test_labels_keep_their_order_and_their_distance(heights, least):
    placed = apart(heights, least)
    order = sorted(range(len(heights)), key=lambda i: (heights[i], i))
    assert all(placed[upper] - placed[lower] >= least - 1e-6 for lower, upper in pairwise(order))


@given(st.lists(st.integers(-20, 20), unique=True, min_size=1))
def test_labels_that_are_apart_stay_where_they_are(heights):
    assert apart(heights, 0.5) == heights
