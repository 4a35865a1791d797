"""Checkpoints of a training: weights, optimiser and learning curve in one safetensors file."""

import json
import logging
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import nn

from switchrank.errors import UserError
from switchrank.files import atomic


class Checkpoint:
    """A file that a killed training goes on from.

    Args:
        path: the file; it need not exist.
        identity: says what is trained, and on what; a file of another training is not gone on from.
        network, optimizer: what is saved and restored, in place. Learning rates are not: the training sets
            them at every step.
    """

    def __init__(self, path: Path, identity: str, network: nn.Module, optimizer: torch.optim.Optimizer):
        self.path, self._identity, self._network, self._optimizer = path, identity, network, optimizer

    def save(self, log: list[dict[str, Any]]) -> None:
        """Write the state after len(log) steps."""
        tensors = {f"network.{name}": value for name, value in self._network.state_dict().items()}
        for index, state in self._optimizer.state_dict()["state"].items():
            tensors |= {f"optimizer.{index}.{name}": value for name, value in state.items()}
        with atomic(self.path) as aside:
            save_file(tensors, aside, metadata={"identity": self._identity, "log": json.dumps(log)})

    def resume(self) -> list[dict[str, Any]]:
        """Restore the state, if there is a file of this training.

        Returns:
            the log of the steps that were done, or an empty one.

        Raises:
            UserError: the file is no checkpoint.
        """
        if not self.path.exists():
            return []
        try:
            with safe_open(self.path, framework="pt") as archive:
                metadata = archive.metadata()
                tensors = {name: archive.get_tensor(name) for name in archive.keys()}  # noqa: SIM118
            identity, log = metadata["identity"], json.loads(metadata["log"])
        except (KeyError, TypeError, SafetensorError, json.JSONDecodeError) as error:
            raise UserError(f"{self.path}: found {error}, expected a checkpoint; remove the file") from None
        if identity != self._identity:
            logging.info("%s is of another training: starting anew", self.path)
            return []
        logging.info("going on after step %d of %s", len(log), self.path)
        self._network.load_state_dict(_under(tensors, "network."))
        state: dict[int, dict[str, torch.Tensor]] = {}
        for name, value in _under(tensors, "optimizer.").items():
            index, _, key = name.partition(".")
            state.setdefault(int(index), {})[key] = value
        self._optimizer.load_state_dict({**self._optimizer.state_dict(), "state": state})
        return log


def _under(tensors: dict[str, torch.Tensor], prefix: str) -> dict[str, torch.Tensor]:
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}
