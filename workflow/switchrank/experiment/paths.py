"""Where every result is. Rules ask here; nothing takes a path apart.

What depends on the collection alone, or on it and on a recipe, is in results/shared/{collection}.{digest}/
and serves every experiment, whatever it is called. Names end there in a digest of all settings that they
depend on, so experiments whose settings differ never take each other's results for their own. What is of an
experiment is in results/{experiment}/.
"""

import hashlib
import json
import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from switchrank.collections.base import text_files
from switchrank.experiment.experiment import Experiment
from switchrank.experiment.recipes import Recipe

ENCODER = "use-multilingual"  # the downloads that encoding and lexicons depend on
NAMES = "osm-tags"
SHARED = "shared"  # no experiment may be called so
COLLECTION = "collection"  # the view that is the collection's own text
TRAINING = "training"  # what the views of training texts and of translated ones begin with
TRANSLATED = "translated"
MASKED = "masked"  # and what those of masked passages begin with
UNSEEN = "without_training_passages"  # the folder of cells over candidates that were not seen in training
Cells = dict[str, dict[str, str]]  # system → pair or group → path


class Paths:
    """The files of an experiment, with all results below `root` and the downloads in `resources`.

    Attributes:
        collection_key, bm25_key, candidates_key: digests and what they are of.
        lexicon_keys, data_keys, ranker_keys: the same by the names of lexicons, training data and rankers.
        pretrained_keys: and by those of pretrained models.
        masked_pairs: view of masked passages → its pair, of all pairs that any system ranks masked.
        shared, results: the folders of what experiments share, and of this one.
        corpus, corpus_stats: the folder of the collection, and its counts.
        idf: the weights of the encoder's pieces in the collection.
        candidates: those of every query.
        trec_qrels: the qrels of the test queries in the format of TREC.
    """

    def __init__(self, experiment: Experiment, root: str = "results", resources: str = "resources"):
        self.experiment, config, source = experiment, experiment.config, experiment.source.name
        self._candidates = config["candidates"] | {"source_language": source}
        self.collection_key = _key(config["collection"]["kind"], [config["collection"], config["languages"]])
        self.bm25_key = _key("bm25", [config["candidates"]["k1"], config["candidates"]["b"]])
        self.candidates_key = _key("candidates", self._candidates)
        self.ranker_keys = {
            name: _key(name, experiment.settings_of_ranker(name)) for name in config["rankers"]
        }
        self.pretrained_keys = {name: _key(name, entry) for name, entry in config["pretrained"].items()}
        self.lexicon_keys = {name: _key(name, [self._lexicon(name), source]) for name in config["lexicons"]}
        rounds = {"rounds": config["training"]["rounds"]}
        self.data_keys = {
            name: _key(name, [asdict(recipe), self._lexicon_key(recipe.lexicon), rounds, self._candidates])
            for name, recipe in experiment.recipes.items()
        }
        masked = flat(map(experiment.pairs_of, filter(experiment.is_masked, experiment.systems)))
        self.masked_pairs = {self.masked_view(pair): pair for pair in masked}
        self.resources = resources
        self.shared = f"{root}/{SHARED}/{self.collection_key}"
        self.results = f"{root}/{experiment.name}"
        self.corpus = f"{self.shared}/corpus"
        self.corpus_stats = f"{self.corpus}/stats.json"
        self.idf = f"{self.shared}/encoded/idf.safetensors"
        self.candidates = f"{self.shared}/{self.candidates_key}.parquet"
        self.trec_qrels = f"{self.results}/trec/qrels.txt"

    def config_digest(self, system: str) -> str:
        """Of all in the config that a system's figures depend on."""
        experiment, config = self.experiment, self.experiment.config
        lexicons = [experiment.lexicon_of(system), experiment.translation_of(system)]
        settings = {key: config[key] for key in ("collection", "languages", "mixed", "metrics", "seeds")}
        settings["candidates"] = self._candidates
        settings["seeds"] = experiment.entry(system).get("seeds", config["seeds"])
        settings["ranker"] = experiment.settings_of_ranker(experiment.entry(system)["ranker"])
        settings["lexicons"] = list(map(self._lexicon_key, lexicons))
        if experiment.is_trained(system):
            settings["training"] = [config["training"], experiment.entry(system)["training"]]
        if experiment.is_masked(system):
            settings["mask"] = experiment.entry(system)["mask"]
        return digest(settings)

    def _lexicon_key(self, name: str | None) -> str | None:
        return name and self.lexicon_keys[name]

    def _lexicon(self, name: str) -> dict[str, Any]:
        """All in the config that a lexicon depends on."""
        config, needs = self.experiment.config, self.experiment.lexicon_kind(name).needs
        entry = dict(config["lexicons"][name])
        if "vectors" in needs:
            entry["vectors"] = config["vectors"]
        if "lexicon" in needs:
            entry["of"] = self._lexicon(entry["of"])
        return entry

    # Downloads and jobs

    def asset(self, name: str) -> str:
        """The folder of a download."""
        return f"{self.resources}/{name}"

    def pretrained(self, name: str) -> str:
        """The folder of a pretrained model."""
        return f"{self.resources}/pretrained/{self.pretrained_keys[name]}"

    def assets_of(self, system: str) -> list[str]:
        """The folders of the downloads and of the pretrained model that a system's figures depend on."""
        experiment, lexicons = self.experiment, self.experiment.lexicons_of(system)
        origins = {origin for name, _, _ in lexicons for origin in experiment.with_origins(name)}
        encoded = (
            experiment.config["candidates"]["method"] == "fused"
            or "encodings" in experiment.ranker(system).needs
            or any("vectors" in experiment.lexicon_kind(origin).needs for origin in origins)
        )
        names = [*([ENCODER] if encoded else []), *([NAMES] if lexicons else [])]
        for name, source, target in lexicons:
            kinds = map(experiment.lexicon_kind, experiment.with_origins(name))
            names += filter(None, (kind.asset(source, target) for kind in kinds))
        folders = [self.asset(name) for name in dict.fromkeys([*experiment.collection.assets, *names])]
        pretrained = experiment.pretrained_of(experiment.entry(system)["ranker"])
        return [*folders, *([self.pretrained(pretrained)] if pretrained else [])]

    def log(self, rule: str, name: str, folder: str | None = None) -> str:
        """The log of a job, in the experiment's folder or another."""
        return f"{folder or self.results}/logs/{rule}/{name}.log"

    def benchmark(self, rule: str, name: str, folder: str | None = None) -> str:
        """The time and memory of a job, as Snakemake measures them."""
        return f"{folder or self.results}/benchmarks/{rule}/{name}.tsv"

    # Shared: texts of the collection and other views

    def corpus_index(self) -> list[str]:
        """The collection's smaller files: they come with all others, and keep long lists out of every job."""
        return [f"{self.corpus}/{name}" for name in ("qrels.parquet", "splits.parquet", "stats.json")]

    def corpus_files(self) -> list[str]:
        """All files of the collection but its counts."""
        texts = flat([self.texts(COLLECTION, language) for language in self.experiment.languages])
        names = ["qrels", "splits"] + (["candidates"] if self.experiment.collection.brings_candidates else [])
        return texts + [f"{self.corpus}/{name}.parquet" for name in names]

    def view_folder(self, view: str) -> str:
        """The folder of a view's texts."""
        return self.corpus if view == COLLECTION else f"{self.shared}/{view}"

    def texts(self, view: str, language: str) -> list[str]:
        """Queries and passages of a view in a language."""
        return [f"{self.view_folder(view)}/{name}" for name in text_files(language)]

    def view_of(self, system: str) -> str:
        """The view whose texts a system ranks: the collection, or its translation to one language."""
        lexicon = self.experiment.translation_of(system)
        return f"{TRANSLATED}/{self.lexicon_keys[lexicon]}" if lexicon else COLLECTION

    def masked_view(self, pair: str) -> str:
        """The view of a pair's candidates without the words that their query has too."""
        sides = self.experiment.pairs[pair]
        return f"{MASKED}/{_key(pair, [sides.query.languages, sides.document.languages, self._candidates])}"

    def texts_of(self, system: str) -> str:
        """The folder of the texts that a system ranks."""
        return self.view_folder(self.view_of(system))

    def views(self) -> list[str]:
        """Every view that texts are encoded of to be ranked."""
        ranked = [*map(self.view_of, self.experiment.systems), *self.masked_pairs]
        return list(dict.fromkeys([COLLECTION, *ranked]))

    def encodings(self, view: str, language: str) -> str:
        """The encoded texts of a view in a language: the collection's where the view has none of its own.

        The source language's are never translated, and only those of passages are masked.
        """
        if view.startswith(f"{TRANSLATED}/") and language == self.experiment.source.name:
            view = COLLECTION
        masked = self.masked_pairs.get(view)
        if masked and language not in self.experiment.pairs[masked].document.languages:
            view = COLLECTION
        return f"{self.shared}/encoded/{view}/{language}.safetensors"

    def encodings_by_language(self, view: str, languages: Iterable[str] | None = None) -> dict[str, str]:
        """Language → encoded texts of a view; of all languages unless some are named."""
        wanted = self.experiment.languages if languages is None else languages
        return {language: self.encodings(view, language) for language in wanted}

    def bm25(self, language: str) -> str:
        """BM25's run over the whole collection in a language."""
        return f"{self.shared}/{self.bm25_key}/{language}.parquet"

    # Shared: lexicons

    def vectors(self, language: str, aligned: bool = False) -> str:
        """Word vectors of a language without their suffix; those of the source language need no alignment."""
        source = self.experiment.source.name
        folder = f"aligned-to-{source}/" if aligned and language != source else ""
        return f"{self.shared}/vectors/{self.experiment.config['vectors']['words']}/{folder}{language}"

    def lexicon(self, key: str, source: str, target: str) -> str:
        """A lexicon from one language into another, by its key, without its suffix."""
        return f"{self.shared}/lexicons/{key}/{source}-{target}"

    def lexicon_stats(self, name: str, source: str, target: str) -> str:
        """The figures of a lexicon, by its name."""
        return f"{self.lexicon(self.lexicon_keys[name], source, target)}.stats.json"

    def switching_lexicons(self, recipe: Recipe) -> dict[str, str]:
        """Language → the lexicon that a recipe switches into it with."""
        source = self.experiment.source.name
        return {
            language: f"{self.lexicon(self.lexicon_keys[recipe.lexicon], source, language)}.tsv"
            for language in recipe.lexicon_languages
        }

    def translated(self, key: str, language: str) -> str:
        """The texts in a language that a lexicon, by its key, translated to the source language."""
        return f"{self.shared}/{TRANSLATED}/{key}/{language}"

    # Shared: training

    def training(self, key: str, seed: int | str) -> str:
        """The folder of training data that were drawn with a seed, by their key."""
        return self.view_folder(self.training_view(key, seed))

    def training_view(self, key: str, seed: int | str) -> str:
        """The view of switched training texts."""
        return f"{TRAINING}/{key}/seed{seed}"

    def training_encodings(self, data: str, seed: int | str) -> dict[str, dict[str, str]]:
        """View → language → the encodings that a ranker reads while it is trained, dev's included."""
        recipe, source = self.experiment.recipes[data], self.experiment.source.name
        languages = dict.fromkeys([source, *recipe.text_languages])
        view = self.training_view(self.data_keys[data], seed)
        switched = self.encodings_by_language(view, [source])
        training = {TRAINING: switched} if recipe.switched else {}
        return training | {COLLECTION: self.encodings_by_language(COLLECTION, languages)}

    def model(self, ranker_key: str, data_key: str, seed: int | str) -> str:
        """The folder of a model."""
        return f"{self.shared}/models/{ranker_key}/{data_key}/seed{seed}"

    def choice(self, ranker_key: str, data_key: str) -> str:
        """Which ranker was chosen on dev among others, and why."""
        return f"{self.shared}/models/{ranker_key}/{data_key}/choice.json"

    def checkpoint(self, ranker_key: str, data_key: str, seed: int | str, code: str) -> str:
        """What a training with some code writes now and then, and goes on from."""
        return f"{self.shared}/checkpoints/{ranker_key}/{data_key}/seed{seed}.{code}.safetensors"

    def model_of(self, system: str, seed: int | str, pair: str) -> str:
        """The folder of the model that a system ranks a pair with."""
        ranker = self.ranker_keys[self.experiment.entry(system)["ranker"]]
        return self.model(ranker, self.data_keys[self.experiment.data_of(system, pair)], seed)

    def models_of(self, system: str) -> list[str]:
        """The folders of all models of a system."""
        pairs = self.experiment.pairs_of(system) if self.experiment.is_trained(system) else []
        seeds = self.experiment.seeds_of(system)
        return list(dict.fromkeys(self.model_of(system, seed, pair) for seed in seeds for pair in pairs))

    # Of the experiment

    def run(self, system: str, seed: int | str, pair: str) -> str:
        """A run."""
        return f"{self.results}/runs/{system}/seed{seed}/{pair}.parquet"

    def parts(self, system: str, seed: int | str, pair: str) -> str:
        """The folder of the parts of a run that is under way."""
        return f"{self.results}/parts/{system}/seed{seed}/{pair}"

    def runs(self, system: str, pairs: Iterable[str]) -> dict[str, dict[int, str]]:
        """Pair → seed → run."""
        seeds = self.experiment.seeds_of(system)
        return {pair: {seed: self.run(system, seed, pair) for seed in seeds} for pair in pairs}

    def measures(self, system: str, pair: str) -> str:
        """What a system reaches on each query of a pair."""
        return f"{self.results}/measures/{system}/{pair}.parquet"

    def measures_of(self, system: str, pairs: Container[str] | None = None) -> dict[str, str]:
        """Pair → measures of a system: on all its pairs, or on those of some that it has."""
        names = self.experiment.pairs_of(system)
        return {pair: self.measures(system, pair) for pair in names if pairs is None or pair in pairs}

    def cell(self, system: str, name: str) -> str:
        """A cell of a pair, or of a group's average."""
        return f"{self.results}/cells/{system}/{name}.json"

    def unseen_cell(self, system: str, name: str) -> str:
        """The same over the candidates that are not passages of the training split."""
        return f"{self.results}/{UNSEEN}/{system}/{name}.json"

    def cells(self, systems: Iterable[str] | None = None, names: Container[str] | None = None) -> Cells:
        """All cells, or those of some systems or names."""
        return {
            system: {
                name: self.cell(system, name)
                for name in self.experiment.cell_names(system)
                if names is None or name in names
            }
            for system in (self.experiment.systems if systems is None else systems)
        }

    def cells_of_group(self, group: str) -> Cells:
        """The cells that the table of a group shows."""
        return self.cells(self.experiment.systems_in(group), [*self.experiment.groups[group], group])

    def table(self, name: str, suffix: str) -> str:
        """A table."""
        return f"{self.results}/tables/{name}.{suffix}"

    def analysis(self, name: str) -> str:
        """A file of an analysis, with its suffix."""
        return f"{self.results}/analyses/{name}"

    def whole_model(self, system: str, seed: int | str) -> str:
        """The folder of a whole model, with its card."""
        return f"{self.results}/models/{system}/seed{seed}"

    def whole_models(self) -> list[str]:
        """The folders of all of these."""
        experiment = self.experiment
        return [
            self.whole_model(system, seed)
            for system in experiment.exported
            for seed in experiment.seeds_of(system)
        ]

    def comparison(self, ours: str, theirs: str) -> str:
        """The tests of one system against another."""
        return f"{self.results}/comparisons/{ours}.vs.{theirs}.csv"

    def trec_run(self, system: str, seed: int | str, pair: str) -> str:
        """A run in the format of TREC."""
        return f"{self.results}/trec/{system}/seed{seed}/{pair}.run"

    def trec_runs(self) -> list[str]:
        """All runs in the format of TREC."""
        return [self.trec_run(*names) for names in self._run_names()]

    def single_pair_files(self) -> set[str]:
        """Every file that is about one pair alone."""
        runs = self._run_names()
        files = {make(*names) for names in runs for make in (self.run, self.trec_run)}
        of_seeds = (self.cell, self.unseen_cell, self.measures)
        return files | {make(system, pair) for system, _, pair in runs for make in of_seeds}

    def _run_names(self) -> list[tuple[str, int, str]]:
        experiment = self.experiment
        return [
            (system, seed, pair)
            for system in experiment.systems
            for seed in experiment.seeds_of(system)
            for pair in experiment.pairs_of(system)
        ]


def flat(paths: Mapping[Any, Any] | Iterable[Any] | str) -> list[str]:
    """All paths in nested mappings and lists."""
    if isinstance(paths, str):
        return [paths]
    inner = paths.values() if isinstance(paths, Mapping) else paths
    return [path for value in inner for path in flat(value)]


def one_of(names: Iterable[str]) -> str:
    """A regular expression of some names, for wildcards of rules; of none, one for nothing."""
    return "|".join(map(re.escape, names)) or "(?!)"


def digest(settings: Any) -> str:
    """Eight hexadecimal digits of mappings, lists, texts and numbers, whatever the order of keys."""
    text = json.dumps(settings, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _key(name: str, settings: Any) -> str:
    return f"{name}.{digest(settings)}"
