"""What the report of an experiment reads: files by name, and the config with what follows from it."""

from typing import Any

from switchrank.experiment.experiment import Experiment
from switchrank.experiment.paths import Paths
from switchrank.experiment.plan import MAIN, REFERENCE, Plan


def report_files(plan: Plan) -> dict[str, Any]:
    """What the report shows: name → file, or more names → files; None where there is nothing to show."""
    paths = plan.paths
    analyses = {
        "examples": ("examples.json", plan.complete),
        "overlap": ("overlap.parquet", plan.overlap_runs()),
        "bias": ("bias.parquet", plan.bias_runs()),
        "same_language": ("same_language.parquet", plan.bias_runs()),
        "ratio": ("ratio.parquet", plan.complete),
        "lexicon_table": ("lexicons.parquet", plan.complete),
    }
    return {
        "cells": paths.cells(),
        "corpus": paths.corpus_stats,
        **_lexicons(paths),
        "training": plan.training_stats(),
        "logs": _training_logs(paths),
        "costs": paths.analysis("costs.parquet"),
        "stages": paths.analysis("stages.parquet"),
        "claims": f"{paths.results}/claims.json" if plan.complete else None,
        **{name: paths.analysis(file) if exists else None for name, (file, exists) in analyses.items()},
    }


def report_config(paths: Paths) -> dict[str, Any]:
    """The config as the report needs it: with the pairs and the data of each system."""
    experiment = paths.experiment
    return {
        **experiment.config,
        "folder": paths.results,
        "pairs": experiment.groups,
        "pair_objects": experiment.pairs,
        "treatment": MAIN if MAIN in experiment.systems else None,
        "reference": REFERENCE if REFERENCE in experiment.systems else None,
        "systems": {system: _resolved(experiment, system) for system in experiment.systems},
    }


def _resolved(experiment: Experiment, system: str) -> dict[str, Any]:
    pairs = experiment.pairs_of(system)
    entry = {**experiment.entry(system), "pairs": pairs, "impossible": experiment.impossible(system)}
    data = experiment.all_data_of(system)
    if len(data) > 1:
        return entry | {"data_by_pair": {pair: experiment.data_of(system, pair) for pair in pairs}}
    return entry | ({"data": data[0]} if data else {})


def _lexicons(paths: Paths) -> dict[str, dict[str, Any]]:
    """The figures of alignments by language, of lexicons by name and direction, of translations.

    vectors: language → figures of its alignment; lexicons: lexicon → direction, such as en-de → its figures;
    translated: lexicon → language → figures of the texts that it translates to the source language.
    """
    experiment = paths.experiment
    aligned: set[str] = set()
    lexicons: dict[str, dict[str, str]] = {}
    translated: dict[str, dict[str, str]] = {}
    for name, source, target in experiment.lexicons_of(*experiment.systems):
        lexicons.setdefault(name, {})[f"{source}-{target}"] = paths.lexicon_stats(name, source, target)
        if target == experiment.source.name:
            texts = paths.translated(paths.lexicon_keys[name], source)
            translated.setdefault(name, {})[source] = f"{texts}/stats.json"
        if any(
            "vectors" in experiment.lexicon_kind(origin).needs for origin in experiment.with_origins(name)
        ):
            aligned |= {source, target} - {experiment.source.name}
    vectors = {own: f"{paths.vectors(own, aligned=True)}.stats.json" for own in sorted(aligned)}
    return {"vectors": vectors, "lexicons": lexicons, "translated": translated}


def _training_logs(paths: Paths) -> dict[str, dict[str, str]]:
    """Systems that share their models, joined → model → its learning curve."""
    experiment, seeds = paths.experiment, paths.experiment.config["seeds"]
    users: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for system in experiment.systems:
        data = experiment.all_data_of(system)
        if data and experiment.seeds_of(system) == seeds:
            ranker = paths.ranker_keys[experiment.entry(system)["ranker"]]
            logs = {
                f"{name}, seed {seed}" if len(data) > 1 else f"seed {seed}": (
                    f"{paths.model(ranker, paths.data_keys[name], seed)}/log.csv"
                )
                for name in data
                for seed in seeds
            }
            users.setdefault(tuple(logs.items()), []).append(system)
    return {", ".join(systems): dict(logs) for logs, systems in users.items()}
