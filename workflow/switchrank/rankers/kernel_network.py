"""The network of the kernel ranker, and the encoded texts that it reads; see kernel.

Queries and passages are given by their rows in the encodings, int64 [n].
"""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from switchrank.encoders.encodings import Encodings

# K-NRM's: one kernel for exact matches, ten from .9 to -.9.
_MU = (1.0, *(0.9 - 0.2 * step for step in range(10)))
_SIGMA = (0.05, *(0.1 for _ in range(10)))
_EXTRA_FEATURES = 3
# Of the linear layer: a kernel's follows its similarity, those of the three others weigh about as much as all
# kernels; so it ranks sensibly before any training. K-NRM's are random, but with as little data as pocket's
# the seeds then differ by more than the systems do.
_INITIAL_WEIGHTS = (*(0.1 * mu for mu in _MU), 1.0, 0.3, 0.7)
_MIN_DEVIATION = 0.05  # keeps a kernel that is almost empty in the training data from being blown up
_TOKENS_AT_ONCE, _ROWS_AT_ONCE = 1 << 15, 2048


class Texts:
    """Encoded texts as tensors; contextual vectors stay in half precision, to spare memory."""

    def __init__(self, encodings: Encodings, max_tokens: int):
        self._offsets, self._max_tokens = encodings.offsets, max_tokens
        self.pieces = torch.from_numpy(encodings.pieces.astype(np.int64))
        self.contextual = torch.from_numpy(encodings.contextual)
        self.sentences = torch.from_numpy(encodings.sentences)

    def lengths(self, rows: np.ndarray) -> np.ndarray:
        """The number of tokens of each text that are read."""
        return np.minimum(self._offsets[rows + 1] - self._offsets[rows], self._max_tokens)

    def tokens(self, rows: np.ndarray) -> tuple[Tensor, Tensor]:
        """Indices of the tokens of texts, int64 [n, longest], and the mask, False for padding."""
        lengths = self.lengths(rows)
        positions = np.arange(max(1, lengths.max()))
        mask = positions < lengths[:, None]
        indices = np.where(mask, self._offsets[rows][:, None] + positions, 0)
        return torch.from_numpy(indices), torch.from_numpy(mask)


@dataclass(frozen=True)
class Projected:
    """The tokens of some texts, each projected once."""

    vectors: Tensor  # [projected tokens, dimension], unit length
    gate: Tensor  # [projected tokens], logits
    index: Tensor  # [all tokens], the row of each token in both; -1 for those that are not projected


