"""Cells: what a system reaches on one pair, or on all pairs of a group, with its uncertainty, as JSON."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from statistics import fmean
from typing import Any

import numpy as np
import pandas as pd

from switchrank.evaluation import METRIC
from switchrank.languages import parse_pair, setting_of
from switchrank.significance import RESAMPLES, bootstrap_interval, paired_bootstrap, paired_t_test


@dataclass(frozen=True)
class PairResults:
    """What a system's cell on one pair is made of.

    Attributes:
        per_seed: seed → RR@10 per query (index query_id); every seed has the same queries.
        references: reference system → its RR@10 per query, averaged over its seeds, on the same queries;
            empty for the reference system itself.
        shared_names: ids of the queries spelt as in English although their language is another.
        ceiling: share of queries with a relevant passage among the candidates.
    """

    per_seed: Mapping[str, pd.Series]
    references: Mapping[str, pd.Series]
    shared_names: AbstractSet[str]
    ceiling: float


def seed_average(per_seed: Mapping[str, pd.Series]) -> pd.Series:
    """RR@10 per query averaged over seeds; index query_id, sorted.

    Raises:
        ValueError: the seeds differ in their queries.
    """
    # Sorted, so that sums and resamples do not depend on the order of seeds or rows.
    return _average([per_seed[seed] for seed in sorted(per_seed)])


def pair_cell(
    system: str,
    pair: str,
    group: str,
    results: PairResults,
    provenance: Mapping[str, Any],
    resamples: int = RESAMPLES,
) -> dict[str, Any]:
    """The cell of a system on one pair.

    Args:
        system: its name.
        pair: query language - document language.
        group: the table that the pair belongs to.
        results: what was measured.
        provenance: taken over as it is.
        resamples: of the bootstrap intervals.

    Returns:
        plain dictionaries, strings, integers and floats. `distinct` leaves out the shared names; its mean is
        None if no query is left.

    Raises:
        UserError: the pair is unknown, or there are fewer than two queries.
        ValueError: seeds or references differ in their queries, or a value is not finite.
    """
    query_language, document_language = parse_pair(pair)
    values = seed_average(results.per_seed)
    return {
        "system": system,
        "query_language": query_language,
        "document_language": document_language,
        "setting": setting_of(pair),
        "group": group,
        **_figures(values, results.per_seed, resamples),
        "ceiling": float(results.ceiling),
        "distinct": _distinct(values, results.shared_names),
        "versus": _versus(values, results.references, resamples),
        "provenance": dict(provenance),
    }


def average_cell(
    system: str,
    group: str,
    results: Mapping[str, PairResults],
    provenance: Mapping[str, Any],
    resamples: int = RESAMPLES,
) -> dict[str, Any]:
    """The cell of a system's average over the pairs of a group, each pair with the same weight.

    The same queries serve every pair, so each query's value is its mean over the pairs, and interval and
    tests are over queries, as in a pair's cell.

    Args:
        system: its name.
        group: the name of the table.
        results: pair → what was measured; every pair with the same queries, seeds and references.
        provenance: taken over as it is.
        resamples: of the bootstrap intervals.

    Returns:
        the same keys as a pair's cell but for the languages, and `pairs`, their number. `setting` is "mixed"
        if the pairs have several. `distinct` is the mean of the pairs' distinct means (None if a pair has
        none), its `queries` the mean number of them.

    Raises:
        UserError, ValueError: see pair_cell; or the pairs differ in their queries, seeds or references.
    """
    pairs = [results[pair] for pair in sorted(results)]
    settings = {setting_of(pair) for pair in results}
    per_seed = _over_pairs([result.per_seed for result in pairs])
    references = _over_pairs([result.references for result in pairs])
    values = seed_average(per_seed)
    distinct = [_distinct(seed_average(result.per_seed), result.shared_names) for result in pairs]
    return {
        "system": system,
        "setting": settings.pop() if len(settings) == 1 else "mixed",
        "group": group,
        "pairs": len(pairs),
        **_figures(values, per_seed, resamples),
        "ceiling": fmean(result.ceiling for result in pairs),  # 0.9 stays 0.9
        "distinct": _mean_distinct(distinct),
        "versus": _versus(values, references, resamples),
        "provenance": dict(provenance),
    }


def _figures(values: pd.Series, per_seed: Mapping[str, pd.Series], resamples: int) -> dict[str, Any]:
    return {
        "metric": METRIC,
        "mean": float(np.mean(values)),
        "per_seed": {seed: float(np.mean(per_seed[seed].sort_index())) for seed in sorted(per_seed)},
        "interval": bootstrap_interval(values, resamples),
        "queries": len(values),
    }


def _versus(values: pd.Series, references: Mapping[str, pd.Series], resamples: int) -> dict[str, Any]:
    versus = {}
    for name, reference in sorted(references.items()):
        reference = _aligned(reference, values)
        versus[name] = {
            "difference": float(np.mean(values - reference)),
            "interval": paired_bootstrap(values, reference, resamples),
            "p": paired_t_test(values, reference),
        }
    return versus


def _distinct(values: pd.Series, shared_names: AbstractSet[str]) -> dict[str, Any]:
    kept = values[~values.index.isin(shared_names)]
    return {"queries": len(kept), "mean": float(np.mean(kept)) if len(kept) else None}


def _mean_distinct(pairs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    means = [pair["mean"] for pair in pairs]
    return {
        "queries": float(np.mean([pair["queries"] for pair in pairs])),
        "mean": None if None in means else float(np.mean(means)),
    }


def _over_pairs(pairs: Sequence[Mapping[str, pd.Series]]) -> dict[str, pd.Series]:
    """Key (seed or reference) → per-query mean over the pairs."""
    if any(pair.keys() != pairs[0].keys() for pair in pairs):
        raise ValueError(
            "average over pairs: seeds or references differ between the pairs, expected the same"
        )
    return {key: _average([pair[key] for pair in pairs]) for key in pairs[0]}


def _average(series: Sequence[pd.Series]) -> pd.Series:
    first = series[0].sort_index()
    return pd.Series(np.mean([_aligned(one, first) for one in series], axis=0), index=first.index)


def _aligned(series: pd.Series, like: pd.Series) -> pd.Series:
    ordered = series.sort_index()
    if not ordered.index.equals(like.index):
        raise ValueError("reciprocal ranks: queries differ between what is compared, expected the same")
    return ordered
