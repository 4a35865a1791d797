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
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd
import torch
import torch.nn.functional as F
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from switchrank.encodings import Encodings
from switchrank.errors import UserError
from switchrank.files import atomic, read_json, write_json
from switchrank.rankers.checkpoint import Checkpoint
from switchrank.rankers.kernel_network import Network, Texts

_QUERIES_AT_ONCE = 32
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
        query_texts, passage_texts = _instances(pairs)
        queries = self._texts.rows(query_texts)
        passages = np.stack([self._texts.rows(texts) for texts in passage_texts])
        indices, there = self._texts.tokens(np.unique(passages[:, 0]))
        self._network.initialise(self._texts.contextual(indices[there]))
        sample = np.random.default_rng(0).permutation(len(queries))[:_SCALED_ON]
        self._network.scale(self._texts, queries[sample], passages[sample])
        optimizer = self._optimizer()
        identity = f"{self.config} seed {seed} {self._digest(queries, passages)}"
        state = Checkpoint(checkpoint, identity, self._network, optimizer)
        log = state.resume()
        for step in range(len(log), self.config.steps):
            pace = min(1, (step + 1) / _WARM_UP) * (1 - step / self.config.steps)
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * pace
            chosen = _batch(len(queries), self.config.batch, step, seed)
            scores = self._network(self._texts, queries[chosen], passages[chosen])
            loss = F.cross_entropy(scores, torch.zeros(len(chosen), dtype=torch.long))
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
        scores = np.empty(len(pairs), dtype=np.float32)
        if pairs.empty:
            return scores
        passages = self._texts.rows(pairs["passage"])
        by_query = list(pairs.reset_index(drop=True).groupby("query", sort=True).indices.items())
        queries = self._texts.rows([text for text, _ in by_query])
        projected = self._network.project(self._texts, np.concatenate([queries, passages]))
        shortest_first = np.argsort(self._texts.lengths(queries), kind="stable")  # so that little is padded
        for start in range(0, len(queries), _QUERIES_AT_ONCE):
            chunk = shortest_first[start : start + _QUERIES_AT_ONCE]
            rows_of = [by_query[place][1] for place in chunk]
            width = max(map(len, rows_of))
            padded = np.stack([np.resize(passages[rows], width) for rows in rows_of])
            found = self._network(self._texts, queries[chunk], padded, projected).numpy()
            for rows, own in zip(rows_of, found, strict=True):
                scores[rows] = own[: len(rows)]
        return scores

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


def _instances(pairs: pd.DataFrame) -> tuple[list[str], list[list[str]]]:
    """The query of each instance and its passages, the positive first."""
    ordered = pairs.sort_values(["instance", "label"], ascending=[True, False], kind="stable")
    grouped = ordered.groupby("instance", sort=True)
    return grouped["query"].first().tolist(), grouped["passage"].agg(list).tolist()


def _batch(instances: int, size: int, step: int, seed: int) -> np.ndarray:
    """The instances of a step: each epoch in its own order; a batch may reach into the next epoch."""
    wanted = np.arange(step * size, (step + 1) * size)
    orders = {epoch: np.random.default_rng([seed, epoch]) for epoch in np.unique(wanted // instances)}
    permuted = {epoch: generator.permutation(instances) for epoch, generator in orders.items()}
    return np.array([permuted[place // instances][place % instances] for place in wanted])
