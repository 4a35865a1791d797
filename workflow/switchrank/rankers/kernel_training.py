"""Training of the kernel ranker's network; see kernel."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import torch
import torch.nn.functional as F

from switchrank.rankers.checkpoint import resume, write_checkpoint
from switchrank.rankers.instances import batch_of, check_epochs, learning_curve
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
    evaluate: Callable[[], Mapping[str, float]],
) -> pd.DataFrame:
    """Train a new network, in place, by cross-entropy over each positive and its negatives; see Ranker.fit.

    `queries` are rows of `texts`, [epochs, instances], and `passages` those of [epochs, instances, passages],
    the positive first. `settings` are kernel.Settings.

    Raises:
        UserError: there are several epochs, but fewer than the steps go through; or the checkpoint is none.
    """
    epochs, instances = queries.shape
    check_epochs(epochs, instances, settings.steps, settings.batch)
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
        chosen = batch_of(step, settings.batch, queries.shape, seed)
        rows = _flat(queries[chosen], passages[chosen])
        scores = network(texts, *rows).view(-1, passages.shape[-1])
        loss = F.cross_entropy(scores, torch.zeros(len(scores), dtype=torch.long))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        done = step + 1
        evaluated = done % _EVALUATE_EVERY == 0 or done == settings.steps
        log.append({"step": done, "loss": loss.item(), **(evaluate() if evaluated else {})})
        if done % _CHECKPOINT_EVERY == 0:
            write_checkpoint(checkpoint, identity, log, network, optimizer)
    return learning_curve(log)


def _digest(network: Network, texts: Texts, queries: np.ndarray, passages: np.ndarray) -> str:
    digest = hashlib.sha256(queries.tobytes() + passages.tobytes())
    for tensor in (texts.pieces, texts.sentences, network.idf):
        digest.update(tensor.numpy().tobytes())
    return digest.hexdigest()


def _flat(queries: np.ndarray, passages: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows of queries [instances] and passages [instances, passages] → of both [instances × passages]."""
    return np.repeat(queries, passages.shape[-1]), passages.ravel()
