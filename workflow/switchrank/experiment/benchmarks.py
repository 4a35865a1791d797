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
        name = experiment.entry(system)["ranker"]
        ranker = paths.ranker_keys[name]
        keys = [paths.data_keys[name] for name in data]
        views = [paths.training_view(name) for name in data if experiment.recipes[name].switched]
        lexicons = experiment.lexicons_of(system)
        texts = [
            f"{paths.lexicon_keys[name]}/{other}" for name, other, target in lexicons if target == source
        ]
        return {
            "pairs": len(experiment.pairs_of(system)),
            "seeds": len(seeds),
            "models": [f"{paths.model(ranker, key, seeds[0])}/model.safetensors" for key in keys],
            "lexicons": sorted({path for lexicon in lexicons for path in self._lexicon(*lexicon)}),
            "data": self._shared(training_data=keys, encode=[f"{view}/{source}" for view in views]),
            "training": self._training(name, keys),
            "translation": self._shared(translate=texts, encode=[f"{TRANSLATED}/{text}" for text in texts]),
            "ranking": self._of_shards(system, rank=[f"{system}/seed{seed}" for seed in seeds]),
        }

    def of_stages(self) -> dict[str, list[str]]:
        """Stage → the benchmarks of its jobs, each once."""
        systems, languages = self.experiment.systems, self.experiment.languages
        texts = [f"{COLLECTION}/{language}" for language in languages]
        jobs = [self.of_system(system) for system in systems]
        measuring = [self._of_shards(system, measure=[system], cells=[system]) for system in systems]
        stages = {"collection": self._shared(encode=texts, corpus=["corpus"])}
        stages |= {stage: flat([benchmarks[stage] for benchmarks in jobs]) for stage in TIMES}
        stages["measures and cells"] = flat(measuring)
        return {stage: list(dict.fromkeys(benchmarks)) for stage, benchmarks in stages.items()}

    def _lexicon(self, name: str, source: str, target: str) -> list[str]:
        """Of a lexicon and of all that it is made from."""
        benchmarks, aligned = [], {source, target} - {self.experiment.source.name}
        for origin in self.experiment.with_origins(name):
            benchmarks += self._shared(lexicon=[f"{self.paths.lexicon_keys[origin]}/{source}-{target}"])
            if "vectors" in self.experiment.lexicon_kind(origin).needs:
                benchmarks += self._shared(vectors=[source, target], alignment=aligned)
        return benchmarks

    def _training(self, ranker: str, data: Iterable[str]) -> list[str]:
        """Of a ranker's models with all seeds; of one that is chosen, of all that it is chosen from, too."""
        keys, experiment = self.paths.ranker_keys, self.experiment
        folders = [
            f"{keys[name]}/{key}/seed{seed}"
            for name in experiment.chosen_from(ranker)
            for key in data
            for seed in experiment.seeds_of_ranker(name)
        ]
        chosen = [f"{keys[ranker]}/{key}" for key in data] if experiment.is_choice(ranker) else []
        return self._shared(train=folders, choose=chosen)

    def _of_shards(self, system: str, **folders: Iterable[str]) -> list[str]:
        """By rule, of all shards of a system."""
        names = []
        for shard in self.shards.values():
            if system in shard.systems:
                names += self.experiment.pairs_of(system) if shard.name == SINGLE else [shard.name]
        jobs = [(rule, folder) for rule in folders for folder in folders[rule]]
        return [self.paths.benchmark(rule, f"{folder}/{name}") for rule, folder in jobs for name in names]

    def _shared(self, **names: Iterable[str]) -> list[str]:
        """By rule, of jobs whose results experiments share."""
        jobs = [(rule, name) for rule in names for name in names[rule]]
        return [self.paths.benchmark(rule, name, self.paths.shared) for rule, name in jobs]
