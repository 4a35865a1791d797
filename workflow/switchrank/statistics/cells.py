"""Cells: what a system reaches on one pair, or on all pairs of a group, with its uncertainty, as JSON."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from statistics import fmean
from typing import Any

import numpy as np
import pandas as pd

from switchrank.languages import parse_pair, setting_of
from switchrank.statistics.comparison import Measured, compare, standard_error, with_averages
from switchrank.statistics.significance import bootstrap_interval
from switchrank.tasks.ranking import METRIC


def make(
    system: str,
    measured: Measured,
    references: Mapping[str, Measured],
    groups: Mapping[str, Sequence[str]],
    shared_names: Mapping[str, AbstractSet[str]],
    ceiling: float,
    provenance: Mapping[str, Any],
) -> dict[str, dict[str, Any]]:
    """The cells of a system on its pairs, and on the groups of which it has all pairs.

    In a group every pair has the same weight. The same queries serve every pair, so each query's value is its
    mean over the pairs, and interval and tests are over queries, as in a pair's cell.

    Args:
        system: its name.
        measured: pair → RR@10, index query_id, a column for each seed; every pair with the same queries.
        references: of each system that it is compared with, what was measured; on the pairs that it has.
        groups: group → its pairs.
        shared_names: pair → ids of the queries spelt as in English although their language is another.
        ceiling: share of queries with a relevant passage among the candidates.
        provenance: taken over; `rebuild` gets the cell's name behind it.

    Returns:
        pair or group → cell, of plain dictionaries, strings, integers and floats. `distinct` leaves out the
        shared names (its mean is None if no query is left); a group's is the mean over its pairs.

    Raises:
        UserError: a pair is unknown, or there are fewer than two queries.
        ValueError: the queries differ, or a value is not finite.
    """
    own = with_averages(measured, groups)
    versus = {name: compare(own, with_averages(other, groups)) for name, other in sorted(references.items())}
    cells = {}
    for name, frame in own.items():
        about = _about_group(name, groups[name]) if name in groups else _about_pair(name, groups)
        distinct = [_distinct(measured[pair], shared_names[pair]) for pair in groups.get(name, [name])]
        cells[name] = {
            "system": system,
            **about,
            **_figures(frame),
            "ceiling": float(ceiling),
            "distinct": _mean_distinct(distinct) if name in groups else distinct[0],
            "versus": {other: compared[name] for other, compared in versus.items() if name in compared},
            "provenance": {**provenance, "rebuild": f"{provenance['rebuild']}/{name}.json"},
        }
    return cells


def _about_pair(pair: str, groups: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    query_language, document_language = parse_pair(pair)
    group = next(group for group, pairs in groups.items() if pair in pairs)
    return {
        "query_language": query_language,
        "document_language": document_language,
        "setting": setting_of(pair),
        "group": group,
    }


def _about_group(group: str, pairs: Sequence[str]) -> dict[str, Any]:
    settings = {setting_of(pair) for pair in pairs}
    setting = settings.pop() if len(settings) == 1 else "mixed"
    return {"setting": setting, "group": group, "pairs": len(pairs)}


def _figures(frame: pd.DataFrame) -> dict[str, Any]:
    values = frame.to_numpy().mean(axis=1)
    return {
        "metric": METRIC,
        "mean": float(values.mean()),
        "per_seed": {str(seed): float(mean) for seed, mean in frame.mean().items()},
        "interval": [float(end) for end in bootstrap_interval(values)],
        "standard_error": standard_error(frame),
        "queries": len(values),
    }


def _distinct(frame: pd.DataFrame, shared_names: AbstractSet[str]) -> dict[str, Any]:
    kept = frame[~frame.index.isin(shared_names)].to_numpy()
    return {"queries": len(kept), "mean": float(kept.mean(axis=1).mean()) if len(kept) else None}


def _mean_distinct(pairs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    means = [pair["mean"] for pair in pairs]
    return {
        "queries": float(np.mean([pair["queries"] for pair in pairs])),
        "mean": None if None in means else fmean(means),
    }
