"""What tables over several systems, analyses, claims and the report of an experiment are made of."""

from collections.abc import Container, Iterable
from functools import cached_property
from typing import Any

from switchrank.experiment.paths import Paths
from switchrank.experiment.recipes import Recipe

MAIN, REFERENCE = "ml-cs", "zero-shot"  # the systems that the paper is about
EXAMPLES = ("en-de", "ar-it", "xx6-xx6")  # pairs
Runs = dict[str, dict[int, dict[str, str]]]  # system → seed → pair → path


class Plan:
    """The inputs of what is made of several systems, as far as an experiment has them."""

    def __init__(self, paths: Paths):
        self.paths, self.experiment = paths, paths.experiment

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
            and entry.keys().isdisjoint(("translate", "pairs"))
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
        experiment = self.experiment
        figures: dict[str, dict[str, str]] = {recipe.lexicon: {} for recipe in self.variants.values()}
        for name, source, target in sorted(experiment.lexicons_of(*experiment.systems)):
            if name in figures and source == experiment.source.name:
                figures[name][target] = self.paths.lexicon_stats(name, source, target)
        return figures

    def training_stats(self) -> dict[str, str]:
        """Training data → their figures."""
        return {data: f"{self.paths.training(key)}/stats.json" for data, key in self.paths.data_keys.items()}

    def rankers_of_main_systems(self) -> dict[str, dict[str, str]]:
        """Suffix → main system → the same with another ranker: fast → ml-cs → ml-cs-fast."""
        experiment, prefix = self.experiment, f"{REFERENCE}-"
        rankers = {}
        for system in experiment.systems:
            suffix = system.removeprefix(prefix)
            others = {REFERENCE: f"{prefix}{suffix}", MAIN: f"{MAIN}-{suffix}"}
            if system == others[REFERENCE] and others[MAIN] in experiment.systems:
                if experiment.translation_of(system) is None:
                    rankers[suffix] = others
        return rankers

    def overlap_runs(self) -> Runs:
        """Runs of the systems that read the texts themselves, on pairs of single languages.

        Each is the source language or one that training switches into.
        """
        experiment = self.experiment
        languages = {experiment.source.name, *experiment.config["training"]["languages"]}
        systems = [
            system
            for system in experiment.systems
            if "encodings" in experiment.ranker(system).needs and experiment.translation_of(system) is None
        ]
        pairs = [
            name
            for name, pair in experiment.pairs.items()
            if pair.setting != "mlir" and languages.issuperset(pair.languages)
        ]
        return self._runs(systems, pairs)

    def overlap_languages(self) -> list[str]:
        """The languages of these pairs."""
        pairs = [pair for seeds in self.overlap_runs().values() for runs in seeds.values() for pair in runs]
        languages = [language for pair in pairs for language in self.experiment.pairs[pair].languages]
        return list(dict.fromkeys(languages))

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
