"""Checkpoints: what is restored, and what is refused."""

import math

import pytest
import torch
from safetensors.torch import save_file

from switchrank.errors import UserError
from switchrank.rankers.checkpoint import Checkpoint

LOG = [{"step": 1, "loss": 0.1 + 0.2, "dev_mrr": None}, {"step": 2, "loss": 1e-300, "dev_mrr": 0.75}]


def training(path, identity="one", seed=0):
    """A small network, its optimiser and its checkpoint."""
    torch.manual_seed(seed)
    network = torch.nn.Linear(3, 1)
    optimizer = torch.optim.AdamW(network.parameters(), lr=0.1)
    return network, optimizer, Checkpoint(path, identity, network, optimizer)


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
    network, optimizer, checkpoint = training(path)
    for _ in LOG:
        step(network, optimizer)
    checkpoint.save(LOG)
    return path, network, optimizer


def test_a_training_goes_on_as_if_it_had_not_stopped(saved):
    path, network, optimizer = saved
    other, its_optimizer, checkpoint = training(path, seed=1)
    assert checkpoint.resume() == LOG
    for _ in range(3):
        assert torch.equal(weights(network), weights(other))
        step(network, optimizer)
        step(other, its_optimizer)


def test_nothing_else_lies_beside_it(saved):
    path, *_ = saved
    assert [own.name for own in path.parent.iterdir()] == [path.name]


def test_a_later_one_replaces_it(saved):
    path, network, optimizer = saved
    step(network, optimizer)
    Checkpoint(path, "one", network, optimizer).save([*LOG, LOG[0]])
    other, _, checkpoint = training(path, seed=1)
    assert len(checkpoint.resume()) == 3
    assert torch.equal(weights(network), weights(other))


def test_a_loss_that_is_no_number_is_kept(tmp_path):
    _, _, checkpoint = training(tmp_path / "c")
    checkpoint.save([{"step": 1, "loss": math.nan, "dev_mrr": None}])
    assert math.isnan(checkpoint.resume()[0]["loss"])


def test_without_a_file_a_training_begins_anew(tmp_path):
    network, _, checkpoint = training(tmp_path / "c")
    before = weights(network)
    assert checkpoint.resume() == []
    assert torch.equal(weights(network), before)


def test_a_file_of_another_training_is_left_alone(saved):
    path, *_ = saved
    network, optimizer, checkpoint = training(path, identity="two", seed=1)
    before = weights(network)
    assert checkpoint.resume() == []
    assert torch.equal(weights(network), before) and not optimizer.state_dict()["state"]


@pytest.mark.parametrize("keep", [0, 4, 100, -1])
def test_a_file_that_was_cut_off_is_named(saved, keep):
    path, *_ = saved
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(
        UserError, match=rf"{path.name}: found .*, expected a checkpoint; remove the file"
    ) as error:
        training(path)[2].resume()
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "metadata", [None, {"identity": "one"}, {"log": "[]"}, {"identity": "one", "log": "{"}]
)
def test_a_file_that_lacks_what_belongs_to_it_is_named(tmp_path, metadata):
    save_file({"network.weight": torch.zeros(1, 3)}, tmp_path / "c", metadata=metadata)
    with pytest.raises(UserError, match="expected a checkpoint"):
        training(tmp_path / "c")[2].resume()
