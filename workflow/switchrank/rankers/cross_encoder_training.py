"""Training of the cross-encoder's network; see cross_encoder."""

import hashlib
import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import torch
from torch import Tensor
from tqdm import trange

from switchrank.errors import UserError
from switchrank.rankers import device
from switchrank.rankers.checkpoint import resume, write_checkpoint
from switchrank.rankers.device import Precision
from switchrank.rankers.instances import batch_of, check_epochs, learning_curve
from switchrank.rankers.losses.base import LOSSES, Twins
from switchrank.rankers.tokens import Tokens, batches
from switchrank.rankers.transformer import Transformer

# The paper warms up for 5,000 of its 200,000 steps; its released code decays as if there were 312,500.
_WARM_UP, _RELEASED = 5_000 / 200_000, 312_500 / 200_000
_MAX_NORM = 1.0  # of the gradient
_EVALUATIONS = 5  # on dev, evenly spread; the last one is of the model
_TOKENS_AT_ONCE = 2048  # in one pass through the network


def train(
    network: Transformer,
    tokens: Tokens,
    settings: Any,
    queries: np.ndarray,
    passages: np.ndarray,
    sources: np.ndarray,
    seed: int,
    precision: Precision,
    checkpoint: Path,
    evaluate: Callable[[], Mapping[str, float]],
) -> pd.DataFrame:
    """Train a network in place by AdamW; see Ranker.fit.

    Args:
        network: with all pieces of the texts in use; on the device that it is trained on.
        tokens: where the texts are.
        settings: cross_encoder.Settings.
        queries, sources: rows of `tokens`, [epochs, instances]: queries, and what they were before they were
            switched.
        passages: likewise, [epochs, instances, passages], the positive first.
        seed: of the order and of dropout.
        precision: of the passes through the network; weights are in single precision.
        checkpoint, evaluate: see Ranker.fit.

    Raises:
        UserError: there are several epochs, but fewer than the steps go through; the loss or its gradient is
            no number; the checkpoint is none; memory does not suffice for one instance.
    """
    check_epochs(*queries.shape, settings.steps, settings.batch)
    passages = passages[..., : 1 + settings.negatives]
    loss_of = LOSSES[settings.loss]()
    optimizer = _optimizer(network, settings)
    identity = f"{settings} {precision} seed {seed} {_digest(network, tokens, queries, passages, sources)}"
    log = resume(checkpoint, identity, network, optimizer)
    every = max(1, -(-settings.steps // _EVALUATIONS))
    parts = settings.accumulate
    for step in trange(len(log), settings.steps, desc="training", disable=None):
        for group in optimizer.param_groups:
            group["lr"] = settings.learning_rate * pace(
                step, settings.steps, settings.warm_up, settings.variant
            )
        chosen = batch_of(step, settings.batch, queries.shape, seed)
        rows = queries[chosen], passages[chosen], sources[chosen]
        loss, parts = _backward(network, tokens, loss_of, rows, precision, [seed, step], parts)
        norm = torch.nn.utils.clip_grad_norm_(network.parameters(), _MAX_NORM).item()
        if not (np.isfinite(loss) and np.isfinite(norm)):
            found = f"found a loss of {loss} and a gradient of {norm}, expected numbers"
            advice = "a lower learning_rate or a longer warm_up may help"
            raise UserError(f"training, step {step + 1}: {found}; {advice}")
        optimizer.step()
        optimizer.zero_grad()
        done = step + 1
        due = done % every == 0 or done == settings.steps
        log.append({"step": done, "loss": loss, **(evaluate() if due else {})})
        if due and done < settings.steps:
            write_checkpoint(checkpoint, identity, log, network, optimizer)
    return learning_curve(log)


def pace(step: int, steps: int, warm_up: int | None, variant: str) -> float:
    """The learning rate of a step, from 0, as a share of its peak: up in a line, then down in a line.

    It comes to 0 after the last step, with the variant "released" later; see the paper's appendix and code.
    """
    warm = max(1, round(steps * _WARM_UP) if warm_up is None else warm_up)
    last = steps * (_RELEASED if variant == "released" else 1)
    if step < warm:
        return (step + 1) / warm
    return max(0.0, (last - step) / max(1, last - warm))


def _optimizer(network: Transformer, settings: Any) -> torch.optim.Optimizer:
    """AdamW, without weight decay on biases and norms, which have one dimension."""
    trained = [value for value in network.parameters() if value.requires_grad]
    groups = [
        {"params": [value for value in trained if value.dim() > 1], "weight_decay": settings.weight_decay},
        {"params": [value for value in trained if value.dim() == 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW([group for group in groups if group["params"]], lr=settings.learning_rate)


def _backward(
    network: Transformer,
    tokens: Tokens,
    loss_of: Any,
    rows: tuple[np.ndarray, np.ndarray, np.ndarray],
    precision: Precision,
    seeds: list[int],
    parts: int,
) -> tuple[float, int]:
    """Add the gradient of a batch's loss, part by part → the loss, and how many parts there were.

    Where memory is short, it is done again in twice as many parts.
    """
    while True:
        network.train()
        torch.manual_seed(int(np.random.SeedSequence(seeds).generate_state(1)[0]))
        total, instances = 0.0, len(rows[0])
        try:
            for part in np.array_split(np.arange(instances), min(parts, instances)):
                loss = _loss(network, tokens, loss_of, *(of[part] for of in rows), precision)
                weighted = loss * (len(part) / instances)
                weighted.backward()
                total += weighted.item()
            return total, parts
        except (MemoryError, RuntimeError) as error:
            if not device.is_out_of_memory(error):
                raise
            if parts >= instances:
                raise UserError("training: found too little memory for one instance") from error
        network.zero_grad()
        parts *= 2
        logging.info("memory is short: a batch is done in %d parts", parts)
        torch.cuda.empty_cache()


def _loss(
    network: Transformer,
    tokens: Tokens,
    loss_of: Any,
    queries: np.ndarray,
    passages: np.ndarray,
    sources: np.ndarray,
    precision: Precision,
) -> Tensor:
    """The loss of some instances."""
    half = torch.autocast(network.model.device.type, torch.bfloat16, enabled=precision == "bf16")
    with half:
        flat = np.repeat(queries, passages.shape[1]), passages.ravel()
        together = list(batches(tokens.lengths(*flat), _TOKENS_AT_ONCE))
        made = [network(tokens.joined(*(rows[batch] for rows in flat))).float() for batch in together]
        scores = torch.cat(made)[np.argsort(np.concatenate(together))]
        twins = None
        if loss_of.needs_twins:
            twins = Twins(*(network.pooled(tokens.alone(texts)) for texts in (queries, sources)))
    return loss_of(scores.view(passages.shape), twins)


def _digest(network: Transformer, tokens: Tokens, *rows: np.ndarray) -> str:
    """Of the weights that a training starts from, and of what is read in it."""
    digest = hashlib.sha256(tokens.digest().encode())
    for name, weight in network.state_dict().items():
        digest.update(name.encode() + weight.cpu().numpy().tobytes())
    for of in rows:
        digest.update(of.tobytes())
    return digest.hexdigest()
