"""Items encoded once, kept as files: what the kernel ranker and the frozen cosine read.

A file holds the queries and passages of one view in one language. It is a safetensors archive: of the
different texts, sorted, the pieces, offsets, contextual token vectors (half precision) and sentence vectors;
and of each query and passage, the row of its text among them. Ids, the size of the vocabulary and the piece
that stands for unknown ones are in its metadata.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from safetensors import safe_open
from safetensors.numpy import save_file

from switchrank.collections.base import KINDS
from switchrank.errors import UserError
from switchrank.files import atomic, reading

_LARGE = {"pieces": np.int32, "contextual": np.float16, "sentences": np.float32}
_SMALL = ("offsets", *(f"{kind}_rows" for kind in KINDS))
_ROWS_AT_ONCE = 1 << 14


def write_encodings(path: str | Path, queries: pd.Series, passages: pd.Series, encoder: Any) -> None:
    """Encode the texts (by id) of a view in a language, each different one once, with a use.Encoder.

    A vector that is not finite is a UserError.
    """
    texts = sorted({*queries, *passages})  # so that rows do not depend on the order or number of items
    row_of = {text: row for row, text in enumerate(texts)}
    pieces, offsets, contextual, sentences = encoder.encode_tokens(texts)
    large = {"pieces": pieces, "contextual": contextual, "sentences": sentences}
    with np.errstate(over="ignore"):  # what is too large for half precision is infinite, and refused
        tensors = {name: array.astype(_LARGE[name]) for name, array in large.items()}
    _check_finite(path, tensors["sentences"], texts, np.arange(len(texts) + 1))
    _check_finite(path, tensors["contextual"], texts, offsets)
    tensors["offsets"] = offsets
    header: dict[str, Any] = {"vocabulary": encoder.vocabulary, "unknown": encoder.unknown}
    for kind, items in zip(KINDS, (queries, passages), strict=True):
        tensors[f"{kind}_rows"] = np.array([row_of[text] for text in items], np.int32)
        header[kind] = list(items.index)
    with atomic(path) as aside:
        save_file(tensors, aside, metadata={"items": json.dumps(header, ensure_ascii=False)})


class Encodings:
    """Files of `write_encodings` (by view and language) as if they were one; vectors are read when needed.

    A file may be of several views; it is read once.

    Attributes:
        items: the row of each item, by kind ("query" or "passage"), view, language and id.
        offsets: int64 [rows + 1]; the tokens of row i are offsets[i] to offsets[i + 1].
        vocabulary: how many different pieces there may be.
        unknown: the piece that stands for all others; two of them may be spelt quite differently.

    Raises:
        UserError: a file is not one of encodings.
    """

    def __init__(self, paths: Mapping[str, Mapping[str, str | Path]]):
        rows, lengths, starts, start = {}, [], {}, 0
        for view, files in paths.items():
            for language, path in files.items():
                header, tensors = _read(path)
                if path not in starts:
                    starts[path] = start
                    lengths.append(np.diff(tensors["offsets"]))
                    start += len(lengths[-1])
                for kind in KINDS:
                    index, within = pd.Index(header[kind], dtype=object), tensors[f"{kind}_rows"]
                    rows[kind, view, language] = pd.Series(starts[path] + within, index, np.int64)
                self.vocabulary, self.unknown = header["vocabulary"], header["unknown"]
        self._paths = list(starts)
        self.items = pd.concat(rows)
        self.offsets = np.concatenate([[0], *lengths]).cumsum()

    def rows(self, kind: str, view: str, languages: Sequence[str], ids: Sequence[str]) -> np.ndarray:
        """The rows of items of a kind and view → int64 [n]; UserError if one is not encoded."""
        n = len(ids)
        items = pd.MultiIndex.from_arrays([[kind] * n, [view] * n, languages, ids])
        positions = self.items.index.get_indexer(items)
        if (positions < 0).any():
            *_, language, missing = items[positions.argmin()]
            raise UserError(f"encodings, view {view}, language {language}: found no {kind} {missing!r}")
        return self.items.to_numpy()[positions]

    def candidate_rows(self, candidates: pd.DataFrame, view: str) -> tuple[np.ndarray, np.ndarray]:
        """The rows of the queries and of the passages of candidates (see Ranker.score) → int64 [n] each."""
        languages = {kind: candidates[f"{kind}_language"] for kind in KINDS}
        return tuple(self.rows(kind, view, languages[kind], candidates[f"{kind}_id"]) for kind in KINDS)

    def longer_than(self, tokens: int) -> pd.DataFrame:
        """How many items have more tokens (longer), of how many (items); index kind, view, language."""
        longer = pd.Series(np.diff(self.offsets)[self.items.to_numpy()] > tokens, self.items.index)
        return longer.groupby(level=[0, 1, 2], sort=False).agg(longer="sum", items="size")

    @cached_property
    def pieces(self) -> np.ndarray:
        """The tokens' ids in the vocabulary: int32 [tokens]."""
        return self._joined("pieces", self.offsets[-1])

    @cached_property
    def contextual(self) -> np.ndarray:
        """The tokens' contextual vectors: float16 [tokens, dim], unit length."""
        return self._joined("contextual", self.offsets[-1])

    @cached_property
    def sentences(self) -> np.ndarray:
        """The texts' sentence vectors: float32 [rows, dim], unit length."""
        return self._joined("sentences", len(self.offsets) - 1)

    def _joined(self, name: str, length: int) -> np.ndarray:
        """A tensor of all files, copied block by block: at no time is it held twice."""
        joined, start = None, 0
        for path in self._paths:
            with reading(path), safe_open(path, framework="numpy") as archive:
                stored = archive.get_slice(name)
                rows, *width = stored.get_shape()
                if joined is None:
                    joined = np.empty((length, *width), _LARGE[name])
                for begin in range(0, rows, _ROWS_AT_ONCE):
                    block = stored[begin : min(begin + _ROWS_AT_ONCE, rows)]
                    joined[start : start + len(block)] = block
                    start += len(block)
        return joined


