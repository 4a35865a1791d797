"""Two systems compared, query by query, on pairs and on averages over pairs."""

from collections.abc import Iterator, Mapping, Sequence
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

# Pair or group → a metric's values, index query_id (sorted), a column for each seed.
Measured = Mapping[str, pd.DataFrame]


def compare(ours: Measured, theirs: Measured) -> dict[str, dict[str, Any]]:
    """Compare two systems on all that both have.

    Values are averaged over the seeds of a system first: intervals and tests are over queries. How much of
    the uncertainty comes from the queries and how much from the seeds is told apart.

    Args:
        ours, theirs: what was measured; the queries of a column are the same.

    Returns:
        for each column, plain numbers: difference (ours − theirs); interval (95 %, paired bootstrap over
        queries); p (paired t-test); p_randomisation; effect_size (None without spread); wins, ties, losses
        (queries); standard_error: queries, and seeds (None where no system has two; where both have the same
        ones, of the differences seed by seed, as much of what a seed decides is the same for both).

    Raises:
        ValueError: the queries differ.
    """
    compared = {}
    for columns, difference in _differences(ours, theirs):
        p_randomisation, effects = randomisation_test(difference), effect_size(difference)
        for row, (column, brief) in enumerate(zip(columns, _compared(difference), strict=True)):
            values, effect = difference[row], effects[row]
            compared[column] = {
                **brief,
                "p_randomisation": float(p_randomisation[row]),
                "effect_size": None if np.isnan(effect) else float(effect),
                "wins": int((values > 0).sum()),
                "ties": int((values == 0).sum()),
                "losses": int((values < 0).sum()),
                "standard_error": {
                    "queries": float(values.std(ddof=1) / np.sqrt(len(values))),
                    "seeds": _over_seeds(ours[column], theirs[column]),
                },
            }
    return compared


def compare_briefly(ours: Measured, theirs: Measured) -> dict[str, dict[str, Any]]:
    """As `compare`, with difference, interval and p alone."""
    return {
        column: brief
        for columns, difference in _differences(ours, theirs)
        for column, brief in zip(columns, _compared(difference), strict=True)
    }


def standard_error(measured: pd.DataFrame) -> dict[str, float | None]:
    """The standard error of a mean, by source: over queries (averaged over seeds), and over seeds.

    Args:
        measured: values, index query_id, a column for each seed; with a single one, `seeds` is None.
    """
    values = measured.mean(axis=1)
    return {"queries": float(values.std(ddof=1) / np.sqrt(len(values))), "seeds": _over_seeds(measured)}


def averages(measured: Measured, groups: Mapping[str, Sequence[str]]) -> dict[str, pd.DataFrame]:
    """The averages of the groups of which all pairs are there.

    The same queries mostly serve every pair: a query's value is then its mean over the pairs. Where pairs
    have queries of their own, values are weighted so that every pair still counts alike.

    Args:
        measured: of pairs.
        groups: group → its pairs.

    Raises:
        ValueError: the pairs of a group differ in their seeds.
    """
    complete = {group: pairs for group, pairs in groups.items() if measured.keys() >= set(pairs)}
    return {
        group: _average(group, [measured[pair] for pair in sorted(pairs)])
        for group, pairs in complete.items()
    }


def _average(group: str, frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    if any(not frame.columns.equals(frames[0].columns) for frame in frames):
        raise ValueError(f"average of {group}: the pairs differ in their seeds")
    queries = frames[0].index
    for frame in frames:
        queries = queries if queries.equals(frame.index) else queries.union(frame.index)
    weighted = [frame.reindex(queries, fill_value=0.0) * (len(queries) / len(frame)) for frame in frames]
    return pd.DataFrame(np.mean(weighted, axis=0), queries, frames[0].columns)


def _differences(ours: Measured, theirs: Measured) -> Iterator[tuple[list[str], np.ndarray]]:
    """Columns that both have, together where their queries are the same; differences, [columns, queries]."""
    together: dict[tuple[str, ...], list[str]] = {}
    for column in [column for column in ours if column in theirs]:
        queries = ours[column].index
        if not theirs[column].index.equals(queries):
            raise ValueError(f"{column}: queries differ between what is compared, expected the same")
        together.setdefault(tuple(queries), []).append(column)
    for columns in together.values():
        means = (
            np.stack([measured[column].to_numpy().mean(axis=1) for column in columns])
            for measured in (ours, theirs)
        )
        yield columns, differences(*means)


def _compared(difference: np.ndarray) -> list[dict[str, Any]]:
    """What is said of every metric, for each row of differences."""
    means, intervals, p = difference.mean(axis=1), bootstrap_interval(difference), paired_t_test(difference)
    return [
        {"difference": float(mean), "interval": [float(end) for end in interval], "p": float(p_value)}
        for mean, interval, p_value in zip(means, intervals, p, strict=True)
    ]


def _over_seeds(*measured: pd.DataFrame) -> float | None:
    """Standard error over seeds of one mean, or of the difference of two; None with one seed each."""
    means = [frame.mean() for frame in measured]
    if len(means) == 2 and means[0].index.equals(means[1].index):
        means = [means[0] - means[1]]
    several = [mean for mean in means if len(mean) > 1]
    return float(np.sqrt(sum(mean.var(ddof=1) / len(mean) for mean in several))) if several else None
