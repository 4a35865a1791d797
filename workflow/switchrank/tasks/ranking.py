"""Ranking: per-query effectiveness of a run (ranx), and the ceiling that the candidates set."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from switchrank.collections.base import Corpus
from switchrank.collections.ids import KEYS, check_ids, check_known
from switchrank.errors import UserError, nearest
from switchrank.languages import Pair, Side
from switchrank.retrieval.candidates import candidates_on

# ranx's name → how it is commonly written. All of them lie from 0 to 1 and agree with trec_eval.
_METRICS = {
    "mrr": "MRR",
    "map": "MAP",
    "ndcg": "nDCG",
    "recall": "Recall",
    "hit_rate": "hit_rate",
    "precision": "precision",
    "r-precision": "r-precision",
}
_CUTOFF_NEEDED, _CUTOFF_REFUSED = {"precision"}, {"r-precision"}


def check_metric(metric: str) -> None:
    """Refuse (UserError) what is no metric: ranx's names in any casing, such as MRR@10, Recall@100, map."""
    name, at, cutoff = metric.lower().partition("@")
    if name not in _METRICS:
        hint = nearest(name, _METRICS.values())
        known = ", ".join(_METRICS.values())
        raise UserError(f"metrics: found {metric!r}, expected one of {known}, as in MRR@10{hint}")
    if at and name in _CUTOFF_REFUSED:
        raise UserError(f"metrics: found {metric!r}, expected {_METRICS[name]} without a cutoff")
    if (at or name in _CUTOFF_NEEDED) and not re.fullmatch("[1-9][0-9]*", cutoff):
        raise UserError(
            f"metrics: found {metric!r}, expected a cutoff of 1 or more, as in {_METRICS[name]}@10"
        )


def per_query_name(metric: str) -> str:
    """What a metric is called before it is averaged over queries: "RR@10" of "MRR@10"."""
    return re.sub("^m(?=rr|ap)", "", metric, flags=re.IGNORECASE)


def evaluated_queries(corpus: Corpus, side: Side, split: str = "test") -> list[str]:
    """The sorted ids of a split's queries that a query side has."""
    having = set(corpus.side_languages("query", side).index)
    return [query for query in corpus.ids("query", split) if query in having]


def ranking(run: pd.DataFrame) -> pd.DataFrame:
    """Order a run by query_id, score descending, and passage_id; add rank (1-based, per query).

    A score that is not finite, an id that is no text and a passage twice for a query are UserErrors.
    """
    check_ids(run, "run")
    scores = run["score"].to_numpy(dtype=float)
    broken = ~np.isfinite(scores)
    if broken.any():
        query, passage = run.loc[broken, KEYS].iloc[0]
        where = f"run: score of query {query!r}, passage {passage!r}"
        raise UserError(f"{where}: found {scores[broken][0]:g}, expected a finite number")
    twice = run.duplicated(KEYS)
    if twice.any():
        query, passage = run.loc[twice, KEYS].iloc[0]
        raise UserError(f"run: query {query!r}: found passage {passage!r} twice, expected it once")
    keys = ["query_id", "score", "passage_id"]
    ordered = run.sort_values(keys, ascending=[True, False, True], ignore_index=True)
    return ordered.assign(rank=ordered.groupby("query_id").cumcount() + 1)


def measure(
    run: pd.DataFrame, qrels: pd.DataFrame, queries: Sequence[str], metrics: Sequence[str]
) -> pd.DataFrame:
    """What each query reaches (0 to 1): index query_id as in `queries`, a column for each metric.

    A run has columns query_id, passage_id, score; qrels query_id, passage_id, relevance: relevant is what has
    1 or more, and nDCG takes it for the gain. A query (each is given once) that the run leaves out, or that
    has no relevant passage at all, counts 0 and stays in. Ids that are no texts, and a run or qrels of none
    of the queries, are a UserError.
    """
    for metric in metrics:
        check_metric(metric)
    # Takes two seconds, which most jobs can do without.
    from ranx.meta.evaluate import extract_metric_and_params
    from ranx.metrics import metric_switch

    asked = {metric: extract_metric_and_params(metric.lower())[:2] for metric in metrics}
    cutoffs = [cutoff for _, cutoff in asked.values()]
    index = pd.Index(queries, name="query_id")
    check_ids(index.to_frame(), "queries", ["query_id"])
    for name, table in (("run", run), ("qrels", qrels)):
        check_ids(table, name)
        check_known(table["query_id"], index, name, "a query to evaluate")
    ranked, judged = _arrays(run, qrels, index, depth=max(cutoffs) if all(cutoffs) else None)
    values = {metric: metric_switch(name)(judged, ranked, cutoff) for metric, (name, cutoff) in asked.items()}
    return pd.DataFrame(values, index=index)


