"""Texts as a cross-encoder reads them: each tokenised once, then joined to a query and its passage.

Queries and passages are given by their rows in what was tokenised, int64 [n].
"""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from tokenizers import Tokenizer

from switchrank.errors import UserError
from switchrank.files import reading


class Template(NamedTuple):
    """The special tokens before, between and behind two texts, and the type of the tokens of each part."""

    before: tuple[int, ...]
    between: tuple[int, ...]
    behind: tuple[int, ...]
    types: tuple[int, int, int, int, int]  # before, query, between, passage, behind

    @property
    def specials(self) -> int:
        """How many special tokens there are."""
        return len(self.before) + len(self.between) + len(self.behind)


class Inputs(NamedTuple):
    """A batch as a model reads it: int64 [rows, longest] each; padding has the mask 0."""

    pieces: np.ndarray
    types: np.ndarray
    mask: np.ndarray


class Tokens:
    """Tokenised texts; a text that comes again has the row that it had.

    Attributes:
        template: how two texts are joined.
        padding: the piece that fills a batch up.
        max_tokens: of a query and its passage together, special tokens included.
    """

    def __init__(self, folder: Path, padding: int, max_tokens: int):
        """Read the tokenizer of a model's folder.

        Raises:
            UserError: it is missing or damaged, or joins texts in a way that depends on them.
        """
        path = folder / "tokenizer.json"
        with reading(path):
            self._tokenizer = _tokenizer(path.read_text(encoding="utf-8"))
        template = _template(self._tokenizer)
        if template is None:
            raise UserError(f"{path}: found special tokens that depend on the texts, expected the same")
        self.template, self.padding, self.max_tokens = template, padding, max_tokens
        self._row_of: dict[str, int] = {}
        self._pieces = np.empty(0, np.int32)
        self._offsets = np.zeros(1, np.int64)

    def rows(self, texts: Sequence[str]) -> np.ndarray:
        """The rows of texts, of which those that are new are tokenised → int64 [n]."""
        new = [text for text in dict.fromkeys(texts) if text not in self._row_of]
        if new:
            encoded = self._tokenizer.encode_batch(new, add_special_tokens=False)
            pieces = [np.array(encoding.ids, np.int32) for encoding in encoded]
            start = len(self._row_of)
            self._row_of |= {text: start + number for number, text in enumerate(new)}
            ends = self._offsets[-1] + np.cumsum([len(ids) for ids in pieces])
            self._offsets = np.concatenate([self._offsets, ends])
            self._pieces = np.concatenate([self._pieces, *pieces])
        return np.array([self._row_of[text] for text in texts], np.int64)

    def pieces(self, rows: np.ndarray) -> np.ndarray:
        """The different pieces of texts, and all that are put around them; sorted."""
        of_texts = [self._of(row) for row in np.unique(rows)]
        around = [*self.template.before, *self.template.between, *self.template.behind, self.padding]
        return np.unique(np.concatenate([*of_texts, np.array(around, np.int32)]))

    def digest(self) -> str:
        """Of all texts that were tokenised, and of how they are joined."""
        digest = hashlib.sha256(repr(self.template).encode())
        digest.update(self._pieces.tobytes())
        digest.update(self._offsets.tobytes())
        return digest.hexdigest()

    def lengths(self, queries: np.ndarray, passages: np.ndarray) -> np.ndarray:
        """How many tokens a query and its passage have together, as far as they are read → int64 [n]."""
        return sum(self._kept(queries, passages)) + self.template.specials

    def longer(self, queries: np.ndarray, passages: np.ndarray) -> int:
        """How many of them are not read to their end."""
        whole = self._lengths(queries) + self._lengths(passages) + self.template.specials
        return int((whole > self.max_tokens).sum())

    def joined(self, queries: np.ndarray, passages: np.ndarray) -> Inputs:
        """Queries with their passages behind them, the longer cut first, filled up to the longest."""
        before, between, behind, types = self.template
        kept = self._kept(queries, passages)
        lengths = sum(kept) + self.template.specials
        shape = len(queries), int(lengths.max(initial=0))
        pieces = np.full(shape, self.padding, np.int64)
        kinds, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        for number, (query, passage, of_query, of_passage) in enumerate(
            zip(queries, passages, *kept, strict=True)
        ):
            parts = [before, self._of(query)[:of_query], between, self._of(passage)[:of_passage], behind]
            row = np.concatenate(parts)
            pieces[number, : len(row)], mask[number, : len(row)] = row, 1
            if any(types):
                kinds[number, : len(row)] = np.repeat(types, [len(part) for part in parts])
        return Inputs(pieces, kinds, mask)

    def alone(self, rows: np.ndarray) -> Inputs:
        """Texts by themselves, between the special tokens that stand before and behind two."""
        lengths = np.minimum(self._lengths(rows), self.max_tokens - self.template.specials)
        before, _, behind, types = self.template
        shape = len(rows), int(lengths.max(initial=0)) + len(before) + len(behind)
        pieces = np.full(shape, self.padding, np.int64)
        kinds, mask = np.full(shape, types[1], np.int64), np.zeros(shape, np.int64)
        for number, (row, length) in enumerate(zip(rows, lengths, strict=True)):
            text = np.concatenate([before, self._of(row)[:length], behind])
            pieces[number, : len(text)], mask[number, : len(text)] = text, 1
        return Inputs(pieces, kinds, mask)

    def _of(self, row: int) -> np.ndarray:
        return self._pieces[self._offsets[row] : self._offsets[row + 1]]

    def _lengths(self, rows: np.ndarray) -> np.ndarray:
        return self._offsets[rows + 1] - self._offsets[rows]

    def _kept(self, queries: np.ndarray, passages: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How many tokens of each are read: Hugging Face's "longest_first"."""
        return longest_first(
            self._lengths(queries), self._lengths(passages), self.max_tokens - self.template.specials
        )


def longest_first(first: np.ndarray, second: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Lengths of two texts that have at most so many tokens together: the longer is cut until they are equal.

    Where both would be cut to the same length and it is odd, the longer keeps one more, or the second.
    """
    shorter, longer = np.minimum(first, second), np.maximum(first, second)
    fits = first + second <= most
    halved = shorter * 2 > most
    cut_shorter = np.where(halved, most // 2, shorter)
    kept_shorter = np.where(fits, shorter, cut_shorter)
    kept_longer = np.where(fits, longer, most - cut_shorter)
    swapped = first > second
    return np.where(swapped, kept_longer, kept_shorter), np.where(swapped, kept_shorter, kept_longer)


def batches(lengths: np.ndarray, budget: int) -> Iterator[np.ndarray]:
    """Rows in batches of at most so many tokens with padding, or of one row; from short to long.

    Rows of one length stand together, whatever query they are of, so that next to nothing is padding.
    """
    order = np.argsort(lengths, kind="stable")
    start = 0
    while start < len(order):
        end = start + 1
        while end < len(order) and lengths[order[end]] * (end + 1 - start) <= budget:
            end += 1
        yield order[start:end]
        start = end


def _tokenizer(content: str) -> Tokenizer:
    """A tokenizer from the content of its file; ValueError if it is damaged."""
    try:
        tokenizer = Tokenizer.from_str(content)
    except Exception as error:  # tokenizers raises nothing narrower
        raise ValueError(str(error)) from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _template(tokenizer: Tokenizer) -> Template | None:
    """How a tokenizer joins two texts, seen from some that it joined; None if it depends on the texts."""
    seen = set()
    for first, second in (("a", "b"), ("a b c", "d")):
        alone = [tokenizer.encode(text, add_special_tokens=False).ids for text in (first, second)]
        both = tokenizer.encode(first, second)
        query, passage = (
            [place for place, sequence in enumerate(both.sequence_ids) if sequence == number]
            for number in (0, 1)
        )
        edges = [0, query[0], query[-1] + 1, passage[0], passage[-1] + 1, len(both.ids)]
        before, *texts, behind = (tuple(both.ids[start:end]) for start, end in pairwise(edges))
        if [list(texts[0]), list(texts[2])] != alone:
            return None
        types = tuple(both.type_ids[min(edge, len(both.ids) - 1)] for edge in edges[:-1])
        seen.add(Template(before, texts[1], behind, types))
    return seen.pop() if len(seen) == 1 else None
