"""Checkpoints of a training: weights, optimiser and learning curve in one safetensors file."""

import json
import logging
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from safetensors.torch import save_file

from switchrank.files import atomic, reading


def write_checkpoint(
    path: Path,
    identity: str,
    log: list[dict[str, Any]],
    network: torch.nn.Module,
    optimizer: torch.optim.Optimizer,
) -> None:
    """Write the state after len(log) steps; `identity` says what is trained, and on what."""
    tensors = {f"network.{name}": value for name, value in network.state_dict().items()}
    for index, state in optimizer.state_dict()["state"].items():
        tensors |= {f"optimizer.{index}.{name}": value for name, value in state.items()}
    with atomic(path) as aside:
        save_file(tensors, aside, metadata={"identity": identity, "log": json.dumps(log)})


def resume(
    path: Path, identity: str, network: torch.nn.Module, optimizer: torch.optim.Optimizer
) -> list[dict[str, Any]]:
    """Restore the state in place, if the file is of this training → log of the steps done.

    Learning rates are not restored: the training sets them at every step.

    Raises:
        UserError: the file is no checkpoint.
    """
    if not path.exists():
        return []
    with reading(path):
        with safe_open(path, framework="pt") as archive:
            metadata = archive.metadata()
            tensors = {name: archive.get_tensor(name) for name in archive.keys()}  # noqa: SIM118
        found, log = metadata["identity"], json.loads(metadata["log"])
    if found != identity:
        logging.info("%s is of another training: starting over", path)
        return []
    logging.info("resuming after step %d of %s", len(log), path)
    weights, states = {}, {}
    for name, tensor in tensors.items():
        part, _, key = name.partition(".")
        if part == "network":
            weights[key] = tensor
        else:
            index, _, key = key.partition(".")
            states.setdefault(int(index), {})[key] = tensor
    with reading(path):
        network.load_state_dict(weights)
        optimizer.load_state_dict(optimizer.state_dict() | {"state": states})
    return log
