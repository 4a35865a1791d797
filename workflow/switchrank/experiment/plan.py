"""What tables over several systems, analyses, claims and the report of an experiment are made of."""

from collections.abc import Container, Iterable
from functools import cached_property, partial
from typing import Any

from switchrank.experiment.choices import Choices
from switchrank.experiment.doses import doses
from switchrank.experiment.endings import MAIN, REFERENCE
from switchrank.experiment.experiment import NO_SEED, Experiment
from switchrank.experiment.paths import Cells, Paths
from switchrank.experiment.recipes import Recipe
from switchrank.experiment.roles import Roles
from switchrank.registry import settings_of

EXAMPLES = ("en-de", "ar-it", "xx6-xx6")  # pairs
ACROSS = "clir"  # the group of pairs that systems fall to
Runs = dict[str, dict[int, dict[str, str]]]  # system → seed → pair → path


class Plan:
    """The inputs of what is made of several systems, as far as an experiment has them."""

    def __init__(self, paths: Paths):
        self.paths, self.experiment = paths, paths.experiment
        self.roles = Roles(paths.experiment)

    @property
    def complete(self) -> bool:
        """Whether there is what claims, ratios and examples are about."""
        return REFERENCE in self.experiment.systems and MAIN in self.variants

    @cached_property
    def variants(self) -> dict[str, Recipe]:
        """System → recipe, of those that have the main one's ranker and switch every text, for all pairs."""
        experiment, entries = self.experiment, self.experiment.config["systems"]
        return {
            system: experiment.recipes[experiment.all_data_of(system)[0]]
            for system, entry in entries.items()
            if MAIN in entries
            and entry["ranker"] == entries[MAIN]["ranker"]
            and experiment.lexicon_of(system)
            and not experiment.has_models_by_pair(system)
            and not experiment.ranks_other_texts(system)
            and "pairs" not in entry
        }

    def variant_settings(self) -> dict[str, dict[str, Any]]:
        """System → how its training text is switched."""
        names = ("lexicon", "ratio", "mode", "stop_words")
        return {
            system: {name: getattr(recipe, name) for name in names}
            for system, recipe in self.variants.items()
        }

    def variant_cells(self) -> Cells:
        """Cells of the averages of these systems and of the reference."""
        return self.paths.cells((REFERENCE, *self.variants), self.experiment.groups)

    def judged_on_training(self) -> dict[str, Recipe]:
        """System → recipe, of those whose training texts claims are about: the variants, and the headline's.

        Of the headline's systems those count that stand for a variant.
        """
        experiment, roles, recipes = self.experiment, self.roles, dict(self.variants)
        standing = {} if roles.headline is None else roles.substitutes(roles.headline)
        for system in [standing[name] for name in self.variants if name in standing]:
            if experiment.lexicon_of(system) and not experiment.has_models_by_pair(system):
                recipes[system] = experiment.recipes[experiment.all_data_of(system)[0]]
        return recipes

    def training_of(self, systems: Iterable[str]) -> dict[str, dict[int, str]]:
        """System → seed → figures of its training data, of systems that have one model for all pairs."""
        experiment = self.experiment
        return {
            system: self._stats(experiment.all_data_of(system)[0], experiment.seeds_of(system))
            for system in systems
        }

    def lexicons_of(self, recipes: Iterable[Recipe]) -> dict[str, dict[str, str]]:
        """Lexicon of these → language that any training text is switched into with it → its figures."""
        experiment = self.experiment
        figures: dict[str, dict[str, str]] = {recipe.lexicon: {} for recipe in recipes}
        for name, source, target in sorted(experiment.lexicons_of(*experiment.systems)):
            if name in figures and source == experiment.source.name:
                figures[name][target] = self.paths.lexicon_stats(name, source, target)
        return figures

    def why_some_pairs(self) -> dict[str, str]:
        """System → why it is measured on some pairs alone, where the config says so."""
        entries = self.experiment.config["systems"]
        return {name: entry["pairs_because"] for name, entry in entries.items() if "pairs_because" in entry}

    def training_stats(self) -> dict[str, dict[int, str]]:
        """Training data → seed → their figures."""
        return {data: self._stats(data, seeds) for data, seeds in self.experiment.draws.items()}

    def _stats(self, data: str, seeds: Iterable[int]) -> dict[int, str]:
        key = self.paths.data_keys[data]
        return {seed: f"{self.paths.training(key, seed)}/stats.json" for seed in seeds}

    def fall_measures(self) -> dict[str, dict[str, str]]:
        """Role → pair → measures: the reference in the source language and across, the treatment across.

        Nothing where one of the two lacks any of these pairs.
        """
        across = self.experiment.groups.get(ACROSS, [])
        pairs = {"reference": {str(self.experiment.source_pair), *across}, "treatment": {*across}}
        systems = {"reference": self.roles.reference, "treatment": self.roles.treatment}
        if not across or None in systems.values():
            return {}
        measures = {role: self.paths.measures_of(systems[role], pairs[role]) for role in pairs}
        return measures if all(measures[role].keys() == pairs[role] for role in pairs) else {}

    def choices(self) -> dict[str, dict[str, str]]:
        """System → training data → which ranker was chosen, of the systems whose ranker is a choice."""
        chosen = {system: Choices(self.paths).of_system(system) for system in self.experiment.systems}
        return {system: by_data for system, by_data in chosen.items() if by_data}

    def overlap_runs(self) -> Runs:
        """Runs of systems that read the texts themselves, on pairs of the source and training languages."""
        experiment = self.experiment
        systems = [
            system
            for system in experiment.systems
            if "encodings" in experiment.ranker(system).needs and not experiment.ranks_other_texts(system)
        ]
        return self._runs(systems, experiment.unmixed_seen_pairs)

    def overlap_languages(self) -> list[str]:
        """The languages of these pairs."""
        pairs = [pair for seeds in self.overlap_runs().values() for runs in seeds.values() for pair in runs]
        languages = [language for pair in pairs for language in self.experiment.pairs[pair].languages]
        return list(dict.fromkeys(languages))

    def token_limits(self) -> dict[str, int]:
        """Ranker → the tokens of a text that it reads, where there is a limit."""
        experiment, limits = self.experiment, {}
        for system in experiment.systems:
            cls = experiment.ranker(system)
            for name in experiment.chosen_from(experiment.entry(system)["ranker"]):
                limit = cls.max_tokens(settings_of(cls, experiment.config["rankers"][name]))
                if limit is not None:
                    limits[name] = limit
        return limits

    def bias_runs(self) -> Runs:
        """Runs on pairs whose passages are mixed."""
        pairs = [name for name, pair in self.experiment.pairs.items() if pair.document.mixed]
        return self._runs(self.experiment.systems, pairs)

    def _runs(self, systems: Iterable[str], pairs: Container[str]) -> Runs:
        runs: Runs = {}
        for system in systems:
            measured = [pair for pair in self.experiment.pairs_of(system) if pair in pairs]
            for seed in self.experiment.seeds_of(system) if measured else []:
                paths = {pair: self.paths.run(system, seed, pair) for pair in measured}
                runs.setdefault(system, {})[seed] = paths
        return runs

    def example_runs(self, system: str) -> dict[str, str]:
        """Pair → a system's run with its first seed, on the pairs that examples are shown of."""
        experiment = self.experiment
        both = [pair for pair in experiment.pairs_of(MAIN) if pair in experiment.pairs_of(REFERENCE)]
        shown = [pair for pair in EXAMPLES if pair in both] or both[-1:]
        return {pair: self.paths.run(system, experiment.seeds_of(system)[0], pair) for pair in shown}


