"""Checkpoints: what is restored, and what is refused."""

import math

import pytest
import torch
from safetensors.torch import save_file

from switchrank.errors import UserError
from switchrank.rankers.checkpoint import resume, write_checkpoint

LOG = [{"step": 1, "loss": 0.1 + 0.2, "dev_mrr": None}, {"step": 2, "loss": 1e-300, "dev_mrr": 0.75}]


def training(seed=0):
    """A small network and its optimiser."""
    torch.manual_seed(seed)
    network = torch.nn.Linear(3, 1)
    return network, torch.optim.AdamW(network.parameters(), lr=0.1)


def step(network, optimizer):
    optimizer.zero_grad()
    network(torch.tensor([[1.0, -2.0, 3.0]])).square().sum().backward()
    optimizer.step()


def weights(network):
    return torch.cat([value.flatten() for value in network.state_dict().values()])


@pytest.fixture
def saved(tmp_path):
    """A checkpoint after two steps, with its network and optimiser."""
    path = tmp_path / "made" / "checkpoint.safetensors"
    network, optimizer = training()
    for _ in LOG:
        step(network, optimizer)
    write_checkpoint(path, "one", LOG, network, optimizer)
    return path, network, optimizer


def test_a_training_goes_on_as_if_it_had_not_stopped(saved):
    path, network, optimizer = saved
    other, its_optimizer = training(seed=1)
    assert resume(path, "one", other, its_optimizer) == LOG
    for _ in range(3):
        assert torch.equal(weights(network), weights(other))
        step(network, optimizer)
        step(other, its_optimizer)


def test_nothing_else_lies_beside_it(saved):
    path, *_ = saved
    assert list(path.parent.iterdir()) == [path]


def test_a_later_one_replaces_it(saved):
    path, network, optimizer = saved
    step(network, optimizer)
    write_checkpoint(path, "one", [*LOG, LOG[0]], network, optimizer)
    other, its_optimizer = training(seed=1)
    assert len(resume(path, "one", other, its_optimizer)) == 3
    assert torch.equal(weights(network), weights(other))


def test_a_loss_that_is_no_number_is_kept(tmp_path):
    write_checkpoint(tmp_path / "c", "one", [{"step": 1, "loss": math.nan, "dev_mrr": None}], *training())
    assert math.isnan(resume(tmp_path / "c", "one", *training())[0]["loss"])


def test_without_a_file_a_training_starts_from_nothing(tmp_path):
    network, optimizer = training()
    before = weights(network)
    assert resume(tmp_path / "c", "one", network, optimizer) == []
    assert torch.equal(weights(network), before)


def test_a_file_of_another_training_is_left_alone(saved):
    path, *_ = saved
    network, optimizer = training(seed=1)
    before = weights(network)
    assert resume(path, "two", network, optimizer) == []
    assert torch.equal(weights(network), before) and not optimizer.state_dict()["state"]


@pytest.mark.parametrize("keep", [0, 4, 100, -1])
def test_a_file_that_was_cut_off_is_named(saved, keep):
    path, *_ = saved
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(UserError, match=rf"{path.name}: damaged \(.*\): remove it") as error:
        resume(path, "one", *training())
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "metadata", [None, {"identity": "one"}, {"log": "[]"}, {"identity": "one", "log": "{"}]
)
def test_a_file_that_lacks_what_belongs_to_it_is_named(tmp_path, metadata):
    save_file({"network.weight": torch.zeros(1, 3)}, tmp_path / "c", metadata=metadata)
    with pytest.raises(UserError, match=r"c: damaged \(.*\): remove it"):
        resume(tmp_path / "c", "one", *training())
