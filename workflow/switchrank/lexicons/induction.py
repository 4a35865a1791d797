"""Bilingual lexicons induced from cross-lingual word vectors, and the quality of lexicons."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
import torch

from switchrank.lexicons.tsv import COLUMNS, to_mapping

METHODS = ("csls", "nn")
_BLOCK_BYTES = 1 << 26  # of similarities held at a time


def induce(
    source_words: Sequence[str],
    source_vectors: np.ndarray,
    target_words: Sequence[str],
    target_vectors: np.ndarray,
    method: str = "csls",
    k: int = 10,
    shared: Collection[str] = frozenset(),
    translations: int = 1,
) -> pd.DataFrame:
    """Translate each source word into the target word, or words, whose vectors are nearest to its own.

    "csls" is cross-domain similarity local scaling (Conneau et al., ICLR 2018, eq. 3): 2 cos(x, y) − r(x) −
    r(y), where r is the mean cosine to the k nearest neighbours in the other language; it keeps hubs, words
    near to everything, from being everyone's translation. "nn" is the plain cosine. Of equally near words the
    one earlier in the target list, the more frequent one, is taken.

    Args:
        source_words: n words.
        source_vectors: float32 [n, dim], rows of unit length.
        target_words: m words.
        target_vectors: float32 [m, dim], rows of unit length, in the same space.
        method: "csls" or "nn".
        k: neighbours that make a neighbourhood.
        shared: words that both languages truly have; any other word is never its own translation, though an
            encoder of many languages gives the same string the same vector.
        translations: how many of each word.

    Returns:
        source, target, score, in the order of the source words, the best translation of each first; a word
        without any candidate is left out.

    Raises:
        ValueError: the method is not known.
    """
    if method not in METHODS:
        raise ValueError(f"method {method!r}: expected one of {', '.join(METHODS)}")
    forbidden = {word: column for column, word in enumerate(target_words) if word not in shared}
    hubness = neighbourhood(target_vectors, source_vectors, k) if method == "csls" else None
    sources, targets, scores = [], [], []
    for start, similarity in _similarities(source_vectors, target_vectors):
        if hubness is not None:
            own = _mean_of_nearest(similarity, k)
            similarity *= 2
            similarity -= own[:, None]
            similarity -= hubness
        for row, word in enumerate(source_words[start : start + len(similarity)]):
            if word in forbidden:
                similarity[row, forbidden[word]] = -np.inf
        for _ in range(min(translations, similarity.shape[1])):
            rows, best = np.arange(len(similarity)), similarity.argmax(axis=1)
            sources.append(start + rows)
            targets.append(best)
            scores.append(similarity[rows, best])
            similarity[rows, best] = -np.inf
    source, target, score = (np.concatenate([*parts, []]) for parts in (sources, targets, scores))
    order = np.argsort(source, kind="stable")  # rounds of best, second best, … into words
    kept = order[np.isfinite(score[order])]
    columns = (
        [source_words[row] for row in source[kept].astype(int)],
        [target_words[column] for column in target[kept].astype(int)],
    )
    return pd.DataFrame(dict(zip(COLUMNS, (*columns, score[kept]), strict=True)))


def neighbourhood(vectors: np.ndarray, others: np.ndarray, k: int) -> np.ndarray:
    """Give each vector's mean cosine to its k nearest of `others`, float32 [n] (r in Conneau et al. 2018)."""
    means = [_mean_of_nearest(similarity, k) for _, similarity in _similarities(vectors, others)]
    return np.concatenate([*means, np.empty(0, np.float32)])


def quality(lexicon: pd.DataFrame, pairs: pd.DataFrame, target_words: Collection[str]) -> dict[str, Any]:
    """Measure a lexicon against a dictionary that it has not seen.

    Args:
        lexicon: source, target.
        pairs: source, target; a source may have several targets, each of which is right.
        target_words: the vocabulary that the lexicon's targets were chosen from.

    Returns:
        entries: source words of the dictionary; n: those that the lexicon has; coverage: n / entries;
        precision_at_1: share of the n whose translation is a right one; reachable: those of the n of which a
        right translation is in the target vocabulary at all; precision_at_1_reachable: share of them that are
        right. A share of nothing is None.
    """
    right = pairs.groupby("source")["target"].agg(set).to_dict()
    translations = to_mapping(lexicon)
    covered = [source for source in right if source in translations]
    vocabulary = set(target_words)
    reachable = [source for source in covered if right[source] & vocabulary]
    hits = sum(translations[source] in right[source] for source in covered)
    return {
        "entries": len(right),
        "n": len(covered),
        "coverage": _share(len(covered), len(right)),
        "precision_at_1": _share(hits, len(covered)),
        "reachable": len(reachable),
        "precision_at_1_reachable": _share(hits, len(reachable)),
    }


def _similarities(rows: np.ndarray, columns: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """Yield each block of rows' first row and cosines with all columns, float32 [block, columns]."""
    size = max(1, _BLOCK_BYTES // (4 * max(1, len(columns))))
    for start in range(0, len(rows), size):
        yield start, rows[start : start + size] @ columns.T


def _mean_of_nearest(similarity: np.ndarray, k: int) -> np.ndarray:
    k = min(k, similarity.shape[1])  # torch's selection is several times as fast as numpy's
    return torch.from_numpy(similarity).topk(k, dim=1, sorted=False).values.mean(dim=1).numpy()


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
