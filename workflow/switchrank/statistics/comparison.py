"""Two systems compared, query by query and seed by seed, on pairs and on averages over pairs."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from switchrank.statistics.crossed import Crossed, crossed
from switchrank.statistics.significance import effect_size, paired_t_test, randomisation_test, without_noise

# Pair or group → a metric's values, index query_id (sorted), a column for each seed.
Measured = Mapping[str, pd.DataFrame]


def compare(ours: Measured, theirs: Measured, briefly: bool = False) -> dict[str, dict[str, Any]]:
    """Compare two systems on each pair or group that both have.

    What is compared are the differences of each query with each seed, both taken as drawn at random; see
    crossed. A system that has a single seed stands beside each of the other's; else the seeds that both have
    are compared.

    Returns:
        plain numbers: difference (ours − theirs); interval (95 %) and p by queries and seeds; and unless
        `briefly`, detectable: the smallest true difference that such a test finds with a power of .8; then,
        of means over seeds, by queries alone: p_t (paired t-test), p_randomisation, effect_size (None without
        spread), wins, ties, losses; and standard_error as of `standard_error`.

    Raises:
        ValueError: the queries differ, or all seeds do, where both have several.
    """
    together: dict[tuple[Any, ...], list[str]] = {}  # those that are tested side by side
    for column in [column for column in ours if column in theirs]:
        queries = ours[column].index
        if not theirs[column].index.equals(queries):
            raise ValueError(f"{column}: queries differ between what is compared, expected the same")
        seeds = tuple(tuple(of[column].columns) for of in (ours, theirs))
        together.setdefault((seeds, *queries), []).append(column)
    compared: dict[str, dict[str, Any]] = {}
    for columns in together.values():
        values = np.stack([_differences(column, ours[column], theirs[column]) for column in columns])
        estimate = crossed(values)
        intervals, p = estimate.interval().tolist(), estimate.p()
        for place, column in enumerate(columns):
            mean = float(estimate.mean[place])
            compared[column] = {"difference": mean, "interval": intervals[place], "p": float(p[place])}
        if briefly:
            continue
        detectable, by_query = estimate.detectable(), without_noise(values.mean(axis=-1))
        tested = paired_t_test(by_query), randomisation_test(by_query), effect_size(by_query)
        for place, column in enumerate(columns):
            p_t, p_randomisation, effect = (float(of[place]) for of in tested)
            compared[column] |= {
                "detectable": float(detectable[place]),
                "p_t": p_t,
                "p_randomisation": p_randomisation,
                "effect_size": None if np.isnan(effect) else effect,
                "wins": int((by_query[place] > 0).sum()),
                "ties": int((by_query[place] == 0).sum()),
                "losses": int((by_query[place] < 0).sum()),
                "standard_error": _errors(estimate, place),
            }
    return compared


def standard_error(measured: pd.DataFrame) -> dict[str, float | None]:
    """The standard error of a mean by queries, what seeds add to it (None of one), and both together."""
    return _errors(crossed(measured.to_numpy()[None]), 0)


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


def _differences(column: str, ours: pd.DataFrame, theirs: pd.DataFrame) -> np.ndarray:
    """Ours − theirs, [queries, seeds]."""
    if min(len(ours.columns), len(theirs.columns)) > 1:
        both = [seed for seed in ours.columns if seed in theirs.columns]
        if not both:
            raise ValueError(f"{column}: found no seed that both have, expected one, or a single one")
        ours, theirs = ours[both], theirs[both]
    return ours.to_numpy() - theirs.to_numpy()


def _errors(estimate: Crossed, place: int) -> dict[str, float | None]:
    errors = {"queries": estimate.error_of_queries, "seeds": estimate.error_of_seeds, "both": estimate.error}
    return {of: None if error is None else float(error[place]) for of, error in errors.items()}
