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

from switchrank.encoder import Encoder
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
    parts = [_load(path) for path in paths]
    if len(parts) == 1:
        return parts[0]
    texts: dict[str, None] = {}
    pieces, lengths, contextual, sentences = [], [], [], []
    for part in parts:
        new = [row for row, text in enumerate(part.texts) if text not in texts]
        texts.update(dict.fromkeys(part.texts[row] for row in new))
        own = np.diff(part.offsets)
        kept = np.repeat(np.isin(np.arange(len(own)), new), own)
        pieces.append(part.pieces[kept])
        contextual.append(part.contextual[kept])
        lengths.append(own[new])
        sentences.append(part.sentences[new])
    offsets = np.concatenate([[0], np.cumsum(np.concatenate(lengths))])
    return Encodings(
        list(texts), np.concatenate(pieces), offsets, np.concatenate(contextual), np.concatenate(sentences)
    )


def _load(path: Path) -> Encodings:
    try:
        with safe_open(path, framework="numpy") as archive:
            tensors = {name: archive.get_tensor(name) for name in archive.keys()}  # noqa: SIM118
            return Encodings(json.loads(archive.metadata()["texts"]), **tensors)
    except (KeyError, TypeError, ValueError, SafetensorError) as error:
        raise UserError(f"{path}: no file of encodings: {error}") from None
