"""Cells: what a system reaches on one pair, or on all pairs of a group, with its uncertainty, as JSON."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from switchrank.collections.base import Corpus
from switchrank.languages import Pair
from switchrank.statistics.comparison import Measured, averages, compare, standard_error
from switchrank.statistics.significance import bootstrap_interval
from switchrank.text.normalisation import folded


@dataclass(frozen=True)
class Evidence:
    """What the cells of a system are made of."""

    system: str
    pairs: Mapping[str, Pair]
    measured: Mapping[str, Measured]  # by metric; the first one leads
    references: Mapping[str, Mapping[str, Measured]]  # of each system that it is compared with, the same
    shared: Mapping[str, set[str]]  # pair → see shared_names
    ceilings: Mapping[str, float]  # pair → see ranking.ceilings
    provenance: dict[str, Any]  # taken over into each cell; `rebuild` gets the cell's name behind it


def shared_names(corpus: Corpus, pairs: Mapping[str, Pair], source_language: str) -> dict[str, set[str]]:
    """Pair → its queries that code-switching and translation cannot change, as they are written alike.

    They are in another than the source language, and written the same as in that; see `folded`.
    """
    sources = {
        query: folded(text, source_language) for query, text in corpus.queries(source_language).items()
    }
    shared = {}
    for side in {pair.query for pair in pairs.values()}:
        queries = corpus.side("query", side)
        foreign = queries[queries["language"] != source_language]
        rows = zip(foreign.index, foreign["text"], foreign["language"], strict=True)
        shared[side] = {query for query, text, own in rows if folded(text, own) == sources.get(query)}
    return {name: shared[pair.query] for name, pair in pairs.items()}


def cells_of_pairs(evidence: Evidence, groups: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The cells of the pairs in `groups` (pair → its group), ready for JSON.

    `distinct` leaves out the shared names (its mean is None if no query is left); `metrics` says of the other
    metrics, more briefly, what the cell says of the leading one. Fewer than two queries are a UserError.
    """
    heads, bounds = {}, {}
    for name, group in groups.items():
        pair = evidence.pairs[name]
        languages = {"query_language": pair.query.name, "document_language": pair.document.name}
        heads[name] = {**languages, "setting": pair.setting, "group": group}
        bounds[name] = {"ceiling": evidence.ceilings[name], "distinct": _distinct(evidence, name)}
    return _cells(evidence, heads, bounds)


def cells_of_groups(evidence: Evidence, groups: Mapping[str, Sequence[str]]) -> dict[str, dict[str, Any]]:
    """The cell of each group (name → pairs, all measured), in which every pair has the same weight.

    See cells_of_pairs and comparison.averages. Ceiling and `distinct` are means over the pairs. A reference
    counts if it has all of them.
    """
    heads, bounds = {}, {}
    for group, names in groups.items():
        settings = {evidence.pairs[name].setting for name in names}
        setting = settings.pop() if len(settings) == 1 else "mixed"
        heads[group] = {"setting": setting, "group": group, "pairs": len(names)}
        distinct = [_distinct(evidence, name) for name in names]
        means = [of_pair["mean"] for of_pair in distinct]
        bounds[group] = {
            "ceiling": statistics.mean(evidence.ceilings[name] for name in names),  # exact
            "distinct": {
                "queries": float(np.mean([of_pair["queries"] for of_pair in distinct])),
                "mean": None if None in means else statistics.fmean(means),
            },
        }

    def averaged(by_metric: Mapping[str, Measured]) -> dict[str, Measured]:
        return {metric: averages(by_pair, groups) for metric, by_pair in by_metric.items()}

    references = {name: averaged(by_metric) for name, by_metric in evidence.references.items()}
    measured = averaged(evidence.measured)
    return _cells(replace(evidence, measured=measured, references=references), heads, bounds)


def _cells(
    evidence: Evidence, heads: Mapping[str, Mapping[str, Any]], bounds: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    measured = {
        metric: {name: by_name[name] for name in heads} for metric, by_name in evidence.measured.items()
    }
    leading, *others = measured
    figures = {metric: _figures(by_name) for metric, by_name in measured.items()}
    compared = {
        metric: {
            system: compare(measured[metric], theirs[metric], briefly=metric != leading)
            for system, theirs in evidence.references.items()
        }
        for metric in measured
    }

    def versus(metric: str, name: str) -> dict[str, Any]:
        return {system: by_name[name] for system, by_name in compared[metric].items() if name in by_name}

    return {
        name: {
            "system": evidence.system,
            **head,
            "metric": leading,
            **figures[leading][name],
            "queries": len(measured[leading][name]),
            **bounds[name],
            "versus": versus(leading, name),
            "metrics": {
                metric: {**figures[metric][name], "versus": versus(metric, name)} for metric in others
            },
            "provenance": evidence.provenance | {"rebuild": f"{evidence.provenance['rebuild']}/{name}.json"},
        }
        for name, head in heads.items()
    }


def _figures(measured: Measured) -> dict[str, dict[str, Any]]:
    figures = {}
    for name, frame in measured.items():
        values = frame.to_numpy().mean(axis=1)
        figures[name] = {
            "mean": float(values.mean()),
            "per_seed": {str(seed): float(mean) for seed, mean in frame.mean().items()},
            "interval": bootstrap_interval(values).tolist(),
            "standard_error": standard_error(frame),
        }
    return figures


def _distinct(evidence: Evidence, pair: str) -> dict[str, Any]:
    frame = next(iter(evidence.measured.values()))[pair]
    kept = frame.to_numpy()[~frame.index.isin(evidence.shared[pair])]
    return {"queries": len(kept), "mean": float(kept.mean(axis=1).mean()) if len(kept) else None}
