"""Cross-entropy over a positive and its negatives by hand."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from switchrank.rankers.losses.base import LOSSES
from switchrank.rankers.losses.softmax import Softmax

SCORES = st.lists(st.floats(-8, 8), min_size=5, max_size=5)


def loss(*scores):
    return Softmax()(torch.tensor(scores)).item()


def test_it_is_known_by_its_name():
    assert LOSSES["softmax"] is Softmax and not Softmax.needs_twins


@given(st.lists(SCORES, min_size=1, max_size=4))
def test_the_positive_is_one_among_the_passages_of_its_instance(scores):
    terms = [math.log(sum(math.exp(score) for score in own)) - own[0] for own in scores]
    assert loss(*scores) == pytest.approx(sum(terms) / len(terms), rel=1e-3, abs=1e-4)


@given(SCORES, st.permutations(range(1, 5)))
def test_the_order_of_negatives_does_not_matter(scores, order):
    assert loss(scores) == pytest.approx(loss([scores[number] for number in (0, *order)]), rel=1e-5, abs=1e-6)


@given(SCORES, st.floats(-5, 5))
def test_only_differences_within_an_instance_count(scores, more):
    assert loss(scores) == pytest.approx(loss([score + more for score in scores]), rel=1e-3, abs=1e-4)
