"""Alignment of a language's word vectors to those of the source language by an orthogonal map.

The map is the solution of the orthogonal Procrustes problem on a seed dictionary (Smith et al., ICLR 2017;
Conneau et al., ICLR 2018): W = U Vᵀ of the singular value decomposition of Xᵀ Y. A seed dictionary of a few
hundred pairs determines a map of hundreds of dimensions poorly, and vectors of one multilingual encoder are
nearly aligned already; so the map may be shrunk toward the identity, by taking Xᵀ Y + λ I instead: every
dimension counts as λ more pairs that are where they should be. λ = 0 is plain Procrustes. Which λ, if any, is
decided by precision@1 on the held-out part; if none improves it, the vectors stay as they are.
"""

from typing import Any

import numpy as np
import pandas as pd

from switchrank.lexicons.induced import NEIGHBOURS, neighbourhood
from switchrank.lexicons.vectors import WordVectors, unit_rows

# λ tried after the identity; of equally good maps the one nearer to the identity is kept.
_SHRINKAGES = (30.0, 0.0)
# Most frequent words among which neighbours are looked for; all of them would take three times as long.
_POOL = 4000


def align(
    language: WordVectors, source: WordVectors, dictionary: pd.DataFrame
) -> tuple[WordVectors, dict[str, Any]]:
    """Align the vectors of a language to those of the source language where that helps.

    Of the seed dictionary the parts "align" and "held-out" are used. The vectors stay the same array if no
    map is kept. The stats have precision@1 on the held-out part before, after, and under every map tried; as
    the map is chosen on that part, "after" flatters it; the lexicon's test part does not.
    """
    parts = (dictionary[dictionary["part"] == part] for part in ("align", "held-out"))
    fit, held_out = (_known_pairs(pairs, source, language) for pairs in parts)
    before = _precision(language.vectors, source.vectors, held_out)
    best, kept, vectors, tried = before, None, language.vectors, []
    for shrinkage in _SHRINKAGES if len(fit) and len(held_out) else ():
        matrix = procrustes(language.vectors[fit[:, 1]], source.vectors[fit[:, 0]], shrinkage)
        mapped = unit_rows(language.vectors @ matrix)
        precision = _precision(mapped, source.vectors, held_out)
        tried.append({"shrinkage": shrinkage} | precision)
        if precision["mean"] > best["mean"]:
            best, kept, vectors = precision, shrinkage, mapped
    return WordVectors(language.words, vectors), {
        "kept": kept is not None,
        "shrinkage": kept,
        "pairs": {"align": len(fit), "held-out": len(held_out)},
        "precision_at_1": {"before": before, "after": best, "tried": tried},
    }


def procrustes(source: np.ndarray, target: np.ndarray, shrinkage: float = 0.0) -> np.ndarray:
    """The orthogonal map, float32 [dim, dim], of source rows to target rows [pairs, dim]: `source @ map`.

    It minimises ‖XW − Y‖² + λ‖W − I‖² over orthogonal W (up to a constant), λ ≥ 0 the shrinkage, in pairs.
    """
    product = source.T.astype(np.float64) @ target.astype(np.float64)
    left, _, right = np.linalg.svd(product + shrinkage * np.eye(len(product)))
    return (left @ right).astype(np.float32)


def _known_pairs(pairs: pd.DataFrame, source: WordVectors, language: WordVectors) -> np.ndarray:
    """The pairs of which both words are known, as their rows: int [pairs, (source, language)]."""
    columns = (source, pairs["source"]), (language, pairs["target"])
    rows = np.stack([pd.Index(vectors.words).get_indexer(words) for vectors, words in columns], axis=1)
    return rows[(rows >= 0).all(axis=1)]


def _precision(vectors: np.ndarray, source: np.ndarray, pairs: np.ndarray) -> dict[str, float | None]:
    """Precision@1 (CSLS) from the source language, to it, and their mean; None without any pair."""
    if not len(pairs):
        return {"from_source": None, "to_source": None, "mean": None}
    from_source = _precision_at_1(source, vectors, pairs)
    to_source = _precision_at_1(vectors, source, pairs[:, ::-1])
    return {"from_source": from_source, "to_source": to_source, "mean": (from_source + to_source) / 2}


def _precision_at_1(source: np.ndarray, target: np.ndarray, pairs: np.ndarray) -> float:
    right, words = set(map(tuple, pairs.tolist())), pd.unique(pairs[:, 0])
    # A word's own neighbourhood is the same for all its candidates, so it does not matter here.
    scores = 2 * source[words] @ target.T - neighbourhood(target, source[:_POOL], NEIGHBOURS)
    answers = zip(words.tolist(), scores.argmax(axis=1).tolist(), strict=True)
    return sum(answer in right for answer in answers) / len(words)
