"""Names of files and folders that end in a digest of all settings that they depend on.

So two experiments whose settings differ never take each other's results for their own.
"""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from switchrank.experiment.experiment import Experiment


class Keys:
    """Such names, of an experiment.

    Attributes:
        collection_key, bm25_key, candidates_key: of the collection, BM25's runs and the candidates.
        lexicon_keys, data_keys, ranker_keys: of lexicons, training data and rankers, by their names.
    """

    def __init__(self, experiment: Experiment):
        self.experiment, config, source = experiment, experiment.config, experiment.source.name
        self._candidates = config["candidates"] | {"source_language": source}
        self.collection_key = _key(config["collection"]["kind"], [config["collection"], config["languages"]])
        self.bm25_key = _key("bm25", [config["candidates"]["k1"], config["candidates"]["b"]])
        self.candidates_key = _key("candidates", self._candidates)
        self.ranker_keys = {name: _key(name, entry) for name, entry in config["rankers"].items()}
        self.lexicon_keys = {name: _key(name, [self._lexicon(name), source]) for name in config["lexicons"]}
        training = {key: config["training"][key] for key in ("rounds", "seed")}
        self.data_keys = {
            name: _key(name, [asdict(recipe), self._lexicon_key(recipe.lexicon), training, self._candidates])
            for name, recipe in experiment.recipes.items()
        }

    def config_digest(self, system: str) -> str:
        """Of all in the config that a system's figures depend on."""
        experiment, config = self.experiment, self.experiment.config
        lexicons = [experiment.lexicon_of(system), experiment.translation_of(system)]
        settings = {key: config[key] for key in ("collection", "languages", "mixed", "metrics", "seeds")}
        settings |= {"candidates": self._candidates, "ranker": experiment.ranker_entry(system)}
        settings["lexicons"] = list(map(self._lexicon_key, lexicons))
        if experiment.is_trained(system):
            settings["training"] = [config["training"], experiment.entry(system)["training"]]
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


def digest(settings: Any) -> str:
    """Eight hexadecimal digits of mappings, lists, texts and numbers, whatever the order of keys."""
    text = json.dumps(settings, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _key(name: str, settings: Any) -> str:
    return f"{name}.{digest(settings)}"
