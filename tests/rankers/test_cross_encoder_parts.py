"""Batches that are done in parts, as is said or where memory is short: the same gradient."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from tiny_trainings import STILL, trained, weights

from switchrank.errors import UserError
from switchrank.rankers.transformer import Transformer


@pytest.fixture
def gradients(monkeypatch):
    """The gradient of each step of the trainings that follow, as it is before it is clipped."""
    seen, clip = [], torch.nn.utils.clip_grad_norm_

    def watched(parameters, most):
        parameters = list(parameters)
        seen.append(torch.cat([value.grad.flatten() for value in parameters if value.grad is not None]))
        return clip(parameters, most)

    monkeypatch.setattr(torch.nn.utils, "clip_grad_norm_", watched)
    return seen


@pytest.mark.parametrize("loss", ["bce", "softmax"])
@pytest.mark.parametrize("batch", [4, 5])
def test_gradients_of_parts_add_up_to_that_of_the_batch(tiny, tmp_path, gradients, loss, batch):
    config = replace(STILL, steps=1, loss=loss, batch=batch)
    logs = [
        trained(tiny, tmp_path / "checkpoint", replace(config, accumulate=parts))[1] for parts in (1, 2, 3, 9)
    ]
    assert len(gradients) == 4 and gradients[0].abs().max() > 0.05
    for gradient, log in zip(gradients[1:], logs[1:], strict=True):
        torch.testing.assert_close(gradient, gradients[0], atol=1e-5, rtol=1e-4)
        assert log["loss"][0] == pytest.approx(logs[0]["loss"][0], rel=1e-5)


def test_negatives_that_are_not_wanted_are_not_read(bert, tmp_path, gradients):
    one = trained(bert, tmp_path / "checkpoint", replace(STILL, steps=1, negatives=1))[1]["loss"][0]
    four = trained(bert, tmp_path / "checkpoint", replace(STILL, steps=1, negatives=4))[1]["loss"][0]
    assert one != pytest.approx(four, rel=0.01)
    with pytest.raises(AssertionError):
        torch.testing.assert_close(*gradients)


def short_of_memory(monkeypatch, times, error):
    """Let the first passes through the network fail."""
    forward, failures = Transformer.forward, iter(range(times))

    def refusing(network, inputs):
        if next(failures, None) is not None:
            raise error
        return forward(network, inputs)

    monkeypatch.setattr(Transformer, "forward", refusing)


@pytest.mark.parametrize("error", [torch.OutOfMemoryError("CUDA out of memory"), MemoryError()])
def test_where_memory_is_short_a_batch_is_done_in_parts(bert, tmp_path, monkeypatch, error):
    log = trained(bert, tmp_path / "whole", STILL)[1]
    in_parts = trained(bert, tmp_path / "parts", replace(STILL, accumulate=4))[0]
    short_of_memory(monkeypatch, 2, error)
    network, short_log = trained(bert, tmp_path / "short", STILL)
    assert weights(network).equal(weights(in_parts))  # halved twice, and then so to the end
    np.testing.assert_allclose(short_log["loss"][:3], log["loss"][:3], rtol=1e-3)


def test_what_failed_for_want_of_memory_leaves_no_gradient(bert, tmp_path, monkeypatch, gradients):
    config = replace(STILL, steps=1, accumulate=2)
    trained(bert, tmp_path / "whole", config)
    forward, calls = Transformer.forward, iter(range(99))

    def refusing(network, inputs):
        if next(calls) == 1:  # when the first part is done
            raise MemoryError
        return forward(network, inputs)

    monkeypatch.setattr(Transformer, "forward", refusing)
    trained(bert, tmp_path / "short", config)
    torch.testing.assert_close(gradients[1], gradients[0], atol=1e-5, rtol=1e-4)


def test_too_little_memory_for_one_instance_is_one_line(bert, tmp_path, monkeypatch):
    short_of_memory(monkeypatch, 99, MemoryError())
    with pytest.raises(UserError, match=r"^training: found too little memory for one instance$"):
        trained(bert, tmp_path / "checkpoint")


def test_other_faults_are_not_taken_for_too_little_memory(bert, tmp_path, monkeypatch):
    short_of_memory(monkeypatch, 1, RuntimeError("index out of range"))
    with pytest.raises(RuntimeError, match="index out of range"):
        trained(bert, tmp_path / "checkpoint")