class Network(nn.Module):
    """Features of queries and passages, and the linear layer that adds them up.

    Contextual vectors [width] are projected to [dimension]; `idf` is float32 [pieces].
    """

    def __init__(self, width: int, dimension: int, idf: np.ndarray):
        super().__init__()
        self.projection = nn.Parameter(torch.zeros(width, dimension))
        self.gate = nn.Linear(width, 1, bias=False)
        self.gate_of_idf = nn.Parameter(torch.tensor(2.0))
        self.output = nn.Linear(len(_MU) + _EXTRA_FEATURES, 1)
        self.register_buffer("idf", torch.tensor(idf))
        self.register_buffer("mu", torch.tensor(_MU), persistent=False)
        self.register_buffer("sigma", torch.tensor(_SIGMA), persistent=False)
        self.register_buffer("mean", torch.zeros(self.output.in_features))
        self.register_buffer("deviation", torch.ones(self.output.in_features))

    @torch.no_grad()
    def initialise(self, tokens: Tensor) -> None:
        """Projection: principal directions of some token vectors; gate: IDF alone; linear layer: by hand."""
        _, directions = torch.linalg.eigh((tokens.T @ tokens).double())  # in ascending order
        self.projection.copy_(directions[:, -self.projection.shape[1] :])
        self.gate.weight.zero_()
        self.output.weight.copy_(torch.tensor([_INITIAL_WEIGHTS]))
        self.output.bias.zero_()

    @torch.no_grad()
    def standardise(self, texts: Texts, queries: np.ndarray, passages: np.ndarray) -> None:
        """Take mean and deviation of the features from what they are now on these queries and passages."""
        features = self._features(texts, queries, passages, self._project(texts, queries, passages))
        self.mean.copy_(features.mean(0))
        self.deviation.copy_(features.std(0) + _MIN_DEVIATION)

    @torch.inference_mode()
    def score(self, texts: Texts, queries: np.ndarray, passages: np.ndarray) -> np.ndarray:
        """Scores of passages for queries, chunk by chunk: float32 [n]."""
        scores = np.empty(len(queries), dtype=np.float32)
        if not len(queries):
            return scores
        projected = self._project(texts, queries, passages)
        order = np.lexsort((texts.lengths(queries), texts.lengths(passages)))  # so that little is padded
        for start in range(0, len(order), _ROWS_AT_ONCE):
            chunk = order[start : start + _ROWS_AT_ONCE]
            scores[chunk] = self(texts, queries[chunk], passages[chunk], projected).numpy()
        return scores

    def forward(
        self, texts: Texts, queries: np.ndarray, passages: np.ndarray, projected: Projected | None = None
    ) -> Tensor:
        """Scores of passages for queries [n]; `projected` are their tokens, if at hand."""
        if projected is None:
            projected = self._project(texts, queries, passages)
        features = self._features(texts, queries, passages, projected)
        return self.output((features - self.mean) / self.deviation).squeeze(-1)

    def _project(self, texts: Texts, queries: np.ndarray, passages: np.ndarray) -> Projected:
        indices, mask = texts.tokens(np.unique(np.concatenate([queries, passages])))
        needed = indices[mask]
        index = torch.full((len(texts.pieces),), -1)
        index[needed] = torch.arange(len(needed))
        vectors, gate = [], []
        for block in needed.split(_TOKENS_AT_ONCE):  # in single precision all at once would fill the memory
            contextual = texts.contextual[block].float()
            vectors.append(F.normalize(contextual @ self.projection, dim=-1))
            idf = self.idf[texts.pieces[block]]
            gate.append(self.gate(contextual).squeeze(-1) + self.gate_of_idf * idf)
        return Projected(torch.cat(vectors), torch.cat(gate), index)

    def _features(
        self, texts: Texts, queries: np.ndarray, passages: np.ndarray, projected: Projected
    ) -> Tensor:
        """What the linear layer adds up, not yet standardised: [n, features]."""
        of_query, query_mask = texts.tokens(queries)  # [n, query tokens]
        of_passage, passage_mask = texts.tokens(passages)  # [n, passage tokens]
        pieces = texts.pieces[of_query]
        idf = self.idf[pieces] * query_mask
        # Unknown pieces are all the same here, but an IDF of 0 lets their matches count for nothing.
        same = (pieces[:, :, None] == texts.pieces[of_passage][:, None, :]) & passage_mask[:, None, :]
        exact = (same.any(-1) * idf).sum(-1) / idf.sum(-1).clamp(min=1e-6)
        cosine = (texts.sentences[queries] * texts.sentences[passages]).sum(-1)
        gate = projected.gate[projected.index[of_query]].masked_fill(~query_mask, -torch.inf)
        gate = gate.softmax(-1).nan_to_num()
        query, passage = (projected.vectors[projected.index[tokens]] for tokens in (of_query, of_passage))
        soft = self._kernels(query @ passage.transpose(1, 2), gate, query_mask, passage_mask)
        return torch.cat([soft, exact[:, None], cosine[:, None]], dim=-1)

    def _kernels(self, similarity: Tensor, gate: Tensor, query_mask: Tensor, passage_mask: Tensor) -> Tensor:
        """Gated sums over query tokens of each kernel and the best match: [n, kernels + 1].

        Most of a padded batch would be padding: only the tokens that the masks leave are looked at, those of
        each query token as one segment.
        """
        tokens = similarity[query_mask[:, :, None] & passage_mask[:, None, :]]
        lengths = passage_mask.sum(-1)[:, None].expand_as(query_mask)[query_mask]
        if not len(lengths):  # all queries are empty
            return similarity.new_zeros(len(similarity), len(_MU) + 1)
        if len(tokens):
            counts = torch.exp((tokens[:, None] - self.mu) ** 2 * (-1 / (2 * self.sigma**2)))
            counts = torch.segment_reduce(counts, "sum", lengths=lengths)
            best = torch.segment_reduce(tokens, "max", lengths=lengths, initial=-1.0)
        else:  # all passages are empty, and torch does not reduce nothing
            counts = tokens.new_zeros(len(lengths), len(_MU))
            best = tokens.new_full((len(lengths),), -1.0)
        # The logarithm makes further matches count less and less, as TF does in BM25.
        soft = torch.cat([torch.log1p(10 * counts), best[:, None]], dim=-1)
        return torch.segment_reduce(soft * gate[query_mask][:, None], "sum", lengths=query_mask.sum(-1))
