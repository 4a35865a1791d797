"""Per-query effectiveness of a run, the reciprocal rank at 10 (ranx), and the candidates' ceiling."""

import unicodedata
from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from switchrank.errors import UserError

METRIC = "MRR@10"
CUTOFF = 10


def ranking(run: pd.DataFrame) -> pd.DataFrame:
    """Order a run: by query_id, then score descending, then passage_id ascending.

    Args:
        run: columns query_id, passage_id, score, in any order of rows.

    Returns:
        the rows in ranked order, with a column rank (1-based, per query).

    Raises:
        UserError: a score is not a number, or a passage occurs twice for a query.
    """
    _check(run)
    ordered = run.sort_values(
        ["query_id", "score", "passage_id"], ascending=[True, False, True], ignore_index=True
    )
    return ordered.assign(rank=ordered.groupby("query_id").cumcount() + 1)


def reciprocal_ranks(run: pd.DataFrame, qrels: pd.DataFrame, queries: Sequence[str]) -> pd.Series:
    """The reciprocal rank at 10 of each query.

    It is 1 / rank of the first relevant passage, and 0 if there is none in the top 10. A query that
    the run leaves out, or that has no relevant passage at all, counts 0 and stays in.

    Args:
        run: columns query_id, passage_id, score; ranked by score, ties by passage_id.
        qrels: columns query_id, passage_id, relevance; relevant is what has 1 or more.
        queries: the ids to evaluate, each once.

    Returns:
        values from 0 to 1, index query_id in the order of `queries`.

    Raises:
        UserError: see ranking.
    """
    from ranx.metrics import reciprocal_rank  # takes two seconds, which most jobs can do without

    index = pd.Index(queries, name="query_id")
    run = ranking(run[run["query_id"].isin(index)])
    top = run[run["rank"] <= CUTOFF]
    relevant = qrels[(qrels["relevance"] >= 1) & qrels["query_id"].isin(index)]
    passages = pd.Index(pd.concat([top["passage_id"], relevant["passage_id"]]).unique())

    # ranx takes plain arrays [queries, rows, (passage, value)] too. Its Run and Qrels would compile for most
    # of a minute, and would break ties between scores by chance. Rows that pad carry ids that match nothing.
    ranked = np.full((len(index), CUTOFF, 2), -1.0)
    ranked[index.get_indexer(top["query_id"]), top["rank"] - 1, 0] = passages.get_indexer(top["passage_id"])
    place = relevant.groupby("query_id").cumcount().to_numpy()
    judged = np.full((len(index), place.max(initial=0) + 1, 2), -2.0)
    row = index.get_indexer(relevant["query_id"])
    judged[row, place, 0] = passages.get_indexer(relevant["passage_id"])
    judged[row, place, 1] = 1.0
    return pd.Series(reciprocal_rank(judged, ranked, CUTOFF), index=index, name="rr")


def ceiling(candidates: pd.DataFrame, qrels: pd.DataFrame, queries: Sequence[str]) -> float:
    """The share of queries with a relevant passage among their candidates: no reranker's MRR exceeds it.

    Args:
        candidates: columns query_id, passage_id.
        qrels: columns query_id, passage_id, relevance; relevant is what has 1 or more.
        queries: the ids to evaluate, each once.
    """
    relevant = qrels[qrels["relevance"] >= 1]
    found = candidates[["query_id", "passage_id"]].merge(relevant, on=["query_id", "passage_id"])
    return float(np.mean(pd.Index(queries).isin(found["query_id"])))


def shared_names(queries: pd.DataFrame, english: pd.DataFrame, in_english: Collection[str]) -> set[str]:
    """The queries that are spelt as in English (but for case) although their language is another one.

    Args:
        queries: columns query_id, text: the queries of a pair.
        english: the same ids in English.
        in_english: ids of those `queries` whose language is English: all for "en", some on a mixed side.
    """
    both = queries.merge(english, on="query_id", suffixes=("", "_english"))
    same = [_spelling(a) == _spelling(b) for a, b in zip(both["text"], both["text_english"], strict=True)]
    return set(both["query_id"][same]) - set(in_english)


def _spelling(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _check(run: pd.DataFrame) -> None:
    missing = run["score"].isna()
    if missing.any():
        query, passage = run.loc[missing, ["query_id", "passage_id"]].iloc[0]
        raise UserError(f"run: score of query {query!r}, passage {passage!r}: found NaN, expected a number")
    twice = run.duplicated(["query_id", "passage_id"])
    if twice.any():
        query, passage = run.loc[twice, ["query_id", "passage_id"]].iloc[0]
        raise UserError(f"run: query {query!r}: found passage {passage!r} twice, expected it once")
