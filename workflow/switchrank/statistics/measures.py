"""Measures: what each query reaches with each seed, by metric, in tidy files that all figures are made of."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from switchrank.errors import UserError
from switchrank.files import read_parquet
from switchrank.tasks.ranking import measure


def measure_seeds(
    system: str,
    pair: str,
    runs: Mapping[int, pd.DataFrame],
    qrels: pd.DataFrame,
    queries: Sequence[str],
    metrics: Sequence[str],
) -> pd.DataFrame:
    """Measure a system's runs on a pair, by seed, over sorted queries; see ranking.measure.

    Columns system, seed, pair, query_id, metric, value; by metric in the order given, seed and query_id.
    """
    by_seed = {seed: measure(runs[seed], qrels, queries, metrics) for seed in sorted(runs)}
    wide = pd.concat(by_seed, names=["seed"]).reset_index()
    tidy = wide.melt(["seed", "query_id"], list(metrics), "metric")
    return tidy.assign(system=system, pair=pair)[["system", "seed", "pair", "query_id", "metric", "value"]]


def read(paths: Mapping[str, str | Path], metrics: Sequence[str]) -> dict[str, dict[str, pd.DataFrame]]:
    """Metric → pair → values, index query_id (sorted), a column for each seed.

    `paths` are, by pair, the files of what `measure_seeds` gave; one that lacks a metric is a UserError.
    """
    tidy = {pair: read_parquet(path) for pair, path in paths.items()}
    for pair, path in paths.items():
        known = tidy[pair]["metric"].unique()
        for metric in metrics:
            if metric not in known:
                raise UserError(f"{path}: found {', '.join(known)}, expected the metric {metric}")
    return by_metric(tidy, metrics)


def by_metric(tidy: Mapping[str, pd.DataFrame], metrics: Sequence[str]) -> dict[str, dict[str, pd.DataFrame]]:
    """The same from what `measure_seeds` gave, by pair."""
    keys = {"index": "query_id", "columns": ["metric", "seed"], "values": "value"}
    wide = {pair: frame.pivot(**keys) for pair, frame in tidy.items()}
    return {metric: {pair: frame[metric] for pair, frame in wide.items()} for metric in metrics}
