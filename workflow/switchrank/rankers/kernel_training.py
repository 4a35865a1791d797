"""Training of the kernel ranker's network; see kernel."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import torch
import torch.nn.functional as F

from switchrank.errors import UserError
from switchrank.rankers.checkpoint import resume, write_checkpoint
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
