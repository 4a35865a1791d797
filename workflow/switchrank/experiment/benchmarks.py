"""Which of Snakemake's benchmarks (time and memory of a job) show what systems and stages cost."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from switchrank.analyses.costs import TIMES
from switchrank.experiment.paths import COLLECTION, TRANSLATED, Paths, flat
from switchrank.experiment.shards import SINGLE, Shard


class Benchmarks:
    """The benchmarks of an experiment's jobs, where `shards` say which pairs of which systems a job does."""

    def __init__(self, paths: Paths, shards: Mapping[str, Shard]):
        self.paths, self.experiment, self.shards = paths, paths.experiment, shards

    def of_system(self, system: str, pairs: Collection[str]) -> dict[str, Any]:
        """The benchmarks of the jobs that a system needs, as analyses.costs.by_system takes them.

        pairs (how many), of (how many it can have), ranked (those that its ranking jobs did), by_pair
        (whether it has a model for each), models (the files of the first seed), and TIMES: paths of
        benchmarks, by seed where each seed has its own. They are those of what it needs for some pairs, as
        far as it has them; but jobs that rank more are whole.
        """
        paths, experiment, source = self.paths, self.experiment, self.experiment.source.name
        every = experiment.pairs_of(system)
        having = [pair for pair in every if pair in pairs]
        seeds = experiment.seeds_of(system)
        trained = having if experiment.is_trained(system) else []
        data = list(dict.fromkeys(experiment.data_of(system, pair) for pair in trained))
        languages = {language for pair in having for language in experiment.pairs[pair].languages}
        name = experiment.entry(system)["ranker"]
        ranker = paths.ranker_keys[name]
        keys = [paths.data_keys[name] for name in data]
        switched = [paths.data_keys[name] for name in data if experiment.recipes[name].switched]
        lexicons = [
            lexicon
            for lexicon in experiment.lexicons_of(system)
            if lexicon[2] != source or lexicon[1] in languages
        ]
        texts = [
            f"{paths.lexicon_keys[name]}/{other}" for name, other, target in lexicons if target == source
        ]
        masked = [
            f"{paths.masked_view(pair)}/{language}"
            for pair in (having if experiment.is_masked(system) else [])
            for language in experiment.pairs[pair].document.languages
        ]
        return {
            "pairs": len(having),
            "of": sum(experiment.can_exist(system, pair) for pair in pairs),
            "ranked": len(every),
            "by_pair": experiment.has_models_by_pair(system),
            "models": [f"{paths.model(ranker, key, seeds[0])}/model.safetensors" for key in keys],
            "lexicons": sorted({path for lexicon in lexicons for path in self._lexicon(*lexicon)}),
            "data": {
                seed: self._shared(
                    training_data=[f"{key}/seed{seed}" for key in keys],
                    encode=[f"{paths.training_view(key, seed)}/{source}" for key in switched],
                )
                for seed in seeds
            },
            "training": {seed: self._training(name, keys, seed) for seed in seeds},
            "translation": self._shared(
                translate=texts, mask=masked, encode=[*(f"{TRANSLATED}/{text}" for text in texts), *masked]
            ),
            "ranking": {seed: self._of_shards(system, rank=[f"{system}/seed{seed}"]) for seed in seeds},
        }

    def of_systems(self, pairs: Collection[str]) -> dict[str, Any]:
        """The same of each system that has any of some pairs, for these pairs alone."""
        systems = [
            name for name in self.experiment.systems if {*pairs}.intersection(self.experiment.pairs_of(name))
        ]
        return {system: self.of_system(system, pairs) for system in systems}

    def of_stages(self) -> dict[str, list[str]]:
        """Stage → the benchmarks of its jobs, each once."""
        systems, languages = self.experiment.systems, self.experiment.languages
        texts = [f"{COLLECTION}/{language}" for language in languages]
        jobs = self.of_systems(list(self.experiment.pairs)).values()
        measuring = [self._of_shards(system, measure=[system], cells=[system]) for system in systems]
        averaging = [
            self.paths.benchmark("cells", f"{system}/averages")
            for system in systems
            if self.experiment.groups_with(system)
        ]
        stages = {"collection": self._shared(encode=texts, corpus=["corpus"])}
        stages |= {stage: flat([benchmarks[stage] for benchmarks in jobs]) for stage in TIMES}
        stages["measures and cells"] = flat([measuring, averaging])
        return {stage: list(dict.fromkeys(benchmarks)) for stage, benchmarks in stages.items()}

    def _lexicon(self, name: str, source: str, target: str) -> list[str]:
        """Of a lexicon and of all that it is made from."""
        benchmarks, aligned = [], {source, target} - {self.experiment.source.name}
        for origin in self.experiment.with_origins(name):
            benchmarks += self._shared(lexicon=[f"{self.paths.lexicon_keys[origin]}/{source}-{target}"])
            if "vectors" in self.experiment.lexicon_kind(origin).needs:
                benchmarks += self._shared(vectors=[source, target], alignment=aligned)
        return benchmarks

    def _training(self, ranker: str, data: Iterable[str], seed: int) -> list[str]:
        """Of a ranker's models with a seed; of one that is chosen, of all that it is chosen from, too."""
        keys, experiment = self.paths.ranker_keys, self.experiment
        folders = [
            f"{keys[name]}/{key}/seed{seed if seed in own else own[0]}"
            for name in experiment.chosen_from(ranker)
            for own in [experiment.seeds_of_ranker(name)]
            for key in data
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
