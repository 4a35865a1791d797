"""Cells: what a system reaches on one pair, or on all pairs of a group, with its uncertainty, as JSON."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from statistics import fmean
from statistics import mean as exact_mean  # of equal numbers it is that number
from typing import Any

import numpy as np
import pandas as pd

from switchrank.collections.base import Corpus
from switchrank.languages import Pair
from switchrank.statistics.comparison import Measured, averages, compare, compare_briefly, standard_error
from switchrank.statistics.measures import read_all
from switchrank.statistics.shared_names import shared_names
from switchrank.statistics.significance import bootstrap_interval
from switchrank.tasks.ranking import ceilings


@dataclass(frozen=True)
class Evidence:
    """What the cells of a system are made of.

    Attributes:
        system: its name.
        pairs: by name.
        measured: metric → pair → values; the first metric leads.
        references: of each system that it is compared with, the same, on the pairs that it has.
        shared: pair → ids of the queries spelt as in the source language although in another.
        ceilings: pair → share of queries with a relevant passage among the candidates.
        provenance: taken over into each cell; `rebuild` gets the cell's name behind it.
    """

    system: str
    pairs: Mapping[str, Pair]
    measured: Mapping[str, Measured]
    references: Mapping[str, Mapping[str, Measured]]
    shared: Mapping[str, AbstractSet[str]]
    ceilings: Mapping[str, float]
    provenance: dict[str, Any]


def read_evidence(
    system: str,
    pairs: Mapping[str, Pair],
    metrics: Sequence[str],
    measures: Mapping[str, str],
    references: Mapping[str, Mapping[str, str]],
    corpus: Corpus,
    candidates: pd.DataFrame,
    source_language: str,
    provenance: dict[str, Any],
) -> Evidence:
    """Read what the cells of a system on some pairs are made of.

    Args:
        system, pairs, provenance: see Evidence.
        metrics: their names; the first one leads.
        measures: pair → file of measures.
        references: of each system that it is compared with, the same.
        corpus, candidates: what was ranked.
        source_language: that names may be shared with.

    Raises:
        UserError: a file lacks a metric.
    """
    measured = read_all(measures, metrics)
    sides = {pair.query for pair in pairs.values()}
    shared = {side: shared_names(corpus, side, source_language) for side in sides}
    queries = {pair: frame.index for pair, frame in measured[metrics[0]].items()}
    return Evidence(
        system=system,
        pairs=pairs,
        measured=measured,
        references={name: read_all(paths, metrics) for name, paths in sorted(references.items())},
        shared={name: shared[pair.query] for name, pair in pairs.items()},
        ceilings=ceilings(candidates, corpus.relevant, queries, pairs),
        provenance=provenance,
    )


def cells_of_pairs(evidence: Evidence, groups: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The cells of some pairs, ready for JSON.

    `distinct` leaves out the shared names (its mean is None if no query is left); `metrics` says of the other
    metrics, more briefly, what the cell says of the leading one.

    Args:
        evidence: what they are made of.
        groups: pair → its group; of the pairs whose cells are wanted.

    Raises:
        UserError: there are fewer than two queries.
        ValueError: the queries differ, or a value is not finite.
    """
    about = {
        name: {
            "query_language": evidence.pairs[name].query.name,
            "document_language": evidence.pairs[name].document.name,
            "setting": evidence.pairs[name].setting,
            "group": group,
        }
        for name, group in groups.items()
    }
    distinct = {name: _distinct(evidence, name) for name in groups}
    return _cells(evidence, about, evidence.ceilings, distinct, evidence.measured, evidence.references)


def cells_of_groups(evidence: Evidence, groups: Mapping[str, Sequence[str]]) -> dict[str, dict[str, Any]]:
    """The cell of each group, in which every pair has the same weight; see comparison.averages.

    Ceiling and `distinct` are means over the pairs. A reference counts if it has all of them.

    Args:
        evidence: what they are made of; see also cells_of_pairs.
        groups: group → its pairs, all of which were measured.
    """
    about, bounds, distinct = {}, {}, {}
    for group, names in groups.items():
        settings = {evidence.pairs[name].setting for name in names}
        setting = settings.pop() if len(settings) == 1 else "mixed"
        about[group] = {"setting": setting, "group": group, "pairs": len(names)}
        bounds[group] = exact_mean(evidence.ceilings[name] for name in names)
        distinct[group] = _mean_distinct([_distinct(evidence, name) for name in names])

    def averaged(by_metric: Mapping[str, Measured]) -> dict[str, Measured]:
        return {metric: averages(by_pair, groups) for metric, by_pair in by_metric.items()}

    references = {name: averaged(by_metric) for name, by_metric in evidence.references.items()}
    return _cells(evidence, about, bounds, distinct, averaged(evidence.measured), references)


def _cells(
    evidence: Evidence,
    about: Mapping[str, Mapping[str, Any]],
    bounds: Mapping[str, float],
    distinct: Mapping[str, Mapping[str, Any]],
    measured: Mapping[str, Measured],
    references: Mapping[str, Mapping[str, Measured]],
) -> dict[str, dict[str, Any]]:
    leading = next(iter(measured))
    versus = {name: compare(measured[leading], theirs[leading]) for name, theirs in references.items()}
    briefly = {
        metric: {name: compare_briefly(ours, theirs[metric]) for name, theirs in references.items()}
        for metric, ours in measured.items()
        if metric != leading
    }
    return {
        name: {
            "system": evidence.system,
            **about[name],
            "metric": leading,
            **_figures(measured[leading][name]),
            "queries": len(measured[leading][name]),
            "ceiling": bounds[name],
            "distinct": distinct[name],
            "versus": _of_cell(versus, name),
            "metrics": {
                metric: {**_figures(measured[metric][name]), "versus": _of_cell(versus, name)}
                for metric, versus in briefly.items()
            },
            "provenance": evidence.provenance | {"rebuild": f"{evidence.provenance['rebuild']}/{name}.json"},
        }
        for name in about
    }


def _of_cell(compared: Mapping[str, Mapping[str, Any]], name: str) -> dict[str, Any]:
    return {system: by_name[name] for system, by_name in compared.items() if name in by_name}


def _figures(frame: pd.DataFrame) -> dict[str, Any]:
    values = frame.to_numpy().mean(axis=1)
    return {
        "mean": float(values.mean()),
        "per_seed": {str(seed): float(mean) for seed, mean in frame.mean().items()},
        "interval": [float(end) for end in bootstrap_interval(values)],
        "standard_error": standard_error(frame),
    }


def _distinct(evidence: Evidence, pair: str) -> dict[str, Any]:
    frame = next(iter(evidence.measured.values()))[pair]
    kept = frame.to_numpy()[[query not in evidence.shared[pair] for query in frame.index]]
    return {"queries": len(kept), "mean": float(kept.mean(axis=1).mean()) if len(kept) else None}


def _mean_distinct(pairs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    means = [pair["mean"] for pair in pairs]
    return {
        "queries": float(np.mean([pair["queries"] for pair in pairs])),
        "mean": None if None in means else fmean(means),
    }
