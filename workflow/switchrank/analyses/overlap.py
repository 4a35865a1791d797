"""Whether a ranker goes by the tokens that query and passage share, as the paper claims.

A ranker trained on one language may learn that shared tokens mean relevance, which helps only where both
sides share a language. Here, for each query, the scores of its candidates are set against the overlap of
tokens.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

_TOP = 10


def token_overlap(query: np.ndarray, passages: list[np.ndarray]) -> np.ndarray:
    """The share of a query's different tokens that stand in each passage, [passages]; of an empty query 0.

    Args:
        query: token ids.
        passages: token ids of each.
    """
    own = np.unique(query)
    if not len(own):
        return np.zeros(len(passages))
    return np.array([np.isin(own, passage).mean() for passage in passages])


def overlap_of_runs(
    runs: Mapping[str, pd.DataFrame], overlaps: pd.Series, relevant: pd.Series
) -> pd.DataFrame:
    """Set scores against overlap, query by query, over the candidates that are not relevant.

    Relevant passages are left out of what concerns scores: they share tokens with the query and rank high
    for good reason.

    Args:
        runs: seed → columns query_id, passage_id, score; all with the same rows.
        overlaps: of each row, the overlap of its query and passage.
        relevant: of each row, whether the passage is relevant.

    Returns:
        query_id; correlation: Spearman's between score and overlap, mean over seeds, NaN where all overlaps
        or scores are the same; overlap_relevant (NaN where none was found); overlap_top10, of the ten best
        ranked that are not relevant, mean over seeds; overlap_rest, of the others.
    """
    first = next(iter(runs.values()))
    frame = pd.DataFrame({"query_id": first["query_id"], "overlap": overlaps, "relevant": relevant})
    found = frame[frame["relevant"]].groupby("query_id")["overlap"].mean().rename("overlap_relevant")
    others = frame[~frame["relevant"]]
    per_seed = [_of_seed(others, run["score"].loc[others.index]) for run in runs.values()]
    means = sum(per_seed) / len(per_seed)  # NaN for a query that is so with one seed
    queries = pd.Index(sorted(first["query_id"].unique()), name="query_id")
    return means.join(found, how="outer").reindex(queries).reset_index()


def _of_seed(others: pd.DataFrame, score: pd.Series) -> pd.DataFrame:
    scored = others.assign(score=score)
    groups = scored.groupby("query_id")
    # Spearman's correlation is Pearson's of the ranks; ties share their mean rank.
    ranks = pd.DataFrame({name: groups[name].rank() for name in ("overlap", "score")})
    ranks = ranks - ranks.groupby(scored["query_id"]).transform("mean")
    products = pd.DataFrame(
        {
            "both": ranks["overlap"] * ranks["score"],
            "overlap": ranks["overlap"] ** 2,
            "score": ranks["score"] ** 2,
        }
    )
    sums = products.groupby(scored["query_id"]).sum()
    spread = np.sqrt(sums["overlap"] * sums["score"])
    top = groups["score"].rank(method="first", ascending=False) <= _TOP
    return pd.DataFrame(
        {
            "correlation": sums["both"] / spread.where(spread > 0),
            "overlap_top10": scored[top].groupby("query_id")["overlap"].mean(),
            "overlap_rest": scored[~top].groupby("query_id")["overlap"].mean(),
        }
    )
