"""Runs: what a ranker makes of the candidates of the test queries, pair by pair."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from switchrank.collections.base import Corpus
from switchrank.files import write_parquet
from switchrank.languages import Pair
from switchrank.rankers.base import Ranker
from switchrank.retrieval.candidates import candidates_on


def write_runs(
    ranker: Ranker,
    system: str,
    seed: int,
    candidates: pd.DataFrame,
    corpus: Corpus,
    pairs: Mapping[str, Pair],
    runs: Mapping[str, str | Path],
) -> None:
    """Score the candidates of the test queries on each pair and write one run for each.

    Scores are rounded to five decimals, so that equal passages are tied whatever batch they were scored in.

    Args:
        ranker: scores them.
        system, seed: that the runs are of.
        candidates: see retrieval.candidates.candidates_on.
        corpus: the collection, or the view of it that is ranked.
        pairs: name → pair.
        runs: name of a pair → Parquet to write: system, seed, pair, query_id, passage_id, score.
    """
    for name, path in runs.items():
        rows = candidates_on(candidates, corpus, pairs[name], "test")
        scores = np.round(np.asarray(ranker.score(rows), dtype=np.float64), 5)
        run = rows[["query_id", "passage_id"]].assign(score=scores)
        for place, (column, value) in enumerate({"system": system, "seed": seed, "pair": name}.items()):
            run.insert(place, column, value)
        write_parquet(path, run)