def report_files(plan: Plan) -> dict[str, Any]:
    """What the report shows: name → file, or more names → files; None where there is nothing to show."""
    paths, overlaps, biased = plan.paths, bool(plan.overlap_runs()), bool(plan.bias_runs())
    return {
        "cells": paths.cells(),
        "corpus": paths.corpus_stats,
        **_lexicons(paths),
        "masked": _masked(paths),
        "training": plan.training_stats(),
        "logs": _training_logs(paths),
        "choices": plan.choices() or None,
        "candidate_splits": paths.analysis("candidates.json"),
        "costs": paths.analysis("costs.parquet"),
        "stages": paths.analysis("stages.parquet"),
        "claims": f"{paths.results}/claims.json" if plan.complete else None,
        "examples": paths.analysis("examples.json") if plan.complete else None,
        "overlap": paths.analysis("overlap.parquet") if overlaps else None,
        "truncated": paths.analysis("truncated.json") if plan.token_limits() else None,
        "bias": paths.analysis("bias.parquet") if biased else None,
        "same_language": paths.analysis("same_language.parquet") if biased else None,
        "neighbours": paths.analysis("neighbours.parquet"),
        "fall": paths.analysis("fall.json") if plan.fall_measures() else None,
        "ratio": paths.analysis("ratio.parquet") if plan.complete else None,
        "lexicon_table": paths.analysis("lexicons.parquet") if plan.complete else None,
    }


