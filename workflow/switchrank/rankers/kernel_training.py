"""Training of the kernel ranker's network, and the checkpoints that it is resumed from; see kernel."""

import hashlib
import logging
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import torch
import torch.nn.functional as F

from switchrank.errors import UserError
from switchrank.files import atomic
from switchrank.rankers.kernel_network import Network, Texts

_STANDARDISED_ON = 256  # instances
_WARM_UP, _CHECKPOINT_EVERY, _EVALUATE_EVERY = 20, 50, 25  # steps


def train(
    network: Network,
    texts: Texts,
    settings: Any,
    queries: np.ndarray,
    passages: np.ndarray,
    seed: int,
    checkpoint: Path,
    evaluate: Callable[[], float],
) -> pd.DataFrame:
    """Train a new network, in place, by cross-entropy over each positive and its negatives; see Ranker.fit.

    `queries` are rows of `texts`, [epochs, instances], and `passages` those of [epochs, instances, passages],
    the positive first. `settings` are kernel.Settings.

    Raises:
        UserError: there are several epochs, but fewer than the steps go through; or the checkpoint is none.
    """
    epochs, instances = queries.shape
    wanted = -(-settings.steps * settings.batch // instances)
    if 1 < epochs < wanted:
        raise UserError(
            f"training data: found texts for {epochs} epochs, expected {wanted} for "
            f"{settings.steps} steps of {settings.batch} instances"
        )
    tokens, mask = texts.tokens(np.unique(passages[0, :, 0]))
    network.initialise(texts.contextual[tokens[mask]].float())
    sample = np.random.default_rng(0).permutation(instances)[:_STANDARDISED_ON]
    network.standardise(texts, *_flat(queries[0, sample], passages[0, sample]))
    others = [value for name, value in network.named_parameters() if name != "projection"]
    projection = {"params": [network.projection], "peak": settings.projection_learning_rate}
    optimizer = torch.optim.Adam([projection, {"params": others, "peak": settings.learning_rate}])
    identity = f"{settings} seed {seed} {_digest(network, texts, queries, passages)}"
    log = resume(checkpoint, identity, network, optimizer)
    for step in range(len(log), settings.steps):
        pace = min(1, (step + 1) / _WARM_UP) * (1 - step / settings.steps)
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * pace
        chosen = _batch(queries.shape, settings.batch, step, seed)
        rows = _flat(queries[chosen], passages[chosen])
        scores = network(texts, *rows).view(-1, passages.shape[-1])
        loss = F.cross_entropy(scores, torch.zeros(len(scores), dtype=torch.long))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        done = step + 1
        evaluated = done % _EVALUATE_EVERY == 0 or done == settings.steps
        log.append({"step": done, "loss": loss.item(), "dev_mrr": evaluate() if evaluated else None})
        if done % _CHECKPOINT_EVERY == 0:
            write_checkpoint(checkpoint, identity, log, network, optimizer)
    return pd.DataFrame(log, columns=["step", "loss", "dev_mrr"]).astype({"dev_mrr": float})


def write_checkpoint(
    path: Path,
    identity: str,
    log: list[dict[str, Any]],
    network: torch.nn.Module,
    optimizer: torch.optim.Optimizer,
) -> None:
    """Write the state after len(log) steps; `identity` says what is trained, and on what."""
    states = {"network": network.state_dict(), "optimizer": optimizer.state_dict()}
    with atomic(path) as aside:
        torch.save({"identity": identity, "log": log, **states}, aside)


def resume(
    path: Path, identity: str, network: torch.nn.Module, optimizer: torch.optim.Optimizer
) -> list[dict[str, Any]]:
    """Restore the state in place, if the file is of this training → log of the steps done.

    Raises:
        UserError: the file is no checkpoint.
    """
    if not path.exists():
        return []
    try:
        state = torch.load(path, weights_only=True)
        found, log = state["identity"], state["log"]
    except (LookupError, TypeError, OSError, EOFError, RuntimeError, pickle.UnpicklingError) as error:
        cause = str(error).partition("\n")[0]
        raise UserError(f"{path}: found {cause}, expected a checkpoint; remove the file") from None
    if found != identity:
        logging.info("%s is of another training: starting over", path)
        return []
    logging.info("resuming after step %d of %s", len(log), path)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    return log


def _digest(network: Network, texts: Texts, queries: np.ndarray, passages: np.ndarray) -> str:
    digest = hashlib.sha256(queries.tobytes() + passages.tobytes())
    for tensor in (texts.pieces, texts.sentences, network.idf):
        digest.update(tensor.numpy().tobytes())
    return digest.hexdigest()


def _flat(queries: np.ndarray, passages: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows of queries [instances] and passages [instances, passages] → of both [instances × passages]."""
    return np.repeat(queries, passages.shape[-1]), passages.ravel()


def _batch(shape: tuple[int, int], size: int, step: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Epoch and instance of each item of a step's batch.

    Each epoch has its own order, and a batch may reach into the next epoch. Where the data have several
    epochs, each is read in its turn; of one, every epoch reads the same texts.
    """
    epochs, instances = shape
    epoch, position = np.divmod(np.arange(step * size, (step + 1) * size), instances)
    orders = {number: np.random.default_rng([seed, number]).permutation(instances) for number in set(epoch)}
    chosen = [orders[number][at] for number, at in zip(epoch, position, strict=True)]
    return epoch % epochs, np.array(chosen)
