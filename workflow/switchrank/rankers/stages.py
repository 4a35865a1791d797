"""What jobs do with any ranker: train it, with its learning curve on dev, and write its runs on test."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from switchrank.collections.base import Corpus
from switchrank.files import write_parquet, write_text
from switchrank.languages import Pair
from switchrank.rankers.base import Ranker
from switchrank.retrieval.candidates import candidates_on


def fit_and_save(
    ranker: Ranker,
    instances: pd.DataFrame,
    dev: pd.DataFrame,
    measure: Callable[[pd.DataFrame], float],
    seed: int,
    checkpoint: Path,
    folder: Path,
) -> None:
    """Train a ranker and write model, config and log.csv, its learning curve, into a folder.

    Args:
        ranker: as it is before training.
        instances, seed, checkpoint: see Ranker.fit; the checkpoint is removed once the model is saved.
        dev: the candidates to score on dev; see retrieval.candidates.candidates_on.
        measure: gives the metric of a run (query_id, passage_id, score) on dev.
        folder: to write into.
    """
    log = ranker.fit(instances, seed, checkpoint, lambda: measure(dev.assign(score=ranker.score(dev))))
    write_text(folder / "log.csv", log.to_csv(index=False, lineterminator="\n"))
    ranker.save(folder)
    checkpoint.unlink(missing_ok=True)


def write_runs(
    ranker: Ranker,
    system: str,
    seed: int,
    candidates: pd.DataFrame,
    corpus: Corpus,
    pairs: Mapping[str, Pair],
    runs: Mapping[str, str | Path],
) -> None:
    """Score the candidates of the test queries on each pair and write a run for each.

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
        run = rows[["query_id", "passage_id"]].assign(system=system, seed=seed, pair=name, score=scores)
        write_parquet(path, run[["system", "seed", "pair", "query_id", "passage_id", "score"]])
