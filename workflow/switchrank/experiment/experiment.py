"""What a config asks for: which data, models, runs and cells each of its systems has."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from switchrank.collections.base import COLLECTIONS
from switchrank.experiment.recipes import PER_PAIR, Recipe, recipe
from switchrank.languages import Pair, Side, parse_pair, sides
from switchrank.lexicons.base import LEXICONS, Lexicon
from switchrank.rankers.base import RANKERS, Ranker
from switchrank.registry import settings_of

NO_SEED = 0  # the seed in the paths of rankers that no seed changes
ALL = "all"  # a group of every pair of the languages that is in no other group


class Experiment:
    """A config (see config/README.md) as load.resolve gives it; its order is kept everywhere.

    Attributes:
        name: the folder under results/.
        languages, metrics: what the collection is read in; what is measured, first what leads.
        systems, sides: the names of the systems; every side that a pair may have, by name.
        collection: the class of its kind.
        groups, group_of: group → the names of its pairs; pair → its group.
    """

    def __init__(self, config: Mapping[str, Any]):
        self.config = config
        self.name, self.languages, self.metrics = config["name"], config["languages"], config["metrics"]
        self.systems = list(config["systems"])
        self.collection = COLLECTIONS[config["collection"]["kind"]]
        self.sides = sides(self.languages, config["mixed"])
        listed = {pair for pairs in config["pairs"].values() if pairs != ALL for pair in pairs}
        every = [f"{query}-{document}" for query in self.languages for document in self.languages]
        others = [pair for pair in every if pair not in listed]
        self.groups = {name: others if pairs == ALL else pairs for name, pairs in config["pairs"].items()}
        self.group_of = {pair: group for group, pairs in self.groups.items() for pair in pairs}

    @cached_property
    def source(self) -> Side:
        """The side of the source language, which training starts from."""
        return self.sides[self.config["source_language"]]

    @cached_property
    def source_pair(self) -> Pair:
        """The source language on both sides: what dev is."""
        return Pair(self.source, self.source)

    @cached_property
    def pairs(self) -> dict[str, Pair]:
        """Every pair by its name."""
        return {name: parse_pair(name, self.sides) for name in self.group_of}

    @cached_property
    def seen_pairs(self) -> dict[str, Pair]:
        """The pairs of the languages that training sees, the source language and those switched into."""
        languages = {self.source.name, *self.config["training"]["languages"]}
        return {name: pair for name, pair in self.pairs.items() if languages.issuperset(pair.languages)}

    @property
    def unmixed_seen_pairs(self) -> dict[str, Pair]:
        """Those of them without a mixed side."""
        return {name: pair for name, pair in self.seen_pairs.items() if pair.setting != "mlir"}

    def pairs_of(self, system: str) -> list[str]:
        """The pairs that a system has cells for: those asked for that can exist."""
        return self._pairs_of[system]

    @cached_property
    def _pairs_of(self) -> dict[str, list[str]]:
        asked = {system: {*self.entry(system).get("pairs", self.groups)} for system in self.systems}
        return {
            system: [
                pair
                for pair, group in self.group_of.items()
                if not names.isdisjoint((pair, group)) and self.can_exist(system, pair)
            ]
            for system, names in asked.items()
        }

    def can_exist(self, system: str, pair: str) -> bool:
        """Whether there can be such a cell: BM25 needs one language, bl-cs something to switch."""
        trainable = not self.is_trained(system) or self._recipe(system, pair) is not None
        return trainable and self.ranker(system).can_rank(self.pairs[pair])

    def impossible(self, system: str) -> list[str]:
        """The pairs on which a cell of the system cannot exist."""
        return [pair for pair in self.pairs if not self.can_exist(system, pair)]

    def groups_with(self, system: str) -> list[str]:
        """The groups whose pairs a system has all of, so that its average compares with the others'."""
        pairs = set(self.pairs_of(system))
        return [group for group, members in self.groups.items() if pairs.issuperset(members)]

    def systems_in(self, group: str) -> list[str]:
        """The systems with cells in a group."""
        pairs = set(self.groups[group])
        return [system for system in self.systems if pairs.intersection(self.pairs_of(system))]

    def cell_names(self, system: str) -> list[str]:
        """The pairs and the groups' averages that a system has cells for."""
        return [*self.pairs_of(system), *self.groups_with(system)]

    def entry(self, system: str) -> Mapping[str, Any]:
        """What the config says of a system."""
        return self.config["systems"][system]

    def references_of(self, system: str) -> list[str]:
        """The systems that a system is compared with."""
        return self.entry(system)["versus"]

    def reference_of(self, system: str) -> str | None:
        """The system that a system is tested against in tables: the first that it is compared with."""
        return next(iter(self.references_of(system)), None)

    def ranker_entry(self, system: str) -> Mapping[str, Any]:
        """What the config says of a system's ranker, its kind included."""
        return self.config["rankers"][self.entry(system)["ranker"]]

    def ranker(self, system: str) -> type[Ranker]:
        """The class of a system's ranker."""
        return RANKERS[self.ranker_entry(system)["kind"]]

    def chosen_from(self, ranker: str) -> list[str]:
        """The rankers that a ranker is chosen from on dev; of one that is no choice, itself alone."""
        return self.config["rankers"][ranker].get("choose", [ranker])

    def is_choice(self, ranker: str) -> bool:
        """Whether a ranker is chosen among others."""
        return "choose" in self.config["rankers"][ranker]

    def dev_pairs(self, ranker: str) -> dict[str, Pair]:
        """The pairs on whose dev queries a ranker is chosen, by name.

        `source` is the source language on both sides. `all` are the seen pairs that the experiment has or,
        if it has none, every pair of the source and the training languages.
        """
        if self.config["rankers"][ranker]["dev"] == "source":
            return {str(self.source_pair): self.source_pair}
        languages = [self.source.name, *self.config["training"]["languages"]]
        every = [
            Pair(self.sides[query], self.sides[document]) for query in languages for document in languages
        ]
        pairs = self.unmixed_seen_pairs or {str(pair): pair for pair in every}
        return {name: pairs[name] for name in sorted(pairs)}

    def settings_of_ranker(self, ranker: str) -> Any:
        """All in the config that a ranker depends on."""
        if not self.is_choice(ranker):
            entry, pretrained = self.config["rankers"][ranker], self.pretrained_of(ranker)
            return entry if pretrained is None else [entry, self.config["pretrained"][pretrained]]
        among = [[name, self.settings_of_ranker(name)] for name in self.chosen_from(ranker)]
        return [among, list(self.dev_pairs(ranker)), self.metrics[0], self.config["seeds"]]

    def pretrained_of(self, ranker: str) -> str | None:
        """The name of the pretrained model that a ranker, or the first that it may be, starts from."""
        entry = self.config["rankers"][self.chosen_from(ranker)[0]]
        return entry["model"] if "pretrained" in RANKERS[entry["kind"]].needs else None

    def seeds_of(self, system: str) -> list[int]:
        """The seeds of a system, its own or those of all; one that no seed changes has a single one."""
        seeds = self.seeds_of_ranker(self.entry(system)["ranker"])
        return seeds if seeds == [NO_SEED] else self.entry(system).get("seeds", seeds)

    def seeds_of_ranker(self, ranker: str) -> list[int]:
        """The seeds of a ranker's models; a choice has all of them, whatever it is among."""
        if self.is_choice(ranker):
            return self.config["seeds"]
        entry = self.config["rankers"][ranker]
        cls = RANKERS[entry["kind"]]
        return self.config["seeds"] if cls.varies(settings_of(cls, entry)) else [NO_SEED]

    def is_trained(self, system: str) -> bool:
        """Whether a system has training data; its model may still be untrained, with no steps."""
        return "training" in self.entry(system)

    def has_models_by_pair(self, system: str) -> bool:
        """Whether a system has a model for each pair."""
        return self.entry(system).get("training", {}).get("data") in PER_PAIR

    @property
    def exported(self) -> list[str]:
        """The systems with one model for all pairs that others can load when it is written whole."""
        return [
            system
            for system in self.systems
            if self.ranker(system).exports and not self.has_models_by_pair(system)
        ]

    def data_of(self, system: str, pair: str) -> str:
        """The name of the training data that a trained system ranks a pair with."""
        return self._recipe(system, pair)[0]

    def all_data_of(self, system: str) -> list[str]:
        """The names of all training data of a system; none of one that is not trained on any."""
        pairs = self.pairs_of(system) if self.is_trained(system) else []
        return list(dict.fromkeys(self.data_of(system, pair) for pair in pairs))

    @cached_property
    def draws(self) -> dict[str, list[int]]:
        """Training data → the seeds that they are drawn with: those of the systems trained on them."""
        draws: dict[str, dict[int, None]] = {}
        for system in self.systems:
            for data in self.all_data_of(system):
                draws.setdefault(data, {}).update(dict.fromkeys(self.seeds_of(system)))
        return {data: list(seeds) for data, seeds in draws.items()}

    @cached_property
    def recipes(self) -> dict[str, Recipe]:
        """Every recipe by the name of its data."""
        trained = filter(self.is_trained, self.systems)
        return dict(self._recipe(system, pair) for system in trained for pair in self.pairs_of(system))

    def _recipe(self, system: str, pair: str) -> tuple[str, Recipe] | None:
        training = self.entry(system)["training"]
        return recipe(training, self.pairs[pair], self.source, self.config["training"]["languages"])

    def lexicon_of(self, system: str) -> str | None:
        """The name of the lexicon that a system's training texts are switched with."""
        return self.entry(system).get("training", {}).get("lexicon")

    def translation_of(self, system: str) -> str | None:
        """The name of the lexicon that texts are translated to the source language with (Translate Test)."""
        return self.entry(system).get("translate")

    def is_masked(self, system: str) -> bool:
        """Whether a system ranks passages without the words that their query has too; see views.masking."""
        return "mask" in self.entry(system)

    def ranks_other_texts(self, system: str) -> bool:
        """Whether what a system ranks are not the collection's texts, but translated or masked ones."""
        return self.translation_of(system) is not None or self.is_masked(system)

    def lexicons_of(self, *systems: str) -> list[tuple[str, str, str]]:
        """Name, source and target of lexicons that systems switch with, then of those to translate with."""
        source = self.source.name
        recipes = [self.recipes[data] for system in systems for data in self.all_data_of(system)]
        switching = [(made.lexicon, source, target) for made in recipes for target in made.lexicon_languages]
        translations = filter(None, map(self.translation_of, systems))
        others = [language for language in self.languages if language != source]
        translating = [(lexicon, language, source) for lexicon in translations for language in others]
        return list(dict.fromkeys(switching + translating))

    def lexicon_kind(self, name: str) -> type[Lexicon]:
        """The class of a lexicon."""
        return LEXICONS[self.config["lexicons"][name]["kind"]]

    def with_origins(self, lexicon: str) -> list[str]:
        """A lexicon and, if it is a copy of another one, that one with its own."""
        copied = "lexicon" in self.lexicon_kind(lexicon).needs
        return [lexicon, *(self.with_origins(self.config["lexicons"][lexicon]["of"]) if copied else [])]
