"""Candidates that were seen in training, as passages of the training split, and measures without them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from switchrank.collections.base import SPLITS, Corpus
from switchrank.files import read_parquet
from switchrank.languages import Pair
from switchrank.statistics.comparison import Measured
from switchrank.statistics.measures import by_metric, measure_seeds
from switchrank.tasks.ranking import evaluated_queries


def candidates_by_split(candidates: pd.DataFrame, corpus: Corpus) -> dict[str, dict[str, float]]:
    """Count the candidates of each split's queries, and take the share of each split's passages among them.

    `candidates` have columns query_id, passage_id. Split of the queries → candidates (how many), and split of
    the passages → share, 0 to 1; ready for JSON. A split whose queries have no candidates is left out.
    """
    queries, passages = (
        {i: split for split in SPLITS for i in corpus.ids(kind, split)} for kind in ("query", "passage")
    )
    of_query, of_passage = candidates["query_id"].map(queries), candidates["passage_id"].map(passages)
    return {
        split: {"candidates": len(found)} | {name: float((found == name).mean()) for name in SPLITS}
        for split in SPLITS
        if len(found := of_passage[of_query == split])
    }


def unseen(rows: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """A run, or candidates, without the passages of the training split; column passage_id."""
    return rows[~rows["passage_id"].isin(corpus.ids("passage", "train"))]


def measure_unseen(
    system: str,
    runs: Mapping[str, Mapping[int, str | Path]],
    pairs: Mapping[str, Pair],
    corpus: Corpus,
    metrics: Sequence[str],
) -> dict[str, Measured]:
    """Measure a system's runs on the test queries without the passages that were seen in training.

    `runs` are pair → seed → file. Metric → pair → values, as measures.read gives them of whole runs.
    """
    tidy = {}
    for name, paths in runs.items():
        kept = {seed: unseen(read_parquet(path), corpus) for seed, path in paths.items()}
        queries = evaluated_queries(corpus, pairs[name].query)
        tidy[name] = measure_seeds(system, name, kept, corpus.qrels, queries, metrics)
    return by_metric(tidy, metrics)
