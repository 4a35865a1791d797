"""Which of Snakemake's benchmarks (time and memory of a job) show what systems and stages cost."""

from collections.abc import Iterable, Mapping
from typing import Any

from switchrank.analyses.costs import TIMES
from switchrank.experiment.paths import COLLECTION, TRANSLATED, Paths, flat
from switchrank.experiment.shards import SINGLE, Shard


class Benchmarks:
    """The benchmarks of an experiment's jobs, where `shards` say which pairs of which systems a job does."""

    def __init__(self, paths: Paths, shards: Mapping[str, Shard]):
        self.paths, self.experiment, self.shards = paths, paths.experiment, shards

    def of_system(self, system: str) -> dict[str, Any]:
        """The benchmarks of the jobs that a system needs, as analyses.costs.by_system takes them.

        pairs and seeds (how many), models (the files of the first seed), and TIMES: paths of benchmarks.
        """
        paths, experiment, source = self.paths, self.experiment, self.experiment.source.name
        seeds, data = experiment.seeds_of(system), experiment.all_data_of(system)
        ranker_key = paths.ranker_keys[experiment.entry(system)["ranker"]]
        data_keys = [paths.data_keys[name] for name in data]
        models = [paths.model(ranker_key, key, seeds[0]) for key in data_keys]
        switched = [name for name in data if experiment.recipes[name].switched]
        lexicons = experiment.lexicons_of(system)
        of_lexicons = {benchmark for lexicon in lexicons for benchmark in self._lexicon(*lexicon)}
        translated = [
            f"{paths.lexicon_keys[name]}/{own}" for name, own, target in lexicons if target == source
        ]
        return {
            "pairs": len(experiment.pairs_of(system)),
            "seeds": len(seeds),
            "models": [f"{model}/model.safetensors" for model in models],
            "lexicons": sorted(of_lexicons),
            "data": self._shared("training_data", data_keys)
            + self._shared("encode", [f"{paths.training_view(name)}/{source}" for name in switched]),
            "training": self._shared(
                "train", [f"{ranker_key}/{key}/seed{seed}" for key in data_keys for seed in seeds]
            ),
            "translation": self._shared("translate", translated)
            + self._shared("encode", [f"{TRANSLATED}/{texts}" for texts in translated]),
            "ranking": self._of_shards("rank", [f"{system}/seed{seed}" for seed in seeds], system),
        }

    def of_stages(self) -> dict[str, list[str]]:
        """Stage → the benchmarks of its jobs, each once."""
        texts = [f"{COLLECTION}/{language}" for language in self.experiment.languages]
        stages = {"collection": self._shared("encode", texts) + self._shared("corpus", ["corpus"])}
        jobs = [self.of_system(system) for system in self.experiment.systems]
        stages |= {stage: flat([benchmarks[stage] for benchmarks in jobs]) for stage in TIMES}
        stages["measures and cells"] = [
            benchmark
            for system in self.experiment.systems
            for rule in ("measure", "cells")
            for benchmark in self._of_shards(rule, [system], system)
        ]
        return {stage: list(dict.fromkeys(benchmarks)) for stage, benchmarks in stages.items()}

    def _lexicon(self, name: str, source: str, target: str) -> list[str]:
        """Of a lexicon and of all that it is made from."""
        benchmarks = []
        for origin in self.experiment.with_origins(name):
            benchmarks += self._shared("lexicon", [f"{self.paths.lexicon_keys[origin]}/{source}-{target}"])
            if "vectors" in self.experiment.lexicon_kind(origin).needs:
                benchmarks += self._shared("vectors", [source, target])
                benchmarks += self._shared("alignment", {source, target} - {self.experiment.source.name})
        return benchmarks

    def _of_shards(self, rule: str, folders: Iterable[str], system: str) -> list[str]:
        names = []
        for shard in self.shards.values():
            if system in shard.systems:
                names += self.experiment.pairs_of(system) if shard.name == SINGLE else [shard.name]
        return [self.paths.benchmark(rule, f"{folder}/{name}") for folder in folders for name in names]

    def _shared(self, rule: str, names: Iterable[str]) -> list[str]:
        return [self.paths.benchmark(rule, name, self.paths.shared) for name in names]
