"""The candidates of every query: the first stage over the English side, the same for all pairs."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

RRF_CONSTANT = 60  # Cormack, Clarke & Buettcher, SIGIR 2009


def dense(
    query_ids: Sequence[str],
    query_vectors: np.ndarray,
    passage_ids: Sequence[str],
    passage_vectors: np.ndarray,
    depth: int,
) -> pd.DataFrame:
    """The nearest passages of each query by cosine.

    Args:
        query_ids, passage_ids: n and m ids.
        query_vectors, passage_vectors: float [n, dim] and [m, dim], rows of unit length.
        depth: how many passages a query gets.

    Returns:
        columns query_id, passage_id, score; by query, then score descending, ties by passage_id.
    """
    order = np.argsort(np.asarray(passage_ids, dtype=object), kind="stable")
    ids, vectors = np.asarray(passage_ids, dtype=object)[order], passage_vectors[order]
    frames = []
    for query_id, vector in zip(query_ids, query_vectors, strict=True):
        scores = np.round(vectors @ vector, 6)  # equal vectors may differ in the last bit, by their row
        best = np.argsort(-scores, kind="stable")[:depth]
        frames.append(pd.DataFrame({"query_id": query_id, "passage_id": ids[best], "score": scores[best]}))
    return pd.concat(frames, ignore_index=True)


def fuse(runs: Sequence[pd.DataFrame], depth: int) -> pd.DataFrame:
    """Unite the top of several runs by reciprocal rank fusion (Cormack et al. 2009); qrels are not looked at.

    Args:
        runs: columns query_id, passage_id, score; each ordered by rank within a query.
        depth: how many passages each run gives to a query at most.

    Returns:
        columns query_id, passage_id, rank (from 1), score; by query_id, then score descending, passage_id.
    """
    parts = []
    for run in runs:
        rank = run.groupby("query_id").cumcount() + 1
        part = run.assign(score=1 / (RRF_CONSTANT + rank))[rank <= depth]
        parts.append(part[["query_id", "passage_id", "score"]])
    fused = pd.concat(parts).groupby(["query_id", "passage_id"], as_index=False)["score"].sum()
    fused = fused.sort_values(
        ["query_id", "score", "passage_id"], ascending=[True, False, True], ignore_index=True
    )
    fused.insert(2, "rank", fused.groupby("query_id").cumcount() + 1)
    return fused
