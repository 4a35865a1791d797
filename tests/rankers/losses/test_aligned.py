"""The loss that draws switched queries to their sources."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from switchrank.rankers.losses.aligned import Aligned
from switchrank.rankers.losses.base import LOSSES, Twins
from switchrank.rankers.losses.bce import BinaryCrossEntropy

SCORES = torch.tensor([[1.0, -1.0], [0.5, 2.0], [0.0, 0.0]])
SOURCES = torch.tensor([[1.0, 0.0], [0.0, 2.0], [-3.0, 0.0]])


def of_twins(switched, sources=SOURCES):
    """What the loss has beside binary cross-entropy."""
    scores = SCORES[: len(switched)]
    return (Aligned()(scores, Twins(switched, sources)) - BinaryCrossEntropy()(scores)).item()


def test_it_is_known_by_its_name():
    assert LOSSES["aligned"] is Aligned and Aligned.needs_twins


def test_the_value_by_hand():
    """Cosines over a temperature of .05, and a softmax over the sources of the batch."""
    switched = torch.tensor([[3.0, 4.0], [0.0, 1.0], [-2.0, 0.0]])
    cosines = [[0.6, 0.8, -0.6], [0.0, 1.0, 0.0], [-1.0, 0.0, 1.0]]
    terms = [
        math.log(sum(math.exp(cosine / 0.05) for cosine in row)) - row[own] / 0.05
        for own, row in enumerate(cosines)
    ]
    assert of_twins(switched) == pytest.approx(sum(terms) / 3, rel=1e-4)


def test_a_query_nearer_to_its_source_has_a_lower_loss():
    near, far = SOURCES + 0.1, SOURCES[[1, 2, 0]]
    assert of_twins(SOURCES) <= of_twins(near) < of_twins(far)


def test_its_gradient_draws_twins_together():
    chance = torch.Generator().manual_seed(0)
    switched, sources = (torch.randn(6, 8, generator=chance).requires_grad_() for _ in range(2))
    optimizer = torch.optim.SGD([switched, sources], lr=0.2)
    scores = torch.zeros(6, 5)

    def cosine():
        return torch.nn.functional.cosine_similarity(switched, sources).mean().item()

    before = cosine()
    for _ in range(30):
        optimizer.zero_grad()
        Aligned()(scores, Twins(switched, sources)).backward()
        optimizer.step()
    assert cosine() > before + 0.3


def test_of_one_query_alone_there_is_nothing_to_tell_apart():
    assert of_twins(SOURCES[:1], SOURCES[1:2]) == pytest.approx(0, abs=1e-6)


@given(st.permutations(range(3)), st.floats(0.1, 10))
def test_neither_the_order_of_instances_nor_the_length_of_vectors_matters(order, length):
    switched = SOURCES + torch.tensor([0.3, 0.6])
    order = list(order)
    turned = of_twins(switched[order] * length, SOURCES[order])
    assert of_twins(switched) == pytest.approx(turned, rel=1e-3, abs=1e-5)


def test_the_order_of_negatives_does_not_matter():
    scores, twins = torch.tensor([[1.0, -1.0, 0.5]]), Twins(SOURCES[:1], SOURCES[:1])
    assert Aligned()(scores, twins).item() == pytest.approx(Aligned()(scores[:, [0, 2, 1]], twins).item())


def test_vectors_in_half_precision_are_compared_in_single():
    switched = (SOURCES + 0.3).bfloat16()
    assert of_twins(switched) == pytest.approx(of_twins(switched.float()), rel=1e-6)
