"""Word vectors of a language, and the files that hold them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from switchrank.errors import UserError
from switchrank.files import atomic, read_safetensors, reading, write_text


@dataclass(frozen=True)
class WordVectors:
    """Words, the most frequent first, and their vectors, float32 [words, dim], rows of unit length."""

    words: Sequence[str]
    vectors: np.ndarray


def unit_rows(vectors: np.ndarray) -> np.ndarray:
    """Scale rows to unit length (a row of zeros stays), float32 [n, dim]."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def write_vectors(path: str | Path, vectors: WordVectors) -> None:
    """Write vectors as safetensors at `path` (.safetensors), and beside it the words (.txt), one a line.

    Raises:
        ValueError: there are not as many words as vectors.
        UserError: a vector has no direction.
    """
    if len(vectors.words) != len(vectors.vectors):
        raise ValueError(f"{path}: {len(vectors.words)} words, {len(vectors.vectors)} vectors")
    _check_directions(path, vectors)
    write_text(Path(path).with_suffix(".txt"), "".join(f"{word}\n" for word in vectors.words))
    with atomic(path) as aside:
        save_file({"vectors": np.ascontiguousarray(vectors.vectors, dtype=np.float32)}, aside)


def read_vectors(path: str | Path) -> WordVectors:
    """Read what `write_vectors` wrote.

    Raises:
        UserError: a file is missing or broken, there are not as many words as vectors, or a vector has no
            direction.
    """
    path = Path(path)
    names = path.with_suffix(".txt")
    tensors = read_safetensors(path)
    with reading(names):
        words = names.read_text(encoding="utf-8").split("\n")[:-1]
    vectors = tensors.get("vectors")
    with reading(path):
        if vectors is None or vectors.ndim != 2 or vectors.dtype != np.float32:
            raise UserError(f"found {sorted(tensors)}, expected a float32 tensor 'vectors' [words, dim]")
    with reading(names):
        if len(words) != len(vectors):
            raise UserError(f"found {len(words)} words, expected {len(vectors)}, one for each vector")
    read = WordVectors(words, vectors)
    _check_directions(path, read)
    return read


def _check_directions(path: str | Path, vectors: WordVectors) -> None:
    """Refuse a vector without a direction: it would be the neighbour of every word, or leave none to any."""
    lengths = np.linalg.norm(vectors.vectors, axis=1)
    broken = np.flatnonzero(~(np.isfinite(lengths) & (lengths > 0)))
    if len(broken):
        word, length = vectors.words[broken[0]], lengths[broken[0]]
        raise UserError(
            f"{path}: found a vector of length {length:g} for {word!r}, expected a finite one above 0"
        )
