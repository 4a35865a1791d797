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
    """Measure a system's runs on a pair.

    Args:
        system, pair: their names.
        runs: by seed.
        qrels, queries, metrics: see ranking.measure; `queries` are sorted.

    Returns:
        columns system, seed, pair, query_id, metric, value; by metric in the order given, seed and query_id.
    """
    wide = pd.concat(
        {seed: measure(runs[seed], qrels, queries, metrics) for seed in sorted(runs)}, names=["seed"]
    )
    tidy = wide.reset_index().melt(["seed", "query_id"], list(metrics), "metric")
    return tidy.assign(system=system, pair=pair)[["system", "seed", "pair", "query_id", "metric", "value"]]


def read(paths: Mapping[str, str | Path], metric: str) -> dict[str, pd.DataFrame]:
    """Read one metric: pair → values, index query_id (sorted), a column for each seed.

    Args:
        paths: pair → file with what `measure_seeds` gave.
        metric: its name.

    Raises:
        UserError: a file lacks the metric.
    """
    return read_all(paths, [metric])[metric]


def read_all(paths: Mapping[str, str | Path], metrics: Sequence[str]) -> dict[str, dict[str, pd.DataFrame]]:
    """Read several metrics, each file once: metric → what `read` gives."""
    measured: dict[str, dict[str, pd.DataFrame]] = {metric: {} for metric in metrics}
    for pair, path in paths.items():
        wide = read_parquet(path).pivot(index="query_id", columns=["metric", "seed"], values="value")
        for metric in metrics:
            if metric not in wide:
                raise UserError(
                    f"{path}: found {', '.join(wide.columns.unique(0))}, expected the metric {metric}"
                )
            measured[metric][pair] = wide[metric]
    return measured
