"""The choice of one ranker among several that were trained on the same data, by a metric on dev."""

from collections.abc import Mapping
from pathlib import Path
from statistics import fmean
from typing import Any

import pandas as pd

from switchrank.languages import Pair
from switchrank.rankers.base import Ranker, Resources
from switchrank.retrieval.candidates import candidates_on
from switchrank.tasks.ranking import evaluated_queries, measure


def choose(
    cls: type[Ranker],
    models: Mapping[str, Mapping[int, str | Path]],
    resources: Resources,
    candidates: pd.DataFrame,
    pairs: Mapping[str, Pair],
    metric: str,
) -> dict[str, Any]:
    """Choose the ranker with the best mean of a metric over its seeds; of equal ones, the first.

    Args:
        cls: the class that all of them are of.
        models: ranker → seed → the folder of its model.
        resources, candidates: of the collection, for all languages of the pairs.
        pairs: on whose dev queries they are measured, by name; each pair has the same weight.
        metric: such as MRR@10.

    Returns:
        metric; pairs (names); rankers: of each, per_seed and mean, 0 to 1; chosen: a name. Ready for JSON.
    """
    corpus, rankers = resources.corpus, {}
    dev = {name: candidates_on(candidates, corpus, pair, "dev") for name, pair in pairs.items()}
    queries = {name: evaluated_queries(corpus, pair.query, "dev") for name, pair in pairs.items()}
    for name, folders in models.items():
        per_seed = {}
        for seed, folder in folders.items():
            ranker = cls.load(Path(folder), resources)
            runs = {pair: ranker.run(name, seed, pair, of_pair) for pair, of_pair in dev.items()}
            values = [measure(run, corpus.qrels, queries[pair], [metric]) for pair, run in runs.items()]
            per_seed[str(seed)] = fmean(float(of_pair[metric].mean()) for of_pair in values)
        rankers[name] = {"per_seed": per_seed, "mean": fmean(per_seed.values())}
    chosen = max(rankers, key=lambda name: rankers[name]["mean"])  # of several that are best, the first
    return {"metric": metric, "pairs": list(pairs), "rankers": rankers, "chosen": chosen}
