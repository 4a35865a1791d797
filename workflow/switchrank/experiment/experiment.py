"""What a config asks for: which data, models, runs and cells each of its systems has."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from switchrank.collections.base import COLLECTIONS, Collection
from switchrank.experiment.recipes import PER_PAIR, Recipe, recipe
from switchrank.languages import Pair, Side, parse_pair, sides
from switchrank.rankers.base import RANKERS, Ranker
from switchrank.registry import settings_of

NO_SEED = 0  # the seed in the paths of rankers that no seed changes
ALL = "all"  # a group of every pair of the languages that is in no other group


@dataclass(frozen=True)
class Experiment:
    """A config (see config/README.md) as resolve.resolve gives it."""

    config: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The folder under results/."""
        return self.config["name"]

    @property
    def languages(self) -> list[str]:
        """The languages that the collection is read in."""
        return self.config["languages"]

    @property
    def metrics(self) -> list[str]:
        """What is measured; the first one leads."""
        return self.config["metrics"]

    @cached_property
    def sides(self) -> dict[str, Side]:
        """Every side that a pair may have, by name."""
        return sides(self.languages, self.config["mixed"])

    @cached_property
    def source(self) -> Side:
        """The side of the source language, which training starts from."""
        return self.sides[self.config["source_language"]]

    @property
    def other_languages(self) -> list[str]:
        """All languages but the source language."""
        return [language for language in self.languages if language != self.source.name]

    @cached_property
    def source_pair(self) -> Pair:
        """The source language on both sides: what dev is."""
        return Pair(self.source, self.source)

    @property
    def collection(self) -> type[Collection]:
        """The kind of the collection."""
        return COLLECTIONS[self.config["collection"]["kind"]]

    @property
    def systems(self) -> list[str]:
        """The systems' names, in the order of the config."""
        return list(self.config["systems"])

    @cached_property
    def groups(self) -> dict[str, list[str]]:
        """Group → the names of its pairs, in the order of the config."""
        listed = {pair for pairs in self.config["pairs"].values() if pairs != ALL for pair in pairs}
        every = [f"{query}-{document}" for query in self.languages for document in self.languages]
        others = [pair for pair in every if pair not in listed]
        return {
            group: others if pairs == ALL else list(pairs) for group, pairs in self.config["pairs"].items()
        }

    @cached_property
    def pairs(self) -> dict[str, Pair]:
        """Every pair by its name, in the order of the config."""
        return {name: parse_pair(name, self.sides) for names in self.groups.values() for name in names}

    @cached_property
    def group_of(self) -> dict[str, str]:
        """The group of every pair."""
        return {pair: group for group, pairs in self.groups.items() for pair in pairs}

    def pairs_of(self, system: str) -> list[str]:
        """The pairs that a system has cells for: those asked for that can exist."""
        return self._pairs_of[system]

    @cached_property
    def _pairs_of(self) -> dict[str, list[str]]:
        asked = {system: self._asked(system) for system in self.systems}
        return {
            system: [pair for pair in self.pairs if pair in asked[system] and self.can_exist(system, pair)]
            for system in self.systems
        }

    def can_exist(self, system: str, pair: str) -> bool:
        """Whether there can be such a cell: BM25 needs one language, bl-cs something to switch."""
        if not self.ranker(system).can_rank(self.pairs[pair]):
            return False
        return "training" not in self.entry(system) or self._recipe(system, pair) is not None

    def impossible(self, system: str) -> list[str]:
        """The pairs on which a cell of the system cannot exist."""
        return [pair for pair in self.pairs if not self.can_exist(system, pair)]

    def groups_with(self, system: str) -> list[str]:
        """The groups whose pairs a system has all of, so that its average stands beside the others'."""
        pairs = set(self.pairs_of(system))
        return [group for group, members in self.groups.items() if pairs.issuperset(members)]

    def systems_in(self, group: str) -> list[str]:
        """The systems with cells in a group."""
        pairs = set(self.groups[group])
        return [system for system in self.systems if pairs.intersection(self.pairs_of(system))]

    def cell_names(self, system: str) -> list[str]:
        """The pairs and the groups' averages that a system has cells for."""
        return [*self.pairs_of(system), *self.groups_with(system)]

    def references_of(self, system: str) -> list[str]:
        """The systems that a system is compared with."""
        return list(self.entry(system)["versus"])

    def reference_of(self, system: str) -> str | None:
        """The system that a system is tested against in tables: the first that it is compared with."""
        return next(iter(self.references_of(system)), None)

    def entry(self, system: str) -> Mapping[str, Any]:
        """What the config says of a system."""
        return self.config["systems"][system]

    def ranker_entry(self, system: str) -> Mapping[str, Any]:
        """What the config says of a system's ranker, its kind included."""
        return self.config["rankers"][self.entry(system)["ranker"]]

    def ranker(self, system: str) -> type[Ranker]:
        """The class of a system's ranker."""
        return RANKERS[self.ranker_entry(system)["kind"]]

    def is_trained(self, system: str) -> bool:
        """Whether a system has training data; its model may still be untrained, with no steps."""
        return "training" in self.entry(system)

    def has_models_by_pair(self, system: str) -> bool:
        """Whether a system has a model for each pair."""
        return self.entry(system).get("training", {}).get("data") in PER_PAIR

    def seeds_of(self, system: str) -> list[int]:
        """The seeds of a system; one that no seed changes has a single one."""
        ranker, entry = self.ranker(system), self.ranker_entry(system)
        return list(self.config["seeds"]) if ranker.varies(settings_of(ranker, entry)) else [NO_SEED]

    def data_of(self, system: str, pair: str) -> str:
        """The name of the training data that a system ranks a pair with.

        Raises:
            ValueError: there is none.
        """
        named = self._recipe(system, pair)
        if named is None:
            raise ValueError(f"system {system}: no training data for {pair}")
        return named[0]

    def all_data_of(self, system: str) -> list[str]:
        """The names of all training data of a system; none of one that is not trained on any."""
        trained = self.is_trained(system)
        return list(dict.fromkeys(self.data_of(system, pair) for pair in self.pairs_of(system) if trained))

    @cached_property
    def recipes(self) -> dict[str, Recipe]:
        """Every recipe by the name of its data."""
        trained = filter(self.is_trained, self.systems)
        named = [self._recipe(system, pair) for system in trained for pair in self.pairs_of(system)]
        return dict(entry for entry in named if entry is not None)

    def lexicon_of(self, system: str) -> str | None:
        """The name of the lexicon that a system's training texts are switched with."""
        return self.entry(system).get("training", {}).get("lexicon")

    def translation_of(self, system: str) -> str | None:
        """The name of the lexicon that brings texts to the source language (Translate Test)."""
        return self.entry(system).get("translate")

    def lexicon_entry(self, name: str) -> dict[str, Any]:
        """All in the config that a lexicon hangs on."""
        entry = dict(self.config["lexicons"][name])
        needs = self.lexicon_kind(name).needs
        if "vectors" in needs:
            entry["vectors"] = self.config["vectors"]
        if "lexicon" in needs:
            entry["of"] = self.lexicon_entry(entry["of"])
        return entry

    def lexicon_kind(self, name: str):
        """The class of a lexicon."""
        from switchrank.lexicons.base import LEXICONS

        return LEXICONS[self.config["lexicons"][name]["kind"]]

    def _asked(self, system: str) -> set[str]:
        named = self.entry(system).get("pairs", self.groups)
        return {pair for name in named for pair in self.groups.get(name, [name])}

    def _recipe(self, system: str, pair: str) -> tuple[str, Recipe] | None:
        training = self.entry(system)["training"]
        return recipe(training, self.pairs[pair], self.source, self.config["training"]["languages"])
