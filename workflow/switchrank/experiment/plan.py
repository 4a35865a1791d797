"""What tables over several systems, analyses, claims and the report of an experiment are made of."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from switchrank.experiment.paths import Paths
from switchrank.experiment.recipes import Recipe

MAIN, REFERENCE = "ml-cs", "zero-shot"  # the systems that the paper is about
EXAMPLES = ("en-de", "ar-it", "xx6-xx6")  # pairs
Runs = dict[str, dict[int, dict[str, str]]]  # system → seed → pair → path


class Plan:
    """The inputs of what is made of several systems, as far as an experiment has them.

    Args:
        paths: of the experiment.
    """

    def __init__(self, paths: Paths):
        self.paths, self.experiment = paths, paths.experiment

    @property
    def complete(self) -> bool:
        """Whether there is what claims, ratios and examples are about."""
        return REFERENCE in self.experiment.systems and MAIN in self.variants

    @cached_property
    def variants(self) -> dict[str, Recipe]:
        """System → recipe, of those that have the main one's ranker and switch every text, for all pairs."""
        experiment = self.experiment
        if MAIN not in experiment.systems:
            return {}
        ranker = experiment.entry(MAIN)["ranker"]
        return {
            system: experiment.recipes[experiment.all_data_of(system)[0]]
            for system in experiment.systems
            if experiment.entry(system)["ranker"] == ranker
            and experiment.lexicon_of(system)
            and experiment.translation_of(system) is None
            and not experiment.has_models_by_pair(system)
            and "pairs" not in experiment.entry(system)
        }

    def variant_settings(self) -> dict[str, dict[str, Any]]:
        """System → how its training text is switched."""
        settings = ("lexicon", "ratio", "mode", "stop_words")
        return {
            system: {setting: getattr(recipe, setting) for setting in settings}
            for system, recipe in self.variants.items()
        }

    def variant_cells(self) -> dict[str, dict[str, str]]:
        """Cells of the averages of these systems and of the reference."""
        return self.paths.cells((REFERENCE, *self.variants), self.experiment.groups)

    def variant_training(self) -> dict[str, str]:
        """System → figures of its training data."""
        stats = self.training_stats()
        return {system: stats[self.experiment.all_data_of(system)[0]] for system in self.variants}

    def variant_lexicons(self) -> dict[str, dict[str, str]]:
        """Lexicon → language → figures of the lexicons that these systems switch with.

        The languages are all that any training text is switched into with that lexicon.
        """
        figures: dict[str, dict[str, str]] = {recipe.lexicon: {} for recipe in self.variants.values()}
        for recipe in self.experiment.recipes.values():
            if recipe.lexicon in figures:
                figures[recipe.lexicon] |= self.lexicon_stats(recipe)
        return {lexicon: dict(sorted(stats.items())) for lexicon, stats in figures.items()}

    def rankers_of_main_systems(self) -> dict[str, dict[str, str]]:
        """Suffix → main system → the same with another ranker: fast → ml-cs → ml-cs-fast."""
        experiment, prefix = self.experiment, f"{REFERENCE}-"
        rankers = {}
        for system in experiment.systems:
            if system.startswith(prefix) and experiment.translation_of(system) is None:
                suffix = system.removeprefix(prefix)
                counterpart = f"{MAIN}-{suffix}"
                if counterpart in experiment.systems:
                    rankers[suffix] = {REFERENCE: system, MAIN: counterpart}
        return rankers

    def training_stats(self) -> dict[str, str]:
        """Training data → their figures."""
        return {data: f"{self.paths.training(key)}/stats.json" for data, key in self.paths.data_keys.items()}

    def lexicon_stats(self, recipe: Recipe) -> dict[str, str]:
        """Language → figures of the lexicon that a recipe switches into it with."""
        lexicons = self.paths.switching_lexicons(recipe)
        return {language: path.removesuffix(".tsv") + ".stats.json" for language, path in lexicons.items()}

    def overlap_runs(self) -> Runs:
        """Runs of the systems that read the texts themselves, on pairs of single languages."""
        experiment = self.experiment
        systems = [
            system
            for system in experiment.systems
            if "encodings" in experiment.ranker(system).needs and experiment.translation_of(system) is None
        ]
        return self._runs({system: self._pairs_for_overlap(system) for system in systems})

    def overlap_languages(self) -> list[str]:
        """The languages of these pairs."""
        runs = self.overlap_runs()
        pairs = [pair for seeds in runs.values() for by_pair in seeds.values() for pair in by_pair]
        languages = [language for pair in pairs for language in self.experiment.pairs[pair].languages]
        return list(dict.fromkeys(languages))

    def bias_runs(self) -> Runs:
        """Runs on pairs whose passages are mixed."""
        pairs = self.experiment.pairs
        return self._runs(
            {
                system: [pair for pair in self.experiment.pairs_of(system) if pairs[pair].document.mixed]
                for system in self.experiment.systems
            }
        )

    def example_runs(self, system: str) -> dict[str, str]:
        """Pair → a system's run with its first seed, on the pairs that examples are shown of."""
        experiment = self.experiment
        both = [pair for pair in experiment.pairs_of(MAIN) if pair in experiment.pairs_of(REFERENCE)]
        shown = [pair for pair in EXAMPLES if pair in both] or both[-1:]
        return {pair: self.paths.run(system, experiment.seeds_of(system)[0], pair) for pair in shown}

    def _runs(self, pairs_of_system: Mapping[str, list[str]]) -> Runs:
        return {
            system: {
                seed: {pair: self.paths.run(system, seed, pair) for pair in pairs}
                for seed in self.experiment.seeds_of(system)
            }
            for system, pairs in pairs_of_system.items()
            if pairs
        }

    def _pairs_for_overlap(self, system: str) -> list[str]:
        """Pairs of single languages, each the source language or one that training switches into."""
        experiment = self.experiment
        seen = {experiment.source.name, *experiment.config["training"]["languages"]}
        pairs = {name: experiment.pairs[name] for name in experiment.pairs_of(system)}
        return [
            name for name, pair in pairs.items() if pair.setting != "mlir" and seen.issuperset(pair.languages)
        ]
