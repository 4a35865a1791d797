"""Items encoded once, kept as files: what the kernel ranker and the frozen cosine read.

A file holds the queries and passages of one view in one language. It is a safetensors archive: of the
different texts, sorted, the pieces, offsets, contextual token vectors (half precision) and sentence vectors;
and of each query and passage, the row of its text among them. Ids and the size of the vocabulary stand in its
metadata.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from switchrank.encoders.base import TextEncoder
from switchrank.errors import UserError
from switchrank.files import atomic

_KINDS = ("query", "passage")
_LARGE = {"pieces": np.int32, "contextual": np.float16, "sentences": np.float32}
_ROWS_AT_ONCE = 1 << 14


def write_encodings(path: str | Path, queries: pd.Series, passages: pd.Series, encoder: TextEncoder) -> None:
    """Encode the items of one view in one language, each different text once, and write them to one file.

    Args:
        path: to write.
        queries, passages: text by id.
        encoder: of the texts.
    """
    texts = sorted({*queries, *passages})  # so that rows do not depend on the order or number of items
    row_of = {text: row for row, text in enumerate(texts)}
    tokens, contextual, sentences = encoder.encode_tokens(texts)
    large = {"pieces": tokens.pieces, "contextual": contextual, "sentences": sentences}
    tensors = {name: array.astype(_LARGE[name]) for name, array in large.items()}
    tensors["offsets"] = tokens.offsets
    header: dict[str, Any] = {"vocabulary": encoder.vocabulary}
    for kind, items in zip(_KINDS, (queries, passages), strict=True):
        tensors[f"{kind}_rows"] = np.array([row_of[text] for text in items], np.int32)
        header[kind] = list(items.index)
    with atomic(path) as aside:
        save_file(tensors, aside, metadata={"items": json.dumps(header, ensure_ascii=False)})


class Encodings:
    """Encoded items of several views and languages.

    Vectors are read when they are first asked for: who needs none has none in memory.

    Attributes:
        items: (kind, view, language) → the row of each item, by id; kind is "query" or "passage".
        offsets: int64 [rows + 1]; the tokens of row i are offsets[i] to offsets[i + 1].
        vocabulary: how many different pieces there may be.
    """

    def __init__(self, paths: Mapping[tuple[str, str], Path]):
        self._paths, self.items, self.vocabulary = list(paths.values()), {}, 0
        lengths, start = [], 0
        for (view, language), path in paths.items():
            header, tensors = _read(path)
            for kind in _KINDS:
                rows = start + tensors[f"{kind}_rows"].astype(np.int64)
                self.items[kind, view, language] = pd.Series(rows, index=pd.Index(header[kind], dtype=object))
            self.vocabulary = header["vocabulary"]
            lengths.append(np.diff(tensors["offsets"]))
            start += len(lengths[-1])
        self.offsets = np.concatenate([[0], *lengths]).cumsum()

    @classmethod
    def load(cls, paths: Mapping[str, Mapping[str, str | Path]]) -> Self:
        """Open files that `write_encodings` wrote, as if they were one.

        Args:
            paths: view → language → file.

        Raises:
            UserError: a file is not one of encodings.
        """
        return cls(
            {
                (view, language): Path(path)
                for view, files in paths.items()
                for language, path in files.items()
            }
        )

    def rows(self, kind: str, view: str, languages: Sequence[str], ids: Sequence[str]) -> np.ndarray:
        """The rows of items [n] → int64 [n].

        Args:
            kind: "query" or "passage".
            view: of all of them.
            languages, ids: of each.

        Raises:
            UserError: an item is not encoded.
        """
        codes, different = pd.factorize(np.asarray(languages, dtype=object))
        ids = np.asarray(ids, dtype=object)
        rows = np.empty(len(ids), np.int64)
        for code, language in enumerate(different):
            chosen = codes == code
            encoded = self.items.get((kind, view, language), pd.Series(dtype=np.int64))
            places = encoded.index.get_indexer(ids[chosen])
            if (places < 0).any():
                missing = ids[chosen][places.argmin()]
                raise UserError(f"encodings, view {view}, language {language}: found no {kind} {missing!r}")
            rows[chosen] = encoded.to_numpy()[places]
        return rows

    @cached_property
    def pieces(self) -> np.ndarray:
        """The tokens' ids in the vocabulary: int32 [tokens]."""
        return self._joined("pieces")

    @cached_property
    def contextual(self) -> np.ndarray:
        """The tokens' contextual vectors: float16 [tokens, dim], unit length."""
        return self._joined("contextual")

    @cached_property
    def sentences(self) -> np.ndarray:
        """The texts' sentence vectors: float32 [rows, dim], unit length."""
        return self._joined("sentences")

    def _joined(self, name: str) -> np.ndarray:
        """A tensor of all files, copied block by block: at no time is it held twice."""
        length = len(self.offsets) - 1 if name == "sentences" else self.offsets[-1]
        joined, start = None, 0
        for path in self._paths:
            with safe_open(path, framework="numpy") as archive:
                stored = archive.get_slice(name)
                rows, *width = stored.get_shape()
                if joined is None:
                    joined = np.empty((length, *width), _LARGE[name])
                for begin in range(0, rows, _ROWS_AT_ONCE):
                    block = stored[begin : min(begin + _ROWS_AT_ONCE, rows)]
                    joined[start : start + len(block)] = block
                    start += len(block)
        return joined


def _read(path: Path) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """The header of a file and its small tensors; that it has the large ones is made sure of."""
    try:
        with safe_open(path, framework="numpy") as archive:
            for name in _LARGE:
                archive.get_slice(name)
            names = ("offsets", *(f"{kind}_rows" for kind in _KINDS))
            return json.loads(archive.metadata()["items"]), {name: archive.get_tensor(name) for name in names}
    except (KeyError, TypeError, ValueError, SafetensorError) as error:
        raise UserError(f"{path}: no file of encodings: {error}") from None
