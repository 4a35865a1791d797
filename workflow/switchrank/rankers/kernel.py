"""The kernel ranker: K-NRM (Xiong et al., SIGIR 2017) over the frozen encoder's contextual token vectors.

Two token vectors are compared by cosine after a learned projection. Gaussian kernels count, softly, how many
passage tokens lie at each similarity of a query token; a learned gate says how much that query token matters.
To K-NRM's kernels come three features: the best match of each query token, the share of the query's pieces
(weighted by IDF) that stand in the passage as they are, and the cosine of the frozen sentence vectors.
A linear layer adds it all up, each feature scaled to what it is on the training data before training. The
ranker never sees the scores of the first stage.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd
import torch
import torch.nn.functional as F
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from switchrank.encoders.encodings import Encodings
from switchrank.errors import UserError
from switchrank.files import atomic, read_json, write_json
from switchrank.rankers.checkpoint import Checkpoint
from switchrank.rankers.kernel_network import Network, Texts

_PAIRS_AT_ONCE = 2048
_SCALED_ON = 256  # instances that the features are scaled on
_WARM_UP, _CHECKPOINT_EVERY, _EVALUATE_EVERY = 20, 50, 25  # steps


@dataclass(frozen=True)
class KernelConfig:
    """Hyperparameters.

    Attributes:
        dimension: of the projected token vectors.
        steps: of the optimiser; the last one is the model. 0 leaves the ranker untrained.
        batch: instances (one positive and its negatives) in a step.
        learning_rate: the peak, of gate and linear layer; a short warm-up, then down to 0 in a line.
        projection_learning_rate: the same of the projection.
    """

    dimension: int = 128
    steps: int = 200
    batch: int = 64
    learning_rate: float = 0.003
    projection_learning_rate: float = 0.001


class KernelRanker:
    """A Ranker (see base) over texts that are encoded beforehand.

    Args:
        config: hyperparameters.
        encodings: holds every text that is trained on or scored.
        idf: float32 [pieces], inverse document frequency of each SentencePiece id; see idf.piece_idf.
    """

    def __init__(self, config: KernelConfig, encodings: Encodings, idf: np.ndarray):
        self.config = config
        self._texts = Texts(encodings)
        self._network = Network(self._texts.width, config.dimension, torch.tensor(idf))

    def fit(
        self, pairs: pd.DataFrame, seed: int, checkpoint: Path, evaluate: Callable[[], float]
    ) -> pd.DataFrame:
        """Train by cross-entropy over each positive and its negatives; see Ranker.fit."""
        queries, passages = _instances(pairs, self._texts.rows)
        indices, there = self._texts.tokens(np.unique(passages[0, :, 0]))
        self._network.initialise(self._texts.contextual(indices[there]))
        sample = np.random.default_rng(0).permutation(queries.shape[1])[:_SCALED_ON]
        self._network.scale(self._texts, *_pairs(queries[0, sample], passages[0, sample]))
        self._check_epochs(*queries.shape)
        optimizer = self._optimizer()
        identity = f"{self.config} seed {seed} {self._digest(queries, passages)}"
        state = Checkpoint(checkpoint, identity, self._network, optimizer)
        log = state.resume()
        for step in range(len(log), self.config.steps):
            pace = min(1, (step + 1) / _WARM_UP) * (1 - step / self.config.steps)
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * pace
            chosen = _batch(queries.shape, self.config.batch, step, seed)
            asked = _pairs(queries[chosen], passages[chosen])
            scores = self._network(self._texts, *asked).view(-1, passages.shape[-1])
            loss = F.cross_entropy(scores, torch.zeros(len(scores), dtype=torch.long))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            done = step + 1
            evaluated = done % _EVALUATE_EVERY == 0 or done == self.config.steps
            log.append({"step": done, "loss": loss.item(), "dev_mrr": evaluate() if evaluated else None})
            if done % _CHECKPOINT_EVERY == 0:
                state.save(log)
        return pd.DataFrame(log, columns=["step", "loss", "dev_mrr"]).astype({"dev_mrr": float})

    @torch.inference_mode()
    def score(self, pairs: pd.DataFrame) -> np.ndarray:
        """Score pairs of texts; see Ranker.score."""
        if pairs.empty:
            return np.empty(0, dtype=np.float32)
        queries, passages = (self._texts.rows(pairs[side]) for side in ("query", "passage"))
        projected = self._network.project(self._texts, np.concatenate([queries, passages]))
        alike_in_length = np.lexsort((self._texts.lengths(queries), self._texts.lengths(passages)))
        scores = np.empty(len(pairs), dtype=np.float32)
        for chunk in _chunks(alike_in_length):  # so that little is padded
            scores[chunk] = self._network(self._texts, queries[chunk], passages[chunk], projected).numpy()
        return scores

    def _check_epochs(self, epochs: int, instances: int) -> None:
        wanted = -(-self.config.steps * self.config.batch // instances)
        if 1 < epochs < wanted:
            raise UserError(
                f"training data: found texts for {epochs} epochs, expected {wanted} for "
                f"{self.config.steps} steps of {self.config.batch} instances"
            )

    def _digest(self, queries: np.ndarray, passages: np.ndarray) -> str:
        """Of what is trained on."""
        digest = hashlib.sha256(queries.tobytes() + passages.tobytes())
        for tensor in (self._texts.pieces, self._texts.sentences, self._network.idf):
            digest.update(tensor.numpy().tobytes())
        return digest.hexdigest()

    def _optimizer(self) -> torch.optim.Optimizer:
        projection = [self._network.projection]
        others = [value for name, value in self._network.named_parameters() if name != "projection"]
        return torch.optim.Adam(
            [
                {"params": projection, "peak": self.config.projection_learning_rate},
                {"params": others, "peak": self.config.learning_rate},
            ]
        )

    def save(self, folder: Path) -> None:
        """Write model.safetensors and config.json into `folder`."""
        with atomic(folder / "model.safetensors") as aside:
            save_file(self._network.state_dict(), aside)
        write_json(folder / "config.json", asdict(self.config))

    @classmethod
    def load(cls, folder: Path, *resources: Any) -> Self:
        """Read what `save` wrote; `resources` are the encodings of the texts to score."""
        (encodings,) = resources
        path = folder / "model.safetensors"
        try:
            config = KernelConfig(**read_json(folder / "config.json"))
            weights = load_file(path)
            ranker = cls(config, encodings, weights["idf"].numpy())
            ranker._network.load_state_dict(weights)
        except FileNotFoundError as error:
            raise UserError(f"{error.filename or path}: not found, expected a saved kernel ranker") from None
        except (KeyError, TypeError, RuntimeError, SafetensorError, json.JSONDecodeError) as error:
            raise UserError(f"{path}: no saved kernel ranker: {str(error).splitlines()[0]}") from None
        return ranker


def _instances(
    pairs: pd.DataFrame, rows: Callable[[Collection[str]], np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the query [epochs, instances] and of the passages, the positive first [..., passages]."""
    ordered = pairs.sort_values(["epoch", "instance", "label"], ascending=[True, True, False], kind="stable")
    epochs, instances = (ordered[column].nunique() for column in ("epoch", "instance"))
    passages = rows(ordered["passage"]).reshape(epochs, instances, -1)
    return rows(ordered["query"]).reshape(passages.shape)[..., 0], passages


def _pairs(queries: np.ndarray, passages: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows of query [instances] and passages [instances, passages] → of both [instances × passages]."""
    return np.repeat(queries, passages.shape[-1]), passages.ravel()


def _batch(shape: tuple[int, int], size: int, step: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Epoch and instance of what a step is trained on.

    Each epoch has its own order, and a batch may reach into the next epoch. Where the data have several
    epochs, each is read in its turn; of one, every epoch reads the same texts.
    """
    epochs, instances = shape
    epoch, place = np.divmod(np.arange(step * size, (step + 1) * size), instances)
    orders = {one: np.random.default_rng([seed, one]).permutation(instances) for one in np.unique(epoch)}
    chosen = [orders[one][there] for one, there in zip(epoch, place, strict=True)]
    return epoch % epochs, np.array(chosen)


def _chunks(order: np.ndarray) -> Iterator[np.ndarray]:
    for start in range(0, len(order), _PAIRS_AT_ONCE):
        yield order[start : start + _PAIRS_AT_ONCE]
