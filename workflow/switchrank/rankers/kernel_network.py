"""The network of the kernel ranker, and the encoded texts that it reads; see kernel."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from switchrank.encoders.encodings import Encodings

# K-NRM's: one kernel for exact matches, ten from .9 to -.9.
_CENTRES = (1.0, *(0.9 - 0.2 * step for step in range(10)))
_WIDTHS = (0.05, *(0.1 for _ in range(10)))
_EXTRA_FEATURES = 3
# What the linear layer begins with: a kernel weighs what its similarity says, the three others about as much
# as all kernels; so it ranks sensibly before any training. K-NRM begins by chance, but with as little data as
# pocket's the seeds then differ by more than the systems do.
_FIRST_WEIGHTS = (*(0.1 * centre for centre in _CENTRES), 1.0, 0.3, 0.7)
_LEAST_DEVIATION = 0.05  # keeps a kernel that is all but empty in the training data from being blown up
_LONGEST = 64  # tokens of a text that are looked at
_TOKENS_AT_ONCE = 1 << 15


class Texts:
    """Encoded texts as tensors, and rows of them by text."""

    def __init__(self, encodings: Encodings):
        self._row = {text: row for row, text in enumerate(encodings.texts)}
        self._offsets = encodings.offsets
        self.pieces = torch.from_numpy(encodings.pieces.astype(np.int64))
        self._contextual = torch.from_numpy(encodings.contextual)  # in half precision, to spare memory
        self.sentences = torch.from_numpy(encodings.sentences)

    def rows(self, texts: Collection[str]) -> np.ndarray:
        """Rows of texts [n] → int64 [n]."""
        codes, unique = pd.factorize(np.asarray(texts, dtype=object))  # each is looked up once
        return np.array([self._row[text] for text in unique], dtype=np.int64)[codes]

    def lengths(self, rows: np.ndarray) -> np.ndarray:
        """How many tokens of texts [...] are looked at → int64 [...]."""
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
        """Of a contextual vector."""
        return self._contextual.shape[1]


@dataclass(frozen=True)
class Projected:
    """What the network needs of some tokens, each looked at once.

    Attributes:
        vectors: [tokens that were asked for, dimension], projected, unit length.
        logits: [tokens that were asked for], what the gate says of them.
        place: [all tokens], the row of a token in both; -1 for those that were not asked for.
    """

    vectors: Tensor
    logits: Tensor
    place: Tensor


class Network(nn.Module):
    """Features of queries and passages, and the linear layer that adds them up.

    Args:
        width: of a contextual vector.
        dimension: of a projected vector.
        idf: float32 [pieces].
    """

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

    @torch.no_grad()
    def initialise(self, tokens: Tensor) -> None:
        """Projection: principal directions of some token vectors; gate: IDF alone; linear layer: by hand."""
        _, directions = torch.linalg.eigh((tokens.T @ tokens).double())  # in ascending order
        self.projection.copy_(directions[:, -self.projection.shape[1] :])
        self.gate.weight.zero_()
        self.output.weight.copy_(torch.tensor([_FIRST_WEIGHTS]))
        self.output.bias.zero_()

    @torch.no_grad()
    def scale(self, texts: Texts, queries: np.ndarray, passages: np.ndarray) -> None:
        """Centre and scale the features to what they are now on these queries and passages."""
        projected = self.project(texts, np.concatenate([queries, passages]))
        features = self.features(texts, queries, passages, projected)
        self.mean.copy_(features.mean(0))
        self.deviation.copy_(features.std(0) + _LEAST_DEVIATION)

    def project(self, texts: Texts, rows: np.ndarray) -> Projected:
        """Look at the tokens of texts, each once however often its row comes."""
        indices, there = texts.tokens(np.unique(rows))
        needed = indices[there]
        place = torch.full((len(texts.pieces),), -1)
        place[needed] = torch.arange(len(needed))
        vectors, logits = [], []
        for block in needed.split(_TOKENS_AT_ONCE):  # in single precision all at once would fill the memory
            contextual = texts.contextual(block)
            vectors.append(F.normalize(contextual @ self.projection, dim=-1))
            idf = self.idf[texts.pieces[block]]
            logits.append(self.gate(contextual).squeeze(-1) + self.gate_of_idf * idf)
        return Projected(torch.cat(vectors), torch.cat(logits), place)

    def forward(
        self,
        texts: Texts,
        queries: np.ndarray,
        passages: np.ndarray,
        projected: Projected | None = None,
    ) -> Tensor:
        """Scores of pairs.

        Args:
            texts: what the rows refer to.
            queries: rows [pairs].
            passages: rows [pairs].
            projected: the tokens of these texts, if they are at hand.

        Returns:
            [pairs]
        """
        if projected is None:
            projected = self.project(texts, np.concatenate([queries, passages]))
        features = self.features(texts, queries, passages, projected)
        return self.output((features - self.mean) / self.deviation).squeeze(-1)

    def features(
        self, texts: Texts, queries: np.ndarray, passages: np.ndarray, projected: Projected
    ) -> Tensor:
        """What the linear layer adds up, unscaled: [pairs, features]."""
        of_query, query_there = texts.tokens(queries)  # [pairs, query tokens]
        of_passage, passage_there = texts.tokens(passages)  # [pairs, passage tokens]
        pieces = texts.pieces[of_query]
        idf = self.idf[pieces] * query_there
        same = (pieces[:, :, None] == texts.pieces[of_passage][:, None, :]) & passage_there[:, None, :]
        exact = (same.any(-1) * idf).sum(-1) / idf.sum(-1).clamp(min=1e-6)
        cosine = (texts.sentences[queries] * texts.sentences[passages]).sum(-1)
        gate = projected.logits[projected.place[of_query]].masked_fill(~query_there, -torch.inf)
        gate = gate.softmax(-1).nan_to_num()
        ours, theirs = (projected.vectors[projected.place[tokens]] for tokens in (of_query, of_passage))
        soft = self._kernels(ours @ theirs.transpose(1, 2), gate, query_there, passage_there)
        return torch.cat([soft, exact[:, None], cosine[:, None]], dim=-1)

    def _kernels(
        self, similarity: Tensor, gate: Tensor, query_there: Tensor, passage_there: Tensor
    ) -> Tensor:
        """Gated sums over query tokens of each kernel and the best match: [pairs, kernels + 1].

        Only the tokens that are there are computed with, one segment for each query token: most of a padded
        batch would be padding.
        """
        tokens = similarity[query_there[:, :, None] & passage_there[:, None, :]]
        lengths = passage_there.sum(-1)[:, None].expand_as(query_there)[query_there]
        if not len(lengths):  # all queries are empty
            return similarity.new_zeros(len(similarity), len(_CENTRES) + 1)
        if len(tokens):
            counts = torch.exp((tokens[:, None] - self.centres) ** 2 * self.slopes)
            counts = torch.segment_reduce(counts, "sum", lengths=lengths)
            best = torch.segment_reduce(tokens, "max", lengths=lengths, initial=-1.0)
        else:  # all passages are empty, and torch does not reduce nothing
            counts, best = (
                tokens.new_zeros(len(lengths), len(_CENTRES)),
                tokens.new_full((len(lengths),), -1.0),
            )
        # The logarithm makes further matches count less and less, as TF does in BM25.
        soft = torch.cat([torch.log1p(10 * counts), best[:, None]], dim=-1)
        return torch.segment_reduce(soft * gate[query_there][:, None], "sum", lengths=query_there.sum(-1))
