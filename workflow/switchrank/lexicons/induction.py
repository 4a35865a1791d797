"""Nearest words across languages: bilingual lexicons induced from cross-lingual word vectors."""

from collections.abc import Collection, Iterator

import numpy as np
import pandas as pd
import torch

from switchrank.lexicons.tsv import COLUMNS
from switchrank.lexicons.vectors import WordVectors

_BLOCK_BYTES = 1 << 26  # of similarities held at a time


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
    near to everything, from being everyone's translation. Of equally near words the one earlier in the target
    list, the more frequent one, is taken.

    Args:
        source, target: in the same space.
        neighbours: k; None: nearness is the plain cosine.
        shared: words that both languages truly have; any other word is never its own translation, though an
            encoder of many languages gives the same string the same vector.
        translations: how many of each word.

    Returns:
        source, target, score, in the order of the source words, the best translation of each first; a word
        without any candidate is left out.
    """
    forbidden = {word: column for column, word in enumerate(target.words) if word not in shared}
    hubness = neighbourhood(target.vectors, source.vectors, neighbours) if neighbours else None
    sources, targets, scores = [], [], []
    for start, similarity in _similarities(source.vectors, target.vectors):
        if hubness is not None:
            nearest = _mean_of_nearest(similarity, neighbours)
            similarity *= 2
            similarity -= nearest[:, None]
            similarity -= hubness
        for row, word in enumerate(source.words[start : start + len(similarity)]):
            if word in forbidden:
                similarity[row, forbidden[word]] = -np.inf
        for _ in range(min(translations, similarity.shape[1])):
            rows, best = np.arange(len(similarity)), similarity.argmax(axis=1)
            sources.append(start + rows)
            targets.append(best)
            scores.append(similarity[rows, best])
            similarity[rows, best] = -np.inf
    row, column, score = (np.concatenate([*parts, []]) for parts in (sources, targets, scores))
    order = np.argsort(row, kind="stable")  # rounds of best, second best, … into words
    kept = order[np.isfinite(score[order])]
    words = (
        [source.words[place] for place in row[kept].astype(int)],
        [target.words[place] for place in column[kept].astype(int)],
    )
    return pd.DataFrame(dict(zip(COLUMNS, (*words, score[kept]), strict=True)))


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
    k = min(k, similarity.shape[1])  # torch's selection is several times as fast as numpy's
    return torch.from_numpy(similarity).topk(k, dim=1, sorted=False).values.mean(dim=1).numpy()
