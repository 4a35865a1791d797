"""What the report of an experiment reads: files by name, and the config with what follows from it."""

from typing import Any

from switchrank.experiment.experiment import Experiment
from switchrank.experiment.paths import Paths
from switchrank.experiment.plan import MAIN, REFERENCE, Plan


def report_files(plan: Plan) -> dict[str, Any]:
    """What the report shows: name → file, or more names → files; None where there is nothing to show."""
    paths, complete, biased = plan.paths, plan.complete, bool(plan.bias_runs())
    return {
        "cells": paths.cells(),
        "corpus": paths.corpus_stats,
        "vectors": _alignments(paths),
        "lexicons": _lexicons(plan),
        "translated": _translated(paths),
        "training": plan.training_stats(),
        "logs": _training_logs(paths),
        "costs": paths.analysis("costs.parquet"),
        "stages": paths.analysis("stages.parquet"),
        "claims": f"{paths.results}/claims.json" if complete else None,
        "examples": paths.analysis("examples.json") if complete else None,
        "overlap": paths.analysis("overlap.parquet") if plan.overlap_runs() else None,
        "bias": paths.analysis("bias.parquet") if biased else None,
        "same_language": paths.analysis("same_language.parquet") if biased else None,
        "ratio": paths.analysis("ratio.parquet") if complete else None,
        "lexicon_table": paths.analysis("lexicons.parquet") if complete else None,
    }


def report_config(paths: Paths) -> dict[str, Any]:
    """The config as the report tells it: with the pairs and the data of each system."""
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
    data = {pair: experiment.data_of(system, pair) for pair in pairs if experiment.is_trained(system)}
    if len(set(data.values())) > 1:
        return entry | {"data_by_pair": data}
    return entry | ({"data": next(iter(data.values()))} if data else {})


def _alignments(paths: Paths) -> dict[str, str]:
    """Language → figures of its alignment, of those whose word vectors are used."""
    experiment = paths.experiment
    languages: set[str] = set()
    for recipe in experiment.recipes.values():
        if recipe.lexicon and _from_vectors(experiment, recipe.lexicon):
            languages.update(recipe.lexicon_languages)
    if any(_from_vectors(experiment, lexicon) for lexicon in _translations(experiment)):
        languages.update(experiment.other_languages)
    return {language: f"{paths.vectors(language, aligned=True)}.stats.json" for language in sorted(languages)}


def _from_vectors(experiment: Experiment, lexicon: str) -> bool:
    """Whether a lexicon, or that which it is a shuffled copy of, is made from word vectors."""
    needs = experiment.lexicon_kind(lexicon).needs
    if "lexicon" in needs:
        return _from_vectors(experiment, experiment.config["lexicons"][lexicon]["of"])
    return "vectors" in needs


def _lexicons(plan: Plan) -> dict[str, dict[str, str]]:
    """Lexicon → direction, such as en-de → its figures."""
    paths, experiment, source = plan.paths, plan.experiment, plan.experiment.source.name
    lexicons: dict[str, dict[str, str]] = {}
    for recipe in experiment.recipes.values():
        if recipe.lexicon:
            stats = plan.lexicon_stats(recipe).items()
            directions = {f"{source}-{language}": path for language, path in stats}
            lexicons.setdefault(recipe.lexicon, {}).update(directions)
    for name in _translations(experiment):
        key = paths.lexicon_keys[name]
        directions = {
            f"{language}-{source}": f"{paths.lexicon(key, language, source)}.stats.json"
            for language in experiment.other_languages
        }
        lexicons.setdefault(name, {}).update(directions)
    return lexicons


def _translated(paths: Paths) -> dict[str, dict[str, str]]:
    """Lexicon → language → figures of the texts that it brings to the source language."""
    experiment = paths.experiment
    return {
        name: {
            language: f"{paths.translated(paths.lexicon_keys[name], language)}/stats.json"
            for language in experiment.other_languages
        }
        for name in _translations(experiment)
    }


def _translations(experiment: Experiment) -> list[str]:
    """The lexicons of Translate Test, each once."""
    return list(dict.fromkeys(filter(None, map(experiment.translation_of, experiment.systems))))


def _training_logs(paths: Paths) -> dict[str, dict[str, str]]:
    """Systems that share their models, joined → model → its learning curve."""
    experiment = paths.experiment
    all_seeds = experiment.config["seeds"]
    users: dict[tuple[str, ...], list[str]] = {}
    for system in experiment.systems:
        if experiment.is_trained(system) and experiment.seeds_of(system) == all_seeds:
            ranker = paths.ranker_keys[experiment.entry(system)["ranker"]]
            users.setdefault((ranker, *experiment.all_data_of(system)), []).append(system)
    logs = {}
    for (ranker, *data), systems in users.items():
        logs[", ".join(systems)] = {
            f"{name}, seed {seed}" if len(data) > 1 else f"seed {seed}": (
                f"{paths.model(ranker, paths.data_keys[name], seed)}/log.csv"
            )
            for name in data
            for seed in all_seeds
        }
    return logs
