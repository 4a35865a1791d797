"""Training of a ranker, with its learning curve on dev."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from switchrank.files import write_text
from switchrank.rankers.base import Ranker


def fit_and_save(
    ranker: Ranker,
    instances: pd.DataFrame,
    dev: pd.DataFrame,
    measure: Callable[[pd.DataFrame], float],
    seed: int,
    checkpoint: Path,
    folder: Path,
) -> None:
    """Train a ranker and write model, config and learning curve.

    Args:
        ranker: as it is before training.
        instances, seed: see Ranker.fit.
        dev: the items to score on dev; see retrieval.candidates.candidates_on.
        measure: gives the metric of a run (query_id, passage_id, score) on dev.
        checkpoint: file that a killed training goes on from; removed when the model is written.
        folder: to write model.safetensors, config.json and log.csv into.
    """
    log = ranker.fit(instances, seed, checkpoint, lambda: measure(dev.assign(score=ranker.score(dev))))
    write_text(folder / "log.csv", log.to_csv(index=False, lineterminator="\n"))
    ranker.save(folder)
    checkpoint.unlink(missing_ok=True)
