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

from switchrank.lexicons.induction import neighbourhood
from switchrank.lexicons.vectors import WordVectors, unit_rows

# λ tried after the identity; of equally good maps the one nearer to the identity is kept.
SHRINKAGES = (30.0, 0.0)
_NEIGHBOURS = 10
# Most frequent words among which they are looked for; all of them would take three times as long.
_POOL = 4000


def align(
    language: WordVectors, source: WordVectors, dictionary: pd.DataFrame
) -> tuple[WordVectors, dict[str, Any]]:
    """Align the vectors of a language to those of the source language where that helps.

    Args:
        language: the vectors to align.
        source: those of the source language, which stay where they are.
        dictionary: source, target (a word of `language`), part; only "align" and "held-out" are used.

    Returns:
        the vectors (the same array if no map is kept); and the stats: kept, shrinkage (None if nothing is
        kept), pairs (of each part, with both words in the vocabularies), and precision@1 on the held-out part
        before, after, and under every map tried. As the map is chosen on that part, "after" flatters it; the
        lexicon's test part does not.
    """
    fit, held_out = (_known_pairs(language, source, dictionary, part) for part in ("align", "held-out"))
    before = _precision(language.vectors, source.vectors, held_out)
    best, kept, vectors, tried = before, None, language.vectors, []
    for shrinkage in SHRINKAGES if len(fit) and len(held_out) else ():
        matrix = procrustes(language.vectors[fit[:, 1]], source.vectors[fit[:, 0]], shrinkage)
        mapped = unit_rows(language.vectors @ matrix)
        precision = _precision(mapped, source.vectors, held_out)
        tried.append({"shrinkage": shrinkage} | precision)
        if precision["mean"] > best["mean"]:
            best, kept, vectors = precision, shrinkage, mapped
    sizes = {"align": len(fit), "held-out": len(held_out)}
    figures = {"before": before, "after": best, "tried": tried}
    stats = {"kept": kept is not None, "shrinkage": kept, "pairs": sizes, "precision_at_1": figures}
    return WordVectors(language.words, vectors), stats


def procrustes(source: np.ndarray, target: np.ndarray, shrinkage: float = 0.0) -> np.ndarray:
    """Find the orthogonal map that brings source rows nearest to target rows, float32 [dim, dim].

    It minimises ‖XW − Y‖² + λ‖W − I‖² over orthogonal W (up to a constant), λ the shrinkage; row vectors are
    mapped by `vectors @ W`.

    Args:
        source, target: X and Y, [pairs, dim].
        shrinkage: λ ≥ 0, in pairs.
    """
    product = source.T.astype(np.float64) @ target.astype(np.float64)
    left, _, right = np.linalg.svd(product + shrinkage * np.eye(len(product)))
    return (left @ right).astype(np.float32)


def _known_pairs(
    language: WordVectors, source: WordVectors, dictionary: pd.DataFrame, part: str
) -> np.ndarray:
    """The pairs of a part of which both words are known, as rows: int [pairs, (source, language)]."""
    row_of_source = {word: row for row, word in enumerate(source.words)}
    row_of_target = {word: row for row, word in enumerate(language.words)}
    chosen = dictionary[dictionary["part"] == part]
    rows = [chosen["source"].map(row_of_source), chosen["target"].map(row_of_target)]
    return pd.concat(rows, axis=1).dropna().to_numpy(dtype=int)


def _precision(vectors: np.ndarray, source: np.ndarray, pairs: np.ndarray) -> dict[str, float | None]:
    """Measure precision@1 (CSLS) from the source language, to it, and their mean; None without any pair."""
    from_source = _precision_at_1(source, vectors, pairs)
    to_source = _precision_at_1(vectors, source, pairs[:, ::-1])
    mean = None if from_source is None or to_source is None else (from_source + to_source) / 2
    return {"from_source": from_source, "to_source": to_source, "mean": mean}


def _precision_at_1(source: np.ndarray, target: np.ndarray, pairs: np.ndarray) -> float | None:
    if not len(pairs):
        return None
    right: dict[int, set[int]] = {}
    for query, answer in pairs.tolist():
        right.setdefault(query, set()).add(answer)
    queries = list(right)
    # The query's own neighbourhood is the same for all its candidates, so it does not matter here.
    scores = 2 * source[queries] @ target.T - neighbourhood(target, source[:_POOL], _NEIGHBOURS)
    answers = zip(queries, scores.argmax(axis=1).tolist(), strict=True)
    return sum(answer in right[query] for query, answer in answers) / len(queries)