def report_config(plan: Plan) -> dict[str, Any]:
    """The config as the report needs it: with the pairs and the data of each system."""
    paths, experiment = plan.paths, plan.experiment
    return {
        **experiment.config,
        "folder": paths.results,
        "pairs": experiment.groups,
        "pair_objects": experiment.pairs,
        "headline": plan.roles.headline,
        "as_named": plan.roles.as_named,
        "treatment": plan.roles.treatment,
        "reference": plan.roles.reference,
        "other_rankers": plan.roles.other_rankers(),
        "main": MAIN,
        "main_reference": REFERENCE,
        "doses": [found._asdict() for found in doses(experiment, REFERENCE, MAIN)],
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
    """Figures of alignments by language, of lexicons by name and direction (en-de), of translations."""
    experiment = paths.experiment
    aligned: dict[str, str] = {}
    lexicons: dict[str, dict[str, str]] = {}
    translated: dict[str, dict[str, str]] = {}
    for name, source, target in experiment.lexicons_of(*experiment.systems):
        lexicons.setdefault(name, {})[f"{source}-{target}"] = paths.lexicon_stats(name, source, target)
        other = target if source == experiment.source.name else source
        if other == source:
            texts = paths.translated(paths.lexicon_keys[name], source)
            translated.setdefault(name, {})[source] = f"{texts}/stats.json"
        if any(
            "vectors" in experiment.lexicon_kind(origin).needs for origin in experiment.with_origins(name)
        ):
            aligned[other] = f"{paths.vectors(other, aligned=True)}.stats.json"
    return {"vectors": dict(sorted(aligned.items())), "lexicons": lexicons, "translated": translated}


def _masked(paths: Paths) -> dict[str, str]:
    """Figures of masked passages, by pair and, on a mixed side, language."""
    figures = {}
    for view, name in paths.masked_pairs.items():
        side = paths.experiment.pairs[name].document
        for language in side.languages:
            row = f"{name}, {language}" if side.mixed else name
            figures[row] = f"{paths.view_folder(view)}/{language}/stats.json"
    return figures


def _training_logs(paths: Paths) -> dict[str, dict[str, str]]:
    """Systems that share their models, joined → model → its learning curve."""
    experiment = paths.experiment
    users: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for system in experiment.systems:
        data, seeds = experiment.all_data_of(system), experiment.seeds_of(system)
        if data and seeds != [NO_SEED]:
            model = partial(paths.model, paths.ranker_keys[experiment.entry(system)["ranker"]])
            titles = {name: f"{name}, seed" if len(data) > 1 else "seed" for name in data}
            logs = {
                f"{titles[name]} {seed}": f"{model(paths.data_keys[name], seed)}/log.csv"
                for name in data
                for seed in seeds
            }
            users.setdefault(tuple(logs.items()), []).append(system)
    return {", ".join(systems): dict(logs) for logs, systems in users.items()}
