"""Names of files and folders that end in a digest of all settings that they hang on.

So two experiments whose settings differ never take each other's results for their own.
"""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from switchrank.experiment.experiment import Experiment
from switchrank.experiment.recipes import Recipe


class Keys:
    """Such names, of an experiment.

    Attributes:
        collection_key, bm25_key, candidates_key: of the collection, BM25's runs and the candidates.
        lexicon_keys, data_keys, ranker_keys: of lexicons, training data and rankers, by their names.
    """

    def __init__(self, experiment: Experiment):
        self.experiment = experiment
        config = experiment.config
        kind = config["collection"]["kind"]
        self.collection_key = f"{kind}.{digest([config['collection'], config['languages']])}"
        self.bm25_key = f"bm25.{digest([config['candidates']['k1'], config['candidates']['b']])}"
        self.candidates_key = f"candidates.{digest(self._candidates())}"
        self.lexicon_keys = {name: self._lexicon_key(name) for name in config["lexicons"]}
        self.data_keys = {name: self._data_key(name, recipe) for name, recipe in experiment.recipes.items()}
        self.ranker_keys = {name: f"{name}.{digest(entry)}" for name, entry in config["rankers"].items()}

    def config_digest(self, system: str) -> str:
        """Of all in the config that a system's figures hang on."""
        experiment, config = self.experiment, self.experiment.config
        translation = experiment.translation_of(system)
        hangs_on = {key: config[key] for key in ("collection", "languages", "mixed", "metrics", "seeds")}
        hangs_on |= {"candidates": self._candidates(), "ranker": experiment.ranker_entry(system)}
        hangs_on["lexicons"] = [
            name and self.lexicon_keys[name] for name in (experiment.lexicon_of(system), translation)
        ]
        if experiment.is_trained(system):
            hangs_on["training"] = [config["training"], experiment.entry(system)["training"]]
        return digest(hangs_on)

    def _candidates(self) -> dict[str, Any]:
        return self.experiment.config["candidates"] | {"source_language": self.experiment.source.name}

    def _lexicon_key(self, name: str) -> str:
        source = self.experiment.source.name
        return f"{name}.{digest([self.experiment.lexicon_entry(name), source])}"

    def _data_key(self, name: str, recipe: Recipe) -> str:
        training = {key: self.experiment.config["training"][key] for key in ("rounds", "seed")}
        lexicon = recipe.lexicon and self.lexicon_keys[recipe.lexicon]
        return f"{name}.{digest([asdict(recipe), lexicon, training, self._candidates()])}"


def digest(settings: Any) -> str:
    """Eight hexadecimal digits of settings: mappings, lists, texts and numbers; the order of keys is none."""
    text = json.dumps(settings, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]
