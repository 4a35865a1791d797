"""Lexicons induced from cross-lingual word vectors: each word's nearest words in the other language."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Literal

import numpy as np
import pandas as pd

from switchrank.files import read_json
from switchrank.lexicons.base import Inputs, Lexicon
from switchrank.lexicons.tsv import COLUMNS
from switchrank.lexicons.vectors import WordVectors, read_vectors
from switchrank.settings import setting

NEIGHBOURS = 10
_BLOCK_BYTES = 1 << 26  # of similarities held at a time


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the config may say of the lexicon."""

    method: Literal["csls", "nn"] = setting(
        "`csls` (cross-domain similarity local scaling) or `nn` (the plain cosine)"
    )
    neighbours: int | None = setting(
        f"neighbours that make a neighbourhood of csls; {NEIGHBOURS} if left out", None, minimum=1
    )
    translations: int = setting("how many translations of each word", 1, minimum=1)


class Induced(Lexicon):
    """Nearest words.

    Words that a language has from the collection's texts alone are translated into the source language, but
    source words are not translated into them: what source text is switched into owes nothing to the
    collection's other languages.
    """

    Settings = Settings
    needs = frozenset({"vectors"})

    @classmethod
    def check(cls, settings: Settings, lexicons: Mapping[str, Mapping[str, Any]]) -> str | None:
        """Neighbours are those of csls; see Lexicon.check."""
        if settings.neighbours is None or settings.method == "csls":
            return None
        why = f"as method {settings.method} has no use for it"
        return f"neighbours: found {settings.neighbours}, expected none, {why}"

    @property
    def method(self) -> str:
        """See Lexicon."""
        return self.settings.method

    def make(self, inputs: Inputs) -> pd.DataFrame:
        """Source, target, score; see Lexicon.make."""
        from switchrank.lexicons.vocabulary import shared_words  # a check of the config needs no word lists

        source, target = read_vectors(inputs.source_vectors), self._targets(inputs)
        shared = shared_words(set(source.words) & set(target.words), inputs.source, inputs.target)
        neighbours = (self.settings.neighbours or NEIGHBOURS) if self.method == "csls" else None
        return induce(source, target, neighbours, shared, self.settings.translations)

    def target_words(self, inputs: Inputs, lexicon: pd.DataFrame) -> Collection[str]:
        """The vocabulary; see Lexicon.target_words."""
        return self._targets(inputs).words

    def _targets(self, inputs: Inputs) -> WordVectors:
        vectors = read_vectors(inputs.target_vectors)
        count = read_json(inputs.frequent)["frequent"] if inputs.from_source_language else None
        return WordVectors(vectors.words[:count], vectors.vectors[:count])


def induce(
    source: WordVectors,
    target: WordVectors,
    neighbours: int | None,
    shared: Collection[str] = frozenset(),
    translations: int = 1,
) -> pd.DataFrame:
    """Translate each source word into the target word, or words, whose vectors are nearest to its own.

    Nearness is cross-domain similarity local scaling (Conneau et al., ICLR 2018, eq. 3): 2 cos(x, y) − r(x) −
    r(y), where r is the mean cosine to the k nearest neighbours in the other language; it keeps hubs, words
    near to everything, from being everyone's translation. Without `neighbours` (k) it is the plain cosine. Of
    equally near words the one earlier in the target list, the more frequent one, is taken.

    Only words that both languages truly have (`shared`) may be their own translation, though an encoder of
    many languages gives the same string the same vector. A word without any candidate is left out. Source
    words keep their order, the best translation of each comes first.
    """
    forbidden = {word: column for column, word in enumerate(target.words) if word not in shared}
    hubness = neighbourhood(target.vectors, source.vectors, neighbours) if neighbours else None
    entries = []
    for start, similarity in _similarities(source.vectors, target.vectors):
        if hubness is not None:
            nearest = _mean_of_nearest(similarity, neighbours)
            similarity *= 2
            similarity -= nearest[:, None]
            similarity -= hubness
        words = source.words[start : start + len(similarity)]
        for row, word in enumerate(words):
            if word in forbidden:
                similarity[row, forbidden[word]] = -np.inf
        rows = np.arange(len(words))
        for _ in range(min(translations, len(target.words))):
            best = similarity.argmax(axis=1)
            entries += zip(start + rows, best, similarity[rows, best].tolist(), strict=True)
            similarity[rows, best] = -np.inf
    entries.sort(key=itemgetter(0))  # the sort is stable: of each word, the best comes first
    kept = [(source.words[row], target.words[best], x) for row, best, x in entries if np.isfinite(x)]
    return pd.DataFrame(kept, columns=COLUMNS)


def neighbourhood(vectors: np.ndarray, others: np.ndarray, k: int) -> np.ndarray:
    """Each vector's mean cosine to its k nearest of `others`, float32 [n] (r in Conneau et al. 2018)."""
    means = [_mean_of_nearest(similarity, k) for _, similarity in _similarities(vectors, others)]
    return np.concatenate([*means, np.empty(0, np.float32)])


def _similarities(rows: np.ndarray, columns: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """Yield each block of rows' first row and cosines with all columns, float32 [block, columns]."""
    size = max(1, _BLOCK_BYTES // (4 * max(1, len(columns))))
    for start in range(0, len(rows), size):
        yield start, rows[start : start + size] @ columns.T


def _mean_of_nearest(similarity: np.ndarray, k: int) -> np.ndarray:
    import torch  # its selection is several times as fast as numpy's; a check of the config needs none

    k = min(k, similarity.shape[1])
    return torch.from_numpy(similarity).topk(k, dim=1, sorted=False).values.mean(dim=1).numpy()
