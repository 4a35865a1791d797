"""Two systems compared, query by query, on pairs and on averages over pairs."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from switchrank.statistics.significance import (
    bootstrap_interval,
    differences,
    effect_size,
    paired_t_test,
    randomisation_test,
)

# Pair or group → RR@10, index query_id (sorted), a column for each seed.
Measured = Mapping[str, pd.DataFrame]


def compare(ours: Measured, theirs: Measured) -> dict[str, dict[str, Any]]:
    """Compare two systems on all that both have.

    Reciprocal ranks are averaged over the seeds of a system first: intervals and tests are over queries. How
    much of the uncertainty comes from the queries and how much from the seeds is told apart.

    Args:
        ours, theirs: what was measured; the queries are the same.

    Returns:
        for each column, plain numbers: difference (ours − theirs); interval (95 %, paired bootstrap over
        queries); p (paired t-test); p_randomisation; effect_size (None without spread); wins, ties, losses
        (queries); standard_error: queries, and seeds (None where no system has two; where both have the same
        ones, of the differences seed by seed, as much of what a seed decides is the same for both).

    Raises:
        ValueError: the queries differ.
    """
    columns = [column for column in ours if column in theirs]
    if not columns:
        return {}
    difference = differences(*(_averaged(system, columns) for system in (ours, theirs)))
    intervals = bootstrap_interval(difference)
    p, p_randomisation = paired_t_test(difference), randomisation_test(difference)
    effects = effect_size(difference)
    compared = {}
    for row, column in enumerate(columns):
        own = difference[row]
        compared[column] = {
            "difference": float(own.mean()),
            "interval": [float(end) for end in intervals[row]],
            "p": float(p[row]),
            "p_randomisation": float(p_randomisation[row]),
            "effect_size": None if np.isnan(effects[row]) else float(effects[row]),
            "wins": int((own > 0).sum()),
            "ties": int((own == 0).sum()),
            "losses": int((own < 0).sum()),
            "standard_error": {
                "queries": float(own.std(ddof=1) / np.sqrt(len(own))),
                "seeds": _over_seeds_of_difference(ours[column], theirs[column]),
            },
        }
    return compared


def standard_error(measured: pd.DataFrame) -> dict[str, float | None]:
    """The standard error of a mean, by source: over queries (averaged over seeds), and over seeds.

    Args:
        measured: RR@10, index query_id, a column for each seed.

    Returns:
        queries; seeds, None with a single one.
    """
    values = measured.mean(axis=1)
    return {
        "queries": float(values.std(ddof=1) / np.sqrt(len(values))),
        "seeds": _over_seeds([measured.mean()]),
    }


def with_averages(measured: Measured, groups: Mapping[str, Sequence[str]]) -> dict[str, pd.DataFrame]:
    """Add the averages of the groups of which all pairs are there: the mean over the pairs, query by query.

    Args:
        measured: of pairs.
        groups: group → its pairs.

    Returns:
        what was given, then a frame for each such group.

    Raises:
        ValueError: the pairs of a group differ in their queries or seeds.
    """
    averages = {}
    for group, pairs in groups.items():
        if all(pair in measured for pair in pairs):
            frames = [measured[pair] for pair in sorted(pairs)]
            if any(
                not (f.index.equals(frames[0].index) and f.columns.equals(frames[0].columns)) for f in frames
            ):
                raise ValueError(f"average of {group}: the pairs differ in their queries or seeds")
            mean = np.mean([frame.to_numpy() for frame in frames], axis=0)
            averages[group] = pd.DataFrame(mean, frames[0].index, frames[0].columns)
    return {**measured, **averages}


def _averaged(measured: Measured, columns: Sequence[str]) -> np.ndarray:
    """RR@10 averaged over seeds, [columns, queries]."""
    first = measured[columns[0]].index
    if any(not measured[column].index.equals(first) for column in columns):
        raise ValueError("reciprocal ranks: queries differ between what is compared, expected the same")
    return np.stack([measured[column].to_numpy().mean(axis=1) for column in columns])


def _over_seeds_of_difference(ours: pd.DataFrame, theirs: pd.DataFrame) -> float | None:
    means = [ours.mean(), theirs.mean()]
    if ours.columns.equals(theirs.columns):
        return _over_seeds([means[0] - means[1]])
    return _over_seeds(means)


def _over_seeds(means: Sequence[pd.Series]) -> float | None:
    """Standard error of a sum of means over seeds, each with seeds of its own; None with one seed each."""
    several = [own for own in means if len(own) > 1]
    return float(np.sqrt(sum(own.var(ddof=1) / len(own) for own in several))) if several else None
