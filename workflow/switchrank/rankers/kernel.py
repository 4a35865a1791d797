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
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd
import torch
import torch.nn.functional as F
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from switchrank.encoder import Tokens
from switchrank.encodings import Encodings
from switchrank.errors import UserError
from switchrank.files import atomic, read_json, write_json
from switchrank.rankers.checkpoint import Checkpoint

# K-NRM's: one kernel for exact matches, ten from .9 to -.9.
_CENTRES = (1.0, *(0.9 - 0.2 * step for step in range(10)))
_WIDTHS = (0.05, *(0.1 for _ in range(10)))
_EXTRA_FEATURES = 3
# Head "centres": each kernel weighs what its similarity says, the extra features about as much as all kernels.
_HEAD_BY_HAND = (*(0.1 * centre for centre in _CENTRES), 1.0, 0.3, 0.7)
_SCALED_ON = 256  # instances
_LEAST_DEVIATION = 0.05  # keeps a kernel that is all but empty in the training data from being blown up
_LONGEST = 64  # tokens of a text that are looked at
_QUERIES_AT_ONCE = 32
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
        head: what the linear layer begins with: "chance", as in K-NRM, or "centres", weights set by hand that
            rank without any training.
    """

    dimension: int = 128
    steps: int = 300
    batch: int = 64
    learning_rate: float = 0.01
    projection_learning_rate: float = 0.003
    head: str = "chance"


class KernelRanker:
    """A Ranker (see base) over texts that are encoded beforehand.

    Args:
        config: hyperparameters.
        encodings: holds every text that is trained on or scored.
        idf: float32 [pieces], inverse document frequency of each SentencePiece id; see piece_idf.
    """

    def __init__(self, config: KernelConfig, encodings: Encodings, idf: np.ndarray):
        self.config = config
        self._texts = _Texts(encodings)
        self._network = _Network(self._texts.width, config.dimension, torch.from_numpy(idf))

    def fit(
        self, pairs: pd.DataFrame, seed: int, checkpoint: Path, evaluate: Callable[[], float]
    ) -> pd.DataFrame:
        """Train by cross-entropy over each positive and its negatives; see Ranker.fit."""
        query_texts, passage_texts = _instances(pairs)
        queries = self._texts.rows(query_texts)
        passages = np.stack([self._texts.rows(texts) for texts in passage_texts])
        indices, there = self._texts.tokens(np.unique(passages[:, 0]))
        self._network.initialise(self._texts.contextual(indices[there]))
        self._network.set_head(self.config.head, seed)
        sample = np.random.default_rng(0).permutation(len(queries))[:_SCALED_ON]
        self._network.scale(self._texts, queries[sample], passages[sample])
        optimizer = self._optimizer()
        identity = f"{self.config} seed {seed} {_digest(queries, passages, self._texts)}"
        state = Checkpoint(checkpoint, identity, self._network, optimizer)
        log = state.resume()
        for step in range(len(log), self.config.steps):
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * min(1, (step + 1) / _WARM_UP) * (1 - step / self.config.steps)
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

    def _optimizer(self) -> torch.optim.Optimizer:
        network = self._network
        head = [*network.gate.parameters(), network.gate_of_idf, *network.output.parameters()]
        return torch.optim.AdamW(
            [
                {
                    "params": [network.projection],
                    "peak": self.config.projection_learning_rate,
                    "weight_decay": 0.0,
                },
                {"params": head, "peak": self.config.learning_rate, "weight_decay": 0.01},
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
            raise UserError(f"{error.filename}: not found, expected a saved kernel ranker") from None
        except (KeyError, TypeError, RuntimeError, SafetensorError, json.JSONDecodeError) as error:
            raise UserError(f"{path}: no saved kernel ranker: {str(error).splitlines()[0]}") from None
        return ranker


def piece_idf(passages: Iterable[Tokens], pieces: int) -> np.ndarray:
    """Inverse document frequency of SentencePiece ids over the passages of all languages, scaled to 1.

    Args:
        passages: of each language, its tokenised passages.
        pieces: size of the vocabulary.

    Returns:
        float32 [pieces], log((documents + 1) / (frequency + 1/2)) by its maximum.
    """
    frequency, documents = np.zeros(pieces), 0
    for tokens in passages:
        documents += len(tokens.offsets) - 1
        for start, end in pairwise(tokens.offsets):
            frequency[np.unique(tokens.pieces[start:end])] += 1
    idf = np.log((documents + 1) / (frequency + 0.5))
    return (idf / idf.max()).astype(np.float32)


def _instances(pairs: pd.DataFrame) -> tuple[list[str], list[list[str]]]:
    """The query of each instance and its passages, the positive first."""
    ordered = pairs.sort_values(["instance", "label"], ascending=[True, False], kind="stable")
    grouped = ordered.groupby("instance", sort=True)
    return grouped["query"].first().tolist(), grouped["passage"].agg(list).tolist()


def _digest(queries: np.ndarray, passages: np.ndarray, texts: "_Texts") -> str:
    """Of what is trained on."""
    digest = hashlib.sha256()
    for array in (queries, passages, texts.pieces.numpy()):
        digest.update(array.tobytes())
    return digest.hexdigest()


def _batch(instances: int, size: int, step: int, seed: int) -> np.ndarray:
    """The instances of a step: epochs in an order of their own, the last batch of one reaching into the next."""
    wanted = np.arange(step * size, (step + 1) * size)
    orders = {epoch: np.random.default_rng([seed, epoch]) for epoch in np.unique(wanted // instances)}
    permuted = {epoch: generator.permutation(instances) for epoch, generator in orders.items()}
    return np.array([permuted[place // instances][place % instances] for place in wanted])


class _Texts:
    """Encoded texts as tensors, and rows of them by text."""

    def __init__(self, encodings: Encodings):
        self._row = {text: row for row, text in enumerate(encodings.texts)}
        self._offsets = encodings.offsets
        self.pieces = torch.from_numpy(encodings.pieces.astype(np.int64))
        self._contextual = torch.from_numpy(encodings.contextual)  # in half precision, to spare memory
        self.sentences = torch.from_numpy(encodings.sentences)

    def rows(self, texts: Any) -> np.ndarray:
        return np.fromiter((self._row[text] for text in texts), np.int64, len(texts))

    def lengths(self, rows: np.ndarray) -> np.ndarray:
        return np.minimum(self._offsets[rows + 1] - self._offsets[rows], _LONGEST)

    def tokens(self, rows: np.ndarray) -> tuple[Tensor, Tensor]:
        """Indices of the tokens of texts [...] → int64 [..., longest], and which of them are there."""
        starts, lengths = self._offsets[rows], self.lengths(rows)
        places = np.arange(max(1, lengths.max()))
        there = places < lengths[..., None]
        return torch.from_numpy(np.where(there, starts[..., None] + places, 0)), torch.from_numpy(there)

    def contextual(self, indices: Tensor) -> Tensor:
        """Contextual vectors of tokens [...] → float32 [..., width]."""
        return self._contextual[indices].float()

    @property
    def width(self) -> int:
        return self._contextual.shape[1]


@dataclass(frozen=True)
class _Projected:
    vectors: Tensor  # [tokens that were asked for, dimension], unit length
    place: Tensor  # [all tokens], the row of a token in `vectors`; -1 for those that were not asked for

    def similarity(self, of_query: Tensor, of_passage: Tensor) -> Tensor:
        """Cosines of tokens [queries, tokens] and [queries, passages, tokens].

        Returns:
            [queries, passages, query tokens, passage tokens]
        """
        batch, passages, tokens = of_passage.shape
        ours = self.vectors[self.place[of_query]]
        theirs = self.vectors[self.place[of_passage.view(batch, -1)]]
        return (ours @ theirs.transpose(1, 2)).view(batch, -1, passages, tokens).transpose(1, 2)


class _Network(nn.Module):
    def __init__(self, width: int, dimension: int, idf: Tensor):
        super().__init__()
        self.projection = nn.Parameter(torch.zeros(width, dimension))
        self.gate = nn.Linear(width, 1, bias=False)
        self.gate_of_idf = nn.Parameter(torch.tensor(2.0))
        self.output = nn.Linear(len(_CENTRES) + _EXTRA_FEATURES, 1)
        self.register_buffer("idf", idf)
        self.register_buffer("centres", torch.tensor(_CENTRES), persistent=False)
        self.register_buffer("slopes", -1 / (2 * torch.tensor(_WIDTHS) ** 2), persistent=False)
        self.register_buffer("mean", torch.zeros(self.output.in_features))
        self.register_buffer("deviation", torch.ones(self.output.in_features))

    def initialise(self, tokens: Tensor) -> None:
        """Projection: the principal directions of some token vectors; gate: by IDF alone."""
        with torch.no_grad():
            _, directions = torch.linalg.eigh((tokens.T @ tokens).double())  # in ascending order
            self.projection.copy_(directions[:, -self.projection.shape[1] :])
            self.gate.weight.zero_()

    def set_head(self, head: str, seed: int) -> None:
        """Begin the linear layer by chance, or with weights set by hand."""
        with torch.no_grad():
            self.output.bias.zero_()
            if head == "centres":
                self.output.weight.copy_(torch.tensor([_HEAD_BY_HAND]))
            else:
                bound = self.output.in_features**-0.5
                generator = torch.Generator().manual_seed(seed)
                self.output.weight.uniform_(-bound, bound, generator=generator)

    @torch.no_grad()
    def scale(self, texts: _Texts, queries: np.ndarray, passages: np.ndarray) -> None:
        """Centre and scale the features to what they are now on these queries and passages."""
        projected = self.project(texts, np.concatenate([queries, passages.ravel()]))
        features = self.features(texts, queries, passages, projected).flatten(0, 1)
        self.mean.copy_(features.mean(0))
        self.deviation.copy_(features.std(0) + _LEAST_DEVIATION)

    def project(self, texts: _Texts, rows: np.ndarray) -> "_Projected":
        """Project the tokens of texts, each once however often its row comes."""
        indices, there = texts.tokens(np.unique(rows))
        needed = indices[there]
        place = torch.full((len(texts.pieces),), -1)
        place[needed] = torch.arange(len(needed))
        return _Projected(F.normalize(texts.contextual(needed) @ self.projection, dim=-1), place)

    def forward(
        self,
        texts: _Texts,
        queries: np.ndarray,
        passages: np.ndarray,
        projected: "_Projected | None" = None,
    ) -> Tensor:
        """Scores of the passages of each query.

        Args:
            texts: what the rows refer to.
            queries: rows [queries].
            passages: rows [queries, passages].
            projected: the projected tokens of these texts, if they are at hand.

        Returns:
            [queries, passages]
        """
        if projected is None:
            projected = self.project(texts, np.concatenate([queries, passages.ravel()]))
        features = self.features(texts, queries, passages, projected)
        return self.output((features - self.mean) / self.deviation).squeeze(-1)

    def features(
        self, texts: _Texts, queries: np.ndarray, passages: np.ndarray, projected: "_Projected"
    ) -> Tensor:
        """What the linear layer adds up, unscaled: [queries, passages, features]."""
        of_query, query_there = texts.tokens(queries)  # [queries, tokens]
        of_passage, passage_there = texts.tokens(passages)  # [queries, passages, tokens]
        pieces, there = texts.pieces[of_query], passage_there[:, :, None, :]
        idf = self.idf[pieces] * query_there
        gate = self.gate(texts.contextual(of_query)).squeeze(-1) + self.gate_of_idf * idf
        gate = gate.masked_fill(~query_there, -torch.inf).softmax(-1).nan_to_num()
        same = (pieces[:, None, :, None] == texts.pieces[of_passage][:, :, None, :]) & there
        exact = (same.any(-1) * idf[:, None, :]).sum(-1) / idf.sum(-1).clamp(min=1e-6)[:, None]
        cosine = (texts.sentences[queries][:, None] * texts.sentences[passages]).sum(-1)
        soft = self._kernels(projected.similarity(of_query, of_passage), gate, query_there, passage_there)
        return torch.cat([soft, exact[..., None], cosine[..., None]], dim=-1)

    def _kernels(
        self, similarity: Tensor, gate: Tensor, query_there: Tensor, passage_there: Tensor
    ) -> Tensor:
        """Gated sums over query tokens of each kernel and of the best match: [queries, passages, kernels + 1].

        Only the tokens that are there are computed with, one segment for each query token and passage: most
        of a padded batch would be padding.
        """
        batch, passages = passage_there.shape[:2]
        pairs = query_there[:, None, :].expand(-1, passages, -1)  # [queries, passages, query tokens]
        tokens = similarity[pairs[..., None] & passage_there[:, :, None, :]]
        lengths = passage_there.sum(-1)[..., None].expand_as(pairs)[pairs]
        counts = torch.exp((tokens[:, None] - self.centres) ** 2 * self.slopes)
        counts = torch.segment_reduce(counts, "sum", lengths=lengths)
        best = torch.segment_reduce(tokens, "max", lengths=lengths, initial=-1.0)
        # The logarithm makes further matches count less and less, as TF does in BM25.
        soft = torch.cat([torch.log1p(10 * counts), best[:, None]], dim=-1)
        gated = soft * gate[:, None, :].expand_as(pairs)[pairs][:, None]
        per_pair = pairs.sum(-1).flatten()
        return torch.segment_reduce(gated, "sum", lengths=per_pair).view(batch, passages, -1)