def ceilings(
    candidates: pd.DataFrame,
    corpus: Corpus,
    queries: Mapping[str, Sequence[str]],
    pairs: Mapping[str, Pair],
    metric: str,
) -> dict[str, float]:
    """What a ranker reaches on each pair that knows how relevant each text is, and nothing but the texts.

    It scores a candidate by the highest relevance that any passage of the same text on the pair's document
    side has for the query, 0 if none is relevant: passages of one text cannot be told apart. Where queries
    have one relevant passage each, no ranker of these candidates that goes by texts exceeds it.

    Candidates have columns query_id, passage_id and, where they differ by pair, pair; queries are the test
    queries to evaluate, each once, by name of the pair.
    """
    check_ids(candidates, "candidates")
    asked = candidates[candidates["query_id"].isin(corpus.ids("query", "test"))]
    known: dict[tuple[Any, ...], float] = {}  # of pairs with the same passages, candidates and queries
    reached = {}
    for name, ids in queries.items():
        key = (pairs[name].document.name, name if "pair" in candidates else "", *ids)
        if key not in known:
            known[key] = _ceiling(asked, corpus, ids, pairs[name], metric)
        reached[name] = known[key]
    return reached


def _ceiling(
    candidates: pd.DataFrame, corpus: Corpus, queries: Sequence[str], pair: Pair, metric: str
) -> float:
    """What is not relevant comes last, where it counts for no metric, and is left out."""
    rows, judged = candidates_on(candidates, corpus, pair, "test")[KEYS], corpus.relevant
    texts = _texts(corpus, pair.document, pd.concat([rows["passage_id"], judged["passage_id"]]).unique())
    judged = judged.assign(text=judged["passage_id"].map(texts)).dropna()
    best = judged.groupby(["query_id", "text"], as_index=False)["relevance"].max()
    run = rows.assign(text=rows["passage_id"].map(texts)).merge(best, on=["query_id", "text"])
    run = run[run["query_id"].isin(queries)].rename(columns={"relevance": "score"})
    return float(measure(run, corpus.qrels, queries, [metric])[metric].mean())


def _texts(corpus: Corpus, side: Side, ids: Sequence[str]) -> pd.Series:
    """A number for the text that each of these passages has on a side, by id: the same for the same text."""
    languages = corpus.side_languages("passage", side)
    languages = languages[languages.index.isin(ids)]
    texts = pd.concat(
        corpus.texts("passage", language, of.index) for language, of in languages.groupby(languages)
    )
    return pd.Series(pd.factorize(texts)[0], texts.index)


def among(run: pd.DataFrame, qrels: pd.DataFrame) -> np.ndarray:
    """Whether each row of a run, or of candidates, is in the qrels, bool [rows]; all ids must be texts."""
    check_ids(run, "candidates")
    check_ids(qrels, "qrels")
    return pd.MultiIndex.from_frame(run[KEYS]).isin(pd.MultiIndex.from_frame(qrels[KEYS]))


def warm(metrics: Sequence[str]) -> None:
    """Compile what `measure` calls for some metrics; ranx keeps it, so that later processes start fast."""
    run = pd.DataFrame({"query_id": ["q"], "passage_id": ["p"], "score": [1.0]})
    measure(run, run.assign(relevance=1), ["q"], metrics)


def _arrays(
    run: pd.DataFrame, qrels: pd.DataFrame, index: pd.Index, depth: int | None
) -> tuple[np.ndarray, np.ndarray]:
    """Run and qrels as ranx takes them beside its own types: [queries, rows, (passage, score or relevance)].

    Its Run and Qrels would compile for most of a minute, and would break ties between scores by chance. Rows
    that pad carry ids that match nothing, and a relevance of 0, which ranx leaves out.
    """
    run = ranking(run[run["query_id"].isin(index)])
    top = run if depth is None else run[run["rank"] <= depth]
    relevant = qrels[(qrels["relevance"] >= 1) & qrels["query_id"].isin(index)]
    relevant = relevant.sort_values("relevance", ascending=False)  # the ideal ranking of nDCG
    passages = pd.Index(pd.concat([top["passage_id"], relevant["passage_id"]]).unique())

    ranked = np.full((len(index), top["rank"].max() if len(top) else 1, 2), -1.0)
    ranked[index.get_indexer(top["query_id"]), top["rank"] - 1, 0] = passages.get_indexer(top["passage_id"])
    place = relevant.groupby("query_id").cumcount().to_numpy()
    judged = np.zeros((len(index), place.max(initial=0) + 1, 2))
    judged[:, :, 0] = -2.0
    row = index.get_indexer(relevant["query_id"])
    judged[row, place, 0] = passages.get_indexer(relevant["passage_id"])
    judged[row, place, 1] = relevant["relevance"]
    return ranked, judged
