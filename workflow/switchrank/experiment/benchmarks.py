"""Which of Snakemake's benchmarks (time and memory of a job) tell what systems and stages cost."""

from collections.abc import Iterable, Mapping
from typing import Any

from switchrank.analyses.costs import TIMES
from switchrank.experiment.paths import Paths
from switchrank.experiment.shards import SINGLE, Shard


class Benchmarks:
    """The benchmarks of an experiment's jobs.

    Args:
        paths: of the experiment.
        shards: which pairs of which systems one job ranks.
    """

    def __init__(self, paths: Paths, shards: Mapping[str, Shard]):
        self.paths, self.experiment, self.shards = paths, paths.experiment, shards

    def of_system(self, system: str) -> dict[str, Any]:
        """The benchmarks of the jobs that a system needs, as analyses.costs.by_system takes them.

        Returns:
            pairs and seeds (how many), models (the files of the first seed), and TIMES: paths of benchmarks.
        """
        paths, experiment = self.paths, self.experiment
        seeds = experiment.seeds_of(system)
        ranker_key = paths.ranker_keys[experiment.entry(system)["ranker"]]
        data_keys = [paths.data_keys[data] for data in experiment.all_data_of(system)]
        models = [paths.model(ranker_key, data_key, seeds[0]) for data_key in data_keys]
        trainings = [f"{ranker_key}/{data_key}/seed{seed}" for data_key in data_keys for seed in seeds]
        rankings = [f"{system}/seed{seed}/{shard}" for seed in seeds for shard in self._shard_names(system)]
        return {
            "pairs": len(experiment.pairs_of(system)),
            "seeds": len(seeds),
            "models": [f"{model}/model.safetensors" for model in models],
            "lexicons": self._lexicons(system),
            "data": [
                *self._shared("training_data", data_keys),
                *self._shared("encode", self._switched_texts(system)),
            ],
            "training": self._shared("train", trainings),
            "translation": self._translation(system),
            "ranking": [paths.benchmark("rank", name) for name in rankings],
        }

    def of_stages(self) -> dict[str, list[str]]:
        """Stage → the benchmarks of its jobs, each once."""
        texts = [f"collection/{language}" for language in self.experiment.languages]
        collection = self._shared("encode", texts) + self._shared("corpus", ["corpus"])
        stages: dict[str, dict[str, None]] = {"collection": dict.fromkeys(collection)}
        for system in self.experiment.systems:
            benchmarks = self.of_system(system) | {"measures and cells": self._measures_and_cells(system)}
            for stage in (*TIMES, "measures and cells"):
                stages.setdefault(stage, {}).update(dict.fromkeys(benchmarks[stage]))
        return {stage: list(benchmarks) for stage, benchmarks in stages.items()}

    def _lexicons(self, system: str) -> list[str]:
        experiment, source = self.experiment, self.experiment.source.name
        recipes = [experiment.recipes[data] for data in experiment.all_data_of(system)]
        lexicons = {
            (recipe.lexicon, source, language) for recipe in recipes for language in recipe.lexicon_languages
        }
        translation = experiment.translation_of(system)
        if translation:
            lexicons |= {(translation, language, source) for language in experiment.other_languages}
        return sorted({benchmark for lexicon in lexicons for benchmark in self._lexicon(*lexicon)})

    def _lexicon(self, name: str, source: str, target: str) -> list[str]:
        """Of a lexicon and of all that it is made from."""
        needs = self.experiment.lexicon_kind(name).needs
        benchmarks = self._shared("lexicon", [f"{self.paths.lexicon_keys[name]}/{source}-{target}"])
        if "lexicon" in needs:
            benchmarks += self._lexicon(self.experiment.config["lexicons"][name]["of"], source, target)
        if "vectors" in needs:
            languages = {source, target}
            benchmarks += self._shared("vectors", languages)
            benchmarks += self._shared("alignment", languages - {self.experiment.source.name})
        return benchmarks

    def _switched_texts(self, system: str) -> list[str]:
        experiment = self.experiment
        switched = [data for data in experiment.all_data_of(system) if experiment.recipes[data].switched]
        return [f"{self.paths.training_view(data)}/{experiment.source.name}" for data in switched]

    def _translation(self, system: str) -> list[str]:
        lexicon = self.experiment.translation_of(system)
        if lexicon is None:
            return []
        key = self.paths.lexicon_keys[lexicon]
        texts = [f"{key}/{language}" for language in self.experiment.other_languages]
        encoded = [f"translated/{text}" for text in texts]
        return self._shared("translate", texts) + self._shared("encode", encoded)

    def _measures_and_cells(self, system: str) -> list[str]:
        names = [f"{system}/{shard}" for shard in self._shard_names(system)]
        return [self.paths.benchmark(rule, name) for rule in ("measure", "cells") for name in names]

    def _shard_names(self, system: str) -> list[str]:
        names = []
        for shard in self.shards.values():
            if system in shard.systems:
                names += self.experiment.pairs_of(system) if shard.name == SINGLE else [shard.name]
        return names

    def _shared(self, rule: str, names: Iterable[str]) -> list[str]:
        return [self.paths.benchmark(rule, name, self.paths.shared) for name in names]