def piece_idf(encodings: Encodings) -> np.ndarray:
    """Inverse document frequency of pieces over all encoded passages → float32 [vocabulary], 1 at most.

    It is log((documents + 1) / (frequency + 1/2)), divided by its maximum. Unknown pieces weigh nothing: that
    two texts have some is no match, and how rare each of them is, cannot be known.
    """
    texts = np.bincount(encodings.items["passage"], minlength=len(encodings.offsets) - 1)  # passages of each
    token_text = np.repeat(np.arange(len(texts)), np.diff(encodings.offsets))
    keys = np.unique(token_text * encodings.vocabulary + encodings.pieces)
    text, piece = np.divmod(keys, encodings.vocabulary)
    frequency = np.bincount(piece, weights=texts[text], minlength=encodings.vocabulary)
    idf = np.log((texts.sum() + 1) / (frequency + 0.5))
    idf[encodings.unknown] = 0
    return (idf / idf.max()).astype(np.float32)


def _check_finite(path: str | Path, vectors: np.ndarray, texts: Sequence[str], offsets: np.ndarray) -> None:
    """Refuse vectors of which one is not finite: no score made of it would mean anything.

    Those of text i are offsets[i] to offsets[i + 1].
    """
    broken = np.flatnonzero(~np.isfinite(vectors).all(axis=1))
    if len(broken):
        text = texts[np.searchsorted(offsets, broken[0], side="right") - 1]
        raise UserError(f"{path}: found a vector that is not finite for {text!r}, expected numbers")


def _read(path: str | Path) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """The header of a file and its small tensors; it must have the large ones too."""
    with reading(path), safe_open(path, framework="numpy") as archive:
        for name in _LARGE:
            archive.get_slice(name)
        small = {name: archive.get_tensor(name) for name in _SMALL}
        return json.loads(archive.metadata()["items"]), small
