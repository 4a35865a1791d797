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
from switchrank.rankers.checkpoint import Checkpoint
from switchrank.rankers.kernel_network import Network, Texts

_SCALED_ON = 256  # instances that the features are scaled on
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
    """Train a network, in place, by cross-entropy over each positive and its negatives.

    Args:
        network: as it is before it is initialised.
        texts: what the rows refer to.
        settings: see kernel.Settings.
        queries: rows of the queries [epochs, instances].
        passages: rows of the passages, the positive first [epochs, instances, passages].
        seed, checkpoint, evaluate: see Ranker.fit.

    Returns:
        see Ranker.fit.

    Raises:
        UserError: there are several epochs, but fewer than the steps go through.
    """
    indices, mask = texts.tokens(np.unique(passages[0, :, 0]))
    network.initialise(texts.contextual(indices[mask]))
    sample = np.random.default_rng(0).permutation(queries.shape[1])[:_SCALED_ON]
    network.scale(texts, *_flat(queries[0, sample], passages[0, sample]))
    _check_epochs(settings, *queries.shape)
    optimizer = _optimizer(network, settings)
    identity = f"{settings} seed {seed} {_digest(network, texts, queries, passages)}"
    state = Checkpoint(checkpoint, identity, network, optimizer)
    log = state.resume()
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
            state.save(log)
    return pd.DataFrame(log, columns=["step", "loss", "dev_mrr"]).astype({"dev_mrr": float})


def _check_epochs(settings: Any, epochs: int, instances: int) -> None:
    wanted = -(-settings.steps * settings.batch // instances)
    if 1 < epochs < wanted:
        raise UserError(
            f"training data: found texts for {epochs} epochs, expected {wanted} for "
            f"{settings.steps} steps of {settings.batch} instances"
        )


def _digest(network: Network, texts: Texts, queries: np.ndarray, passages: np.ndarray) -> str:
    """Of what is trained on."""
    digest = hashlib.sha256(queries.tobytes() + passages.tobytes())
    for tensor in (texts.pieces, texts.sentences, network.idf):
        digest.update(tensor.numpy().tobytes())
    return digest.hexdigest()


def _optimizer(network: Network, settings: Any) -> torch.optim.Optimizer:
    projection = [network.projection]
    others = [value for name, value in network.named_parameters() if name != "projection"]
    return torch.optim.Adam(
        [
            {"params": projection, "peak": settings.projection_learning_rate},
            {"params": others, "peak": settings.learning_rate},
        ]
    )


def _flat(queries: np.ndarray, passages: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows of query [instances] and passages [instances, passages] → of both [instances × passages]."""
    return np.repeat(queries, passages.shape[-1]), passages.ravel()


def _batch(shape: tuple[int, int], size: int, step: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Epoch and instance of what a step is trained on.

    Each epoch has its own order, and a batch may reach into the next epoch. Where the data have several
    epochs, each is read in its turn; of one, every epoch reads the same texts.
    """
    epochs, instances = shape
    epoch, place = np.divmod(np.arange(step * size, (step + 1) * size), instances)
    orders = {number: np.random.default_rng([seed, number]).permutation(instances) for number in set(epoch)}
    chosen = [orders[number][at] for number, at in zip(epoch, place, strict=True)]
    return epoch % epochs, np.array(chosen)
