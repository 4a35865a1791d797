"""The network of the kernel ranker, and the encoded texts that it reads; see kernel."""

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
# What the linear layer begins with: a kernel weighs what its similarity says, the three others about as much
# as all kernels; so it ranks sensibly before any training. K-NRM begins by chance, but with as little data as
# pocket's the seeds then differ by more than the systems do.
_FIRST_WEIGHTS = (*(0.1 * mu for mu in _MU), 1.0, 0.3, 0.7)
_LEAST_DEVIATION = 0.05  # keeps a kernel that is all but empty in the training data from being blown up
_MAX_LENGTH = 64  # tokens of a text that are looked at
_TOKENS_AT_ONCE, _ROWS_AT_ONCE = 1 << 15, 2048


class Texts:
    """Encoded texts as tensors, known by their row in the encodings."""

    def __init__(self, encodings: Encodings):
        self._offsets = encodings.offsets
        self.pieces = torch.from_numpy(encodings.pieces.astype(np.int64))
        self._contextual = torch.from_numpy(encodings.contextual)  # in half sharpness, to spare memory
        self.sentences = torch.from_numpy(encodings.sentences)

    def lengths(self, rows: np.ndarray) -> np.ndarray:
        """How many tokens of texts [...] are looked at → int64 [...]."""
        return np.minimum(self._offsets[rows + 1] - self._offsets[rows], _MAX_LENGTH)

    def tokens(self, rows: np.ndarray) -> tuple[Tensor, Tensor]:
        """Indices of the tokens of texts [...] → int64 [..., longest], and the mask, False for padding."""
        starts, lengths = self._offsets[rows], self.lengths(rows)
        places = np.arange(max(1, lengths.max()))
        mask = places < lengths[..., None]
        return torch.from_numpy(np.where(mask, starts[..., None] + places, 0)), torch.from_numpy(mask)

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

    def __init__(self, width: int, dimension: int, idf: np.ndarray):
        super().__init__()
        self.projection = nn.Parameter(torch.zeros(width, dimension))
        self.gate = nn.Linear(width, 1, bias=False)
        self.gate_of_idf = nn.Parameter(torch.tensor(2.0))
        self.output = nn.Linear(len(_MU) + _EXTRA_FEATURES, 1)
        self.register_buffer("idf", torch.tensor(idf))
        self.register_buffer("mu", torch.tensor(_MU), persistent=False)
        self.register_buffer("sharpness", -1 / (2 * torch.tensor(_SIGMA) ** 2), persistent=False)
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
        indices, mask = texts.tokens(np.unique(rows))
        needed = indices[mask]
        place = torch.full((len(texts.pieces),), -1)
        place[needed] = torch.arange(len(needed))
        vectors, logits = [], []
        for block in needed.split(_TOKENS_AT_ONCE):  # in single sharpness all at once would fill the memory
            contextual = texts.contextual(block)
            vectors.append(F.normalize(contextual @ self.projection, dim=-1))
            idf = self.idf[texts.pieces[block]]
            logits.append(self.gate(contextual).squeeze(-1) + self.gate_of_idf * idf)
        return Projected(torch.cat(vectors), torch.cat(logits), place)

    @torch.inference_mode()
    def score(self, texts: Texts, queries: np.ndarray, passages: np.ndarray) -> np.ndarray:
        """Scores of passages for queries, given by their rows [n], chunk by chunk → float32 [n]."""
        scores = np.empty(len(queries), dtype=np.float32)
        if not len(queries):
            return scores
        projected = self.project(texts, np.concatenate([queries, passages]))
        order = np.lexsort((texts.lengths(queries), texts.lengths(passages)))  # so that little is padded
        for start in range(0, len(order), _ROWS_AT_ONCE):
            chunk = order[start : start + _ROWS_AT_ONCE]
            scores[chunk] = self(texts, queries[chunk], passages[chunk], projected).numpy()
        return scores

    def forward(
        self,
        texts: Texts,
        queries: np.ndarray,
        passages: np.ndarray,
        projected: Projected | None = None,
    ) -> Tensor:
        """Scores of passages for queries.

        Args:
            texts: what the rows refer to.
            queries: rows [n].
            passages: rows [n].
            projected: the tokens of these texts, if they are at hand.

        Returns:
            [n]
        """
        if projected is None:
            projected = self.project(texts, np.concatenate([queries, passages]))
        features = self.features(texts, queries, passages, projected)
        return self.output((features - self.mean) / self.deviation).squeeze(-1)

    def features(
        self, texts: Texts, queries: np.ndarray, passages: np.ndarray, projected: Projected
    ) -> Tensor:
        """What the linear layer adds up, unscaled: [n, features]."""
        of_query, query_mask = texts.tokens(queries)  # [n, query tokens]
        of_passage, passage_mask = texts.tokens(passages)  # [n, passage tokens]
        pieces = texts.pieces[of_query]
        idf = self.idf[pieces] * query_mask
        same = (pieces[:, :, None] == texts.pieces[of_passage][:, None, :]) & passage_mask[:, None, :]
        exact = (same.any(-1) * idf).sum(-1) / idf.sum(-1).clamp(min=1e-6)
        cosine = (texts.sentences[queries] * texts.sentences[passages]).sum(-1)
        gate = projected.logits[projected.place[of_query]].masked_fill(~query_mask, -torch.inf)
        gate = gate.softmax(-1).nan_to_num()
        query, passage = (projected.vectors[projected.place[tokens]] for tokens in (of_query, of_passage))
        soft = self._kernels(query @ passage.transpose(1, 2), gate, query_mask, passage_mask)
        return torch.cat([soft, exact[:, None], cosine[:, None]], dim=-1)

    def _kernels(self, similarity: Tensor, gate: Tensor, query_mask: Tensor, passage_mask: Tensor) -> Tensor:
        """Gated sums over query tokens of each kernel and the best match: [n, kernels + 1].

        Only with the tokens that the masks leave is computed, one segment for each query token: most of a
        padded batch would be padding.
        """
        tokens = similarity[query_mask[:, :, None] & passage_mask[:, None, :]]
        lengths = passage_mask.sum(-1)[:, None].expand_as(query_mask)[query_mask]
        if not len(lengths):  # all queries are empty
            return similarity.new_zeros(len(similarity), len(_MU) + 1)
        if len(tokens):
            counts = torch.exp((tokens[:, None] - self.mu) ** 2 * self.sharpness)
            counts = torch.segment_reduce(counts, "sum", lengths=lengths)
            best = torch.segment_reduce(tokens, "max", lengths=lengths, initial=-1.0)
        else:  # all passages are empty, and torch does not reduce nothing
            counts, best = (
                tokens.new_zeros(len(lengths), len(_MU)),
                tokens.new_full((len(lengths),), -1.0),
            )
        # The logarithm makes further matches count less and less, as TF does in BM25.
        soft = torch.cat([torch.log1p(10 * counts), best[:, None]], dim=-1)
        return torch.segment_reduce(soft * gate[query_mask][:, None], "sum", lengths=query_mask.sum(-1))
