"""Where every result lies. Rules ask here; nothing takes a path apart.

What hangs on the collection alone, or on it and on a recipe, lies in results/shared/{collection}.{digest}/
and serves every experiment, whatever it is called; names end in digests there (see keys). What is of an
experiment lies in results/{experiment}/.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from switchrank.collections.base import text_files
from switchrank.experiment.experiment import Experiment
from switchrank.experiment.keys import Keys
from switchrank.experiment.recipes import Recipe

ENCODER = "use-multilingual"  # the downloads that encoding and lexicons hang on
NAMES = "osm-tags"
SHARED = "shared"  # no experiment may be called so
COLLECTION = "collection"  # the view that is the collection's own text
TRAINING = "training"  # what the views of training texts and of translated ones begin with
TRANSLATED = "translated"


class Paths(Keys):
    """The files of an experiment.

    Args:
        experiment: what is computed.
        root: folder of all results.
        resources: folder of the downloads.
    """

    def __init__(self, experiment: Experiment, root: str = "results", resources: str = "resources"):
        super().__init__(experiment)
        self.root, self.resources = root, resources
        self.shared = f"{root}/{SHARED}/{self.collection_key}"
        self.results = f"{root}/{experiment.name}"

    # Downloads

    def asset(self, name: str) -> str:
        """The folder of a download."""
        return f"{self.resources}/{name}"

    def assets_of(self, system: str) -> list[str]:
        """The folders of the downloads that a system's figures hang on."""
        experiment = self.experiment
        names = list(experiment.collection.assets)
        lexicons = list(filter(None, [experiment.lexicon_of(system), experiment.translation_of(system)]))
        encoded = experiment.config["candidates"]["method"] == "fused" or lexicons
        names += [ENCODER] if encoded or "encodings" in experiment.ranker(system).needs else []
        names += [NAMES] if lexicons else []
        return [self.asset(name) for name in names]

    # Jobs

    def log(self, rule: str, name: str, folder: str | None = None) -> str:
        """The log of a job, in the experiment's folder or another."""
        return f"{folder or self.results}/logs/{rule}/{name}.log"

    def benchmark(self, rule: str, name: str, folder: str | None = None) -> str:
        """The time and memory of a job, as Snakemake measures them."""
        return f"{folder or self.results}/benchmarks/{rule}/{name}.tsv"

    # Shared: of the collection

    @property
    def corpus(self) -> str:
        """The folder of the collection."""
        return f"{self.shared}/corpus"

    @property
    def corpus_stats(self) -> str:
        """The collection's counts."""
        return f"{self.corpus}/stats.json"

    def corpus_index(self) -> list[str]:
        """The collection's smaller files: they come with all others, and keep long lists out of every job."""
        return [f"{self.corpus}/{name}" for name in ("qrels.parquet", "splits.parquet", "stats.json")]

    def corpus_files(self) -> list[str]:
        """All files of the collection but its counts."""
        texts = [self.texts(COLLECTION, language) for language in self.experiment.languages]
        others = ["qrels.parquet", "splits.parquet"]
        others += ["candidates.parquet"] if self.experiment.collection.brings_candidates else []
        return [path for files in texts for path in files] + [f"{self.corpus}/{name}" for name in others]

    def view_folder(self, view: str) -> str:
        """The folder of a view's texts."""
        return self.corpus if view == COLLECTION else f"{self.shared}/{view}"

    def texts(self, view: str, language: str) -> list[str]:
        """Queries and passages of a view in a language."""
        return [f"{self.view_folder(view)}/{name}" for name in text_files(language)]

    def view_of(self, system: str) -> str:
        """The view whose texts a system ranks: the collection, or the collection brought to one language."""
        lexicon = self.experiment.translation_of(system)
        return f"{TRANSLATED}/{self.lexicon_keys[lexicon]}" if lexicon else COLLECTION

    def views(self) -> list[str]:
        """Every view that texts are encoded of."""
        translated = [self.view_of(system) for system in self.experiment.systems]
        return list(dict.fromkeys([COLLECTION, *translated, *map(self.training_view, self.data_keys)]))

    def encodings(self, view: str, language: str) -> str:
        """The encoded texts of a view in a language; the source language's are never translated."""
        if view.startswith(f"{TRANSLATED}/") and language == self.experiment.source.name:
            view = COLLECTION
        return f"{self.shared}/encoded/{view}/{language}.safetensors"

    def encodings_by_language(self, view: str, languages: Iterable[str] | None = None) -> dict[str, str]:
        """Language → encoded texts of a view; of all languages unless some are named."""
        wanted = self.experiment.languages if languages is None else languages
        return {language: self.encodings(view, language) for language in wanted}

    @property
    def idf(self) -> str:
        """The weights of the encoder's pieces in the collection."""
        return f"{self.shared}/encoded/idf.safetensors"

    def bm25(self, language: str) -> str:
        """BM25's run over the whole collection in a language."""
        return f"{self.shared}/{self.bm25_key}/{language}.parquet"

    @property
    def candidates(self) -> str:
        """The candidates of every query."""
        return f"{self.shared}/{self.candidates_key}.parquet"

    # Shared: lexicons

    def vectors(self, language: str, aligned: bool = False) -> str:
        """Word vectors of a language without their suffix; those of the source language need no alignment."""
        words = self.experiment.config["vectors"]["words"]
        source = self.experiment.source.name
        if aligned and language != source:
            return f"{self.shared}/vectors/{words}/aligned-to-{source}/{language}"
        return f"{self.shared}/vectors/{words}/{language}"

    def lexicon(self, key: str, source: str, target: str) -> str:
        """A lexicon from one language into another, by its key, without its suffix."""
        return f"{self.shared}/lexicons/{key}/{source}-{target}"

    def switching_lexicons(self, recipe: Recipe) -> dict[str, str]:
        """Language → the lexicon that a recipe switches into it with."""
        if recipe.lexicon is None:
            return {}
        key, source = self.lexicon_keys[recipe.lexicon], self.experiment.source.name
        return {
            language: f"{self.lexicon(key, source, language)}.tsv" for language in recipe.lexicon_languages
        }

    def translated(self, key: str, language: str) -> str:
        """The texts in a language that a lexicon, by its key, brought to the source language."""
        return f"{self.shared}/{TRANSLATED}/{key}/{language}"

    # Shared: training

    def training(self, key: str) -> str:
        """The folder of training data, by its key."""
        return f"{self.shared}/{TRAINING}/{key}"

    def training_view(self, data: str) -> str:
        """The view of switched training texts."""
        return f"{TRAINING}/{self.data_keys[data]}"

    def training_encodings(self, data: str) -> dict[str, dict[str, str]]:
        """View → language → the encodings that a ranker reads while it is trained, dev's included."""
        recipe, source = self.experiment.recipes[data], self.experiment.source.name
        if recipe.switched:
            training = {source: self.encodings(self.training_view(data), source)}
            return {TRAINING: training, COLLECTION: self.encodings_by_language(COLLECTION, [source])}
        languages = dict.fromkeys([source, *recipe.query.languages, *recipe.passage.languages])
        return {COLLECTION: self.encodings_by_language(COLLECTION, languages)}

    def model(self, ranker_key: str, data_key: str, seed: int | str) -> str:
        """The folder of a model."""
        return f"{self.shared}/models/{ranker_key}/{data_key}/seed{seed}"

    def checkpoint(self, ranker_key: str, data_key: str, seed: int | str, code: str) -> str:
        """What a training with some code writes now and then, and goes on from."""
        return f"{self.shared}/checkpoints/{ranker_key}/{data_key}/seed{seed}.{code}.pt"

    def model_of(self, system: str, seed: int | str, pair: str) -> str:
        """The folder of the model that a system ranks a pair with."""
        ranker = self.ranker_keys[self.experiment.entry(system)["ranker"]]
        return self.model(ranker, self.data_keys[self.experiment.data_of(system, pair)], seed)

    def models_of(self, system: str) -> list[str]:
        """The folders of all models of a system."""
        if not self.experiment.is_trained(system):
            return []
        seeds, pairs = self.experiment.seeds_of(system), self.experiment.pairs_of(system)
        return list(dict.fromkeys(self.model_of(system, seed, pair) for seed in seeds for pair in pairs))

    # Of the experiment

    def run(self, system: str, seed: int | str, pair: str) -> str:
        """A run."""
        return f"{self.results}/runs/{system}/seed{seed}/{pair}.parquet"

    def runs(self, system: str, pairs: Iterable[str]) -> dict[str, dict[int, str]]:
        """Pair → seed → run."""
        seeds = self.experiment.seeds_of(system)
        return {pair: {seed: self.run(system, seed, pair) for seed in seeds} for pair in pairs}

    def measures(self, system: str, pair: str) -> str:
        """What a system reaches on each query of a pair."""
        return f"{self.results}/measures/{system}/{pair}.parquet"

    def measures_of(self, system: str, pairs: Iterable[str] | None = None) -> dict[str, str]:
        """Pair → measures of a system: on all its pairs, or on those of some that it has."""
        wanted = None if pairs is None else set(pairs)
        existing = self.experiment.pairs_of(system)
        return {pair: self.measures(system, pair) for pair in existing if wanted is None or pair in wanted}

    def cell(self, system: str, name: str) -> str:
        """A cell of a pair, or of a group's average."""
        return f"{self.results}/cells/{system}/{name}.json"

    def cells(
        self, systems: Iterable[str] | None = None, names: Iterable[str] | None = None
    ) -> dict[str, dict[str, str]]:
        """System → pair or group → cell; `names` keeps some of them."""
        wanted = None if names is None else set(names)
        return {
            system: {
                name: self.cell(system, name)
                for name in self.experiment.cell_names(system)
                if wanted is None or name in wanted
            }
            for system in (self.experiment.systems if systems is None else systems)
        }

    def table(self, name: str, suffix: str) -> str:
        """A table."""
        return f"{self.results}/tables/{name}.{suffix}"

    def analysis(self, name: str) -> str:
        """A file of an analysis, with its suffix."""
        return f"{self.results}/analyses/{name}"

    @property
    def analyses(self) -> tuple[str, ...]:
        """The files of all analyses."""
        names = ("overlap", "bias", "same_language", "costs", "stages", "ratio", "lexicons")
        return (*(f"{name}.parquet" for name in names), "examples.json")

    def comparison(self, ours: str, theirs: str) -> str:
        """The tests of one system against another."""
        return f"{self.results}/comparisons/{ours}.vs.{theirs}.csv"

    def trec_run(self, system: str, seed: int | str, pair: str) -> str:
        """A run in the format of TREC."""
        return f"{self.results}/trec/{system}/seed{seed}/{pair}.run"

    @property
    def trec_qrels(self) -> str:
        """The qrels of the test queries in the format of TREC."""
        return f"{self.results}/trec/qrels.txt"

    def trec_runs(self) -> list[str]:
        """All runs in the format of TREC."""
        return [
            self.trec_run(system, seed, pair)
            for system in self.experiment.systems
            for seed in self.experiment.seeds_of(system)
            for pair in self.experiment.pairs_of(system)
        ]

    def single_pair_files(self) -> set[str]:
        """Every file that is about one pair alone."""
        experiment = self.experiment
        places = [(system, pair) for system in experiment.systems for pair in experiment.pairs_of(system)]
        files = {make(*place) for place in places for make in (self.cell, self.measures)}
        return (
            files
            | set(self.trec_runs())
            | {
                self.run(system, seed, pair)
                for system, pair in places
                for seed in experiment.seeds_of(system)
            }
        )


def flat(paths: Mapping[Any, Any] | Iterable[Any] | str) -> list[str]:
    """All paths in nested mappings and lists."""
    if isinstance(paths, str):
        return [paths]
    inner = paths.values() if isinstance(paths, Mapping) else paths
    return [path for value in inner for path in flat(value)]
