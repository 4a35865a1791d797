"""Binary cross-entropy by hand."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from switchrank.rankers.losses.base import LOSSES
from switchrank.rankers.losses.bce import BinaryCrossEntropy

SCORES = st.lists(st.floats(-8, 8), min_size=5, max_size=5)


def sigmoid(score):
    return 1 / (1 + math.exp(-score))


def test_it_is_known_by_its_name():
    assert LOSSES["bce"] is BinaryCrossEntropy and not BinaryCrossEntropy.needs_twins


@given(st.lists(SCORES, min_size=1, max_size=4))
def test_each_passage_counts_by_itself(scores):
    terms = [-math.log(sigmoid(positive)) for positive, *_ in scores]
    terms += [-math.log(1 - sigmoid(score)) for _, *negatives in scores for score in negatives]
    found = BinaryCrossEntropy()(torch.tensor(scores)).item()
    assert found == pytest.approx(sum(terms) / len(terms), rel=1e-3, abs=1e-6)


@given(SCORES, st.permutations(range(1, 5)))
def test_the_order_of_negatives_does_not_matter(scores, order):
    scores = torch.tensor([scores])
    turned = BinaryCrossEntropy()(scores[:, [0, *order]])
    assert BinaryCrossEntropy()(scores).item() == pytest.approx(turned.item(), rel=1e-5)


def test_extreme_scores_have_a_finite_loss():
    assert BinaryCrossEntropy()(torch.tensor([[-500.0, 500.0]])).item() == pytest.approx(500)
    assert BinaryCrossEntropy()(torch.tensor([[500.0, -500.0]])).item() == pytest.approx(0)
