"""What a config asks for: which data, models, runs and cells each of its systems has."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from switchrank.experiment.recipes import PER_PAIR, Recipe, recipe
from switchrank.languages import parse_pair, setting_of

NO_SEED = 0  # the seed in the paths of rankers that are not trained
ALL = "all"  # a group of every pair of the languages that is in no other group


@dataclass(frozen=True)
class Experiment:
    """A config (see config/README.md) that was checked against its schema and by experiment_checks."""

    config: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The folder under results/."""
        return self.config.get("name", self.config["collection"])

    @property
    def systems(self) -> list[str]:
        """The systems' names, in the order of the config."""
        return list(self.config["systems"])

    @property
    def groups(self) -> dict[str, list[str]]:
        """Group → its pairs, in the order of the config."""
        listed = {pair for pairs in self.config["pairs"].values() if pairs != ALL for pair in pairs}
        languages = self.config["languages"]
        others = [f"{q}-{d}" for q in languages for d in languages if f"{q}-{d}" not in listed]
        return {
            group: others if pairs == ALL else list(pairs) for group, pairs in self.config["pairs"].items()
        }

    @property
    def pairs(self) -> dict[str, str]:
        """Every pair and its group, in the order of the config."""
        return {pair: group for group, pairs in self.groups.items() for pair in pairs}

    def pairs_of(self, system: str) -> list[str]:
        """The pairs that a system has cells for: those asked for that can exist."""
        asked = self._asked(system)
        return [pair for pair in self.pairs if pair in asked and self.can_exist(system, pair)]

    def can_exist(self, system: str, pair: str) -> bool:
        """Whether there can be such a cell: BM25 needs one language, bl-cs something to switch."""
        if self.kind(system) == "bm25":
            return setting_of(pair) == "moir"
        return "training" not in self._entry(system) or self._recipe(system, pair) is not None

    def impossible(self, system: str) -> list[str]:
        """The pairs on which a cell of the system cannot exist."""
        return [pair for pair in self.pairs if not self.can_exist(system, pair)]

    def groups_of(self, system: str) -> list[str]:
        """The groups whose pairs a system has all of, so that its average stands beside the others'."""
        own = set(self.pairs_of(system))
        return [group for group, pairs in self.groups.items() if own.issuperset(pairs)]

    def systems_in(self, group: str) -> list[str]:
        """The systems with cells in a group."""
        pairs = set(self.groups[group])
        return [system for system in self.systems if pairs.intersection(self.pairs_of(system))]

    def cell_names(self, system: str) -> list[str]:
        """The pairs and the groups' averages that a system has cells for."""
        return [*self.pairs_of(system), *self.groups_of(system)]

    def references_of(self, system: str) -> list[str]:
        """The systems that a system is compared with."""
        return list(self._entry(system).get("versus", []))

    def reference_of(self, system: str) -> str | None:
        """The system that a system is tested against in tables: the first that it is compared with."""
        return next(iter(self.references_of(system)), None)

    def ranker_of(self, system: str) -> str:
        """The name of a system's ranker."""
        return self._entry(system)["ranker"]

    def kind(self, system: str) -> str:
        """The kind of a system's ranker."""
        return self.config["rankers"][self.ranker_of(system)]["kind"]

    def by_pair(self, system: str) -> bool:
        """Whether a system is made pair by pair: it has a model for each, or was asked for on some only."""
        entry = self._entry(system)
        return entry.get("training", {}).get("data") in PER_PAIR or "pairs" in entry

    def seeds_of(self, system: str) -> list[int]:
        """The seeds a system is trained with; an untrained one has nothing that a seed could change."""
        trained = self.config["rankers"][self.ranker_of(system)].get("steps", 0) > 0
        return list(self.config["seeds"]) if trained else [NO_SEED]

    def data_of(self, system: str, pair: str) -> str:
        """The name of the training data that a system ranks a pair with.

        Raises:
            ValueError: there is none.
        """
        found = self._recipe(system, pair)
        if found is None:
            raise ValueError(f"system {system}: no training data for {pair}")
        return found[0]

    def all_data_of(self, system: str) -> list[str]:
        """The names of all training data of a system; none of one that is not trained on any."""
        trained = "training" in self._entry(system)
        return list(dict.fromkeys(self.data_of(system, pair) for pair in self.pairs_of(system) if trained))

    def recipes(self) -> dict[str, Recipe]:
        """Every recipe by the name of its data."""
        trained = [system for system in self.systems if "training" in self._entry(system)]
        found = [self._recipe(system, pair) for system in trained for pair in self.pairs_of(system)]
        return dict(one for one in found if one is not None)

    def lexicon_of(self, system: str) -> str | None:
        """The name of the lexicon that a system's training texts are switched with."""
        return self._entry(system).get("training", {}).get("lexicon")

    def translation_of(self, system: str) -> str | None:
        """The name of the lexicon that queries and passages are brought to English with (Translate Test)."""
        return self._entry(system).get("translate")

    def monolingual(self) -> list[str]:
        """The languages of pairs of one language."""
        return [parse_pair(pair)[0] for pair in self.pairs if setting_of(pair) == "moir"]

    def digest(self, system: str) -> str:
        """Of all in the config that a system's figures hang on: 16 hexadecimal digits."""
        entry = self._entry(system)
        shared = ("collection", "limit", "languages", "seeds", "split", "candidates")
        resolved = {key: self.config.get(key) for key in shared}
        resolved["ranker"] = self.config["rankers"][entry["ranker"]]
        resolved |= {key: entry.get(key) for key in ("training", "translate")}
        lexicons = {name for name in (self.lexicon_of(system), self.translation_of(system)) if name}
        resolved["lexicons"] = {name: self._lexicon(name) for name in sorted(lexicons)}
        if "training" in entry:
            resolved["training_data"] = self.config["training"]
        told = json.dumps(resolved, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def _entry(self, system: str) -> Mapping[str, Any]:
        return self.config["systems"][system]

    def _asked(self, system: str) -> set[str]:
        named = self._entry(system).get("pairs", self.groups)
        return {pair for name in named for pair in self.groups.get(name, [name])}

    def _recipe(self, system: str, pair: str) -> tuple[str, Recipe] | None:
        return recipe(self._entry(system)["training"], pair, self.config["training"]["languages"])

    def _lexicon(self, name: str) -> dict[str, Any]:
        entry = dict(self.config["lexicons"][name])
        if entry["kind"] == "induced":
            entry["vectors"] = self.config["vectors"]
        if entry["kind"] == "shuffled":
            entry["of"] = self._lexicon(entry["of"])
        return entry
