"""Two systems compared, query by query, on pairs and on averages over pairs."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from switchrank.statistics.significance import (
    bootstrap_interval,
    differences,
    effect_size,
    error_of_mean,
    paired_t_test,
    randomisation_test,
    without_noise,
)

# Pair or group → a metric's values, index query_id (sorted), a column for each seed.
Measured = Mapping[str, pd.DataFrame]


def compare(ours: Measured, theirs: Measured, briefly: bool = False) -> dict[str, dict[str, Any]]:
    """Compare two systems on each pair or group that both have, on the same queries (else a ValueError).

    Values are averaged over the seeds of a system first: intervals and tests are over queries. How much of
    the uncertainty comes from the queries and how much from the seeds is reported apart.

    Returns:
        plain numbers: difference (ours − theirs); interval (95 %, paired bootstrap over queries); p (paired
        t-test); and unless `briefly`, p_randomisation; effect_size (None without spread); wins, ties, losses
        (queries); standard_error: queries, and seeds (None where no system has two; where both have the same
        ones, of the differences seed by seed, as much of what a seed decides is the same for both).
    """
    together: dict[tuple[str, ...], list[str]] = {}  # those that are tested side by side
    for column in [column for column in ours if column in theirs]:
        queries = ours[column].index
        if not theirs[column].index.equals(queries):
            raise ValueError(f"{column}: queries differ between what is compared, expected the same")
        together.setdefault(tuple(queries), []).append(column)
    compared: dict[str, dict[str, Any]] = {}
    for columns in together.values():
        means = [[of[column].to_numpy().mean(axis=1) for column in columns] for of in (ours, theirs)]
        difference = differences(*means)
        intervals, p = bootstrap_interval(difference).tolist(), paired_t_test(difference)
        for column, values, interval, p_value in zip(columns, difference, intervals, p, strict=True):
            compared[column] = {"difference": float(values.mean()), "interval": interval, "p": float(p_value)}
        if briefly:
            continue
        p_values, effects = randomisation_test(difference), effect_size(difference)
        for column, values, p_value, effect in zip(columns, difference, p_values, effects, strict=True):
            compared[column] |= {
                "p_randomisation": float(p_value),
                "effect_size": None if np.isnan(effect) else float(effect),
                "wins": int((values > 0).sum()),
                "ties": int((values == 0).sum()),
                "losses": int((values < 0).sum()),
                "standard_error": {
                    "queries": error_of_mean(values),
                    "seeds": _over_seeds(ours[column], theirs[column]),
                },
            }
    return compared


def standard_error(measured: pd.DataFrame) -> dict[str, float | None]:
    """The standard error of a mean: over queries, averaged over seeds, and over seeds (None of one)."""
    values = without_noise(measured.mean(axis=1))
    return {"queries": error_of_mean(values), "seeds": _over_seeds(measured)}


def averages(measured: Measured, groups: Mapping[str, Sequence[str]]) -> dict[str, pd.DataFrame]:
    """The averages of the groups (name → pairs) of which all pairs were measured.

    The same queries mostly serve every pair: a query's value is then its mean over the pairs. Where pairs
    have queries of their own, values are weighted so that every pair still counts alike. Pairs of a group
    that differ in their seeds are a ValueError.
    """
    averaged = {}
    for group, pairs in groups.items():
        if not measured.keys() >= set(pairs):
            continue
        frames = [measured[pair] for pair in sorted(pairs)]
        queries, seeds = frames[0].index, frames[0].columns
        if any(not frame.columns.equals(seeds) for frame in frames):
            raise ValueError(f"average of {group}: the pairs differ in their seeds")
        for frame in frames:
            queries = queries if queries.equals(frame.index) else queries.union(frame.index)
        weighted = [frame.reindex(queries, fill_value=0.0) * (len(queries) / len(frame)) for frame in frames]
        averaged[group] = pd.DataFrame(np.mean(weighted, axis=0), queries, seeds)
    return averaged


def _over_seeds(*measured: pd.DataFrame) -> float | None:
    """Standard error over seeds of one mean, or of the difference of two; None with one seed each."""
    means = [frame.mean() for frame in measured]
    if len(means) == 2 and means[0].index.equals(means[1].index):
        means = [means[0] - means[1]]
    errors = [error_of_mean(without_noise(mean)) for mean in means if len(mean) > 1]
    return math.hypot(*errors) if errors else None
