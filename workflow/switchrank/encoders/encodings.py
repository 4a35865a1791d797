"""Texts that were encoded once, kept as a file: what the kernel ranker and the frozen cosine read.

A file is a safetensors archive with pieces, offsets, contextual token vectors (half precision) and sentence
vectors; the texts themselves stand in its metadata.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from switchrank.encoders.use import Encoder
from switchrank.errors import UserError
from switchrank.files import atomic


@dataclass(frozen=True)
class Encodings:
    """Encoded texts; the tokens of text i are rows offsets[i] to offsets[i + 1].

    Attributes:
        texts: unique.
        pieces: int32 [tokens], SentencePiece ids.
        offsets: int64 [texts + 1].
        contextual: float16 [tokens, dim], contextual vectors of the tokens, unit length.
        sentences: float32 [texts, dim], sentence vectors, unit length.
    """

    texts: Sequence[str]
    pieces: np.ndarray
    offsets: np.ndarray
    contextual: np.ndarray
    sentences: np.ndarray

    def sentences_of(self, texts: Sequence[str]) -> np.ndarray:
        """Sentence vectors of texts [n], each of which is here → float32 [n, dim]."""
        row = {text: place for place, text in enumerate(self.texts)}
        return self.sentences[[row[text] for text in texts]]

    def save(self, path: Path) -> None:
        """Write to one safetensors file."""
        tensors = {name: getattr(self, name) for name in ("pieces", "offsets", "contextual", "sentences")}
        with atomic(path) as aside:
            save_file(tensors, aside, metadata={"texts": json.dumps(list(self.texts), ensure_ascii=False)})


def encode(texts: Iterable[str], encoder: Encoder) -> Encodings:
    """Encode each text once; sorted, so that the result does not depend on their order or number."""
    unique = sorted(set(texts))
    tokens, contextual, sentences = encoder.encode_tokens(unique)
    return Encodings(unique, tokens.pieces, tokens.offsets, contextual.astype(np.float16), sentences)


def load(paths: Sequence[Path]) -> Encodings:
    """Read one or more files as one; a text that several hold is taken from the first.

    Raises:
        UserError: a file is not one of encodings.
    """
    texts: dict[str, None] = {}
    taken = []  # of each file, which of its texts
    for path in paths:
        own, _ = _read(path, [])
        taken.append([row for row, text in enumerate(own) if text not in texts])
        texts.update(dict.fromkeys(own[row] for row in taken[-1]))
    parts: dict[str, list[np.ndarray]] = {"lengths": [], "pieces": [], "sentences": []}
    for path, rows in zip(paths, taken, strict=True):
        _, tensors = _read(path, ["offsets", "pieces", "sentences"])
        lengths = np.diff(tensors["offsets"])
        parts["lengths"].append(lengths[rows])
        parts["pieces"].append(tensors["pieces"][_tokens_of(rows, lengths)])
        parts["sentences"].append(tensors["sentences"][rows])
    joined = {name: np.concatenate(arrays) for name, arrays in parts.items()}
    offsets = np.concatenate([[0], np.cumsum(joined["lengths"])])
    contextual = _contextual(paths, taken, len(joined["pieces"]))
    return Encodings(list(texts), joined["pieces"], offsets, contextual, joined["sentences"])


def load_pieces(paths: Sequence[Path]) -> dict[str, np.ndarray]:
    """Read the SentencePiece ids alone: text → int32 [tokens].

    Raises:
        UserError: a file is not one of encodings.
    """
    pieces: dict[str, np.ndarray] = {}
    for path in paths:
        texts, tensors = _read(path, ["offsets", "pieces"])
        pieces.update(zip(texts, np.split(tensors["pieces"], tensors["offsets"][1:-1]), strict=True))
    return pieces


def _contextual(paths: Sequence[Path], taken: Sequence[Sequence[int]], tokens: int) -> np.ndarray:
    """The largest of the arrays, filled file by file: at no time is it held twice."""
    contextual, start = None, 0
    for path, rows in zip(paths, taken, strict=True):
        _, tensors = _read(path, ["offsets", "contextual"])
        own = tensors["contextual"]
        if contextual is None:
            contextual = np.empty((tokens, own.shape[1]), own.dtype)
        kept = _tokens_of(rows, np.diff(tensors["offsets"]))
        contextual[start : start + kept.sum()] = own[kept]
        start += kept.sum()
    return contextual


def _tokens_of(rows: Sequence[int], lengths: np.ndarray) -> np.ndarray:
    """Which tokens belong to some texts of a file."""
    kept = np.zeros(len(lengths), dtype=bool)
    kept[np.asarray(rows, dtype=np.int64)] = True
    return np.repeat(kept, lengths)


def _read(path: Path, names: Sequence[str]) -> tuple[list[str], dict[str, np.ndarray]]:
    """The texts of a file, and some of its tensors."""
    try:
        with safe_open(path, framework="numpy") as archive:
            return json.loads(archive.metadata()["texts"]), {name: archive.get_tensor(name) for name in names}
    except (KeyError, TypeError, ValueError, SafetensorError) as error:
        raise UserError(f"{path}: no file of encodings: {error}") from None
