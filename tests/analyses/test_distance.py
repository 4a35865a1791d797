"""Linguistic distance."""

from itertools import product

import pytest

from switchrank.analyses.distance import SOURCE, distance
from switchrank.languages import LANGUAGES


def test_it_is_a_metric():
    for one, other, third in product(LANGUAGES, repeat=3):
        assert distance(one, other) == distance(other, one)
        assert (distance(one, other) == 0) == (one == other)
        assert distance(one, third) <= distance(one, other) + distance(other, third)


@pytest.mark.parametrize(
    ("near", "far"),
    [("de-nl", "de-it"), ("de-it", "de-ru"), ("de-ru", "ar-ru")],
)
def test_neighbours_are_nearer(near, far):
    assert distance(*near.split("-")) < distance(*far.split("-"))


def test_the_source_is_named():
    assert "WALS" in SOURCE and "ISO 15924" in SOURCE
