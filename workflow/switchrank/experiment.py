"""What a config asks for: which data, models, runs and cells each of its systems has."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from switchrank.errors import UserError
from switchrank.languages import MIXED, parse_pair, setting_of

NO_SEED = 0  # the seed in the paths of rankers that are not trained


@dataclass(frozen=True)
class Experiment:
    """A config (see config/README.md) that was checked against its schema.

    Raises:
        UserError: keys do not fit together; `source` is the file to name.
    """

    config: Mapping[str, Any]
    source: str

    def __post_init__(self) -> None:
        """Check what a schema cannot say."""
        self._check_split()
        self._check_pairs()
        for system in self.systems:
            where = f"{self.source}: systems.{system}.ranker"
            _known(self.ranker_of(system), self.config["rankers"], where)
        for system in self.systems:
            self._check_system(system)

    @property
    def systems(self) -> list[str]:
        """The systems' names, in the order of the config."""
        return list(self.config["systems"])

    @property
    def pairs(self) -> dict[str, str]:
        """Every pair and its group, in the order of the config."""
        return {pair: group for group, pairs in self.config["pairs"].items() for pair in pairs}

    def pairs_of(self, system: str) -> list[str]:
        """The pairs a system has cells for: BM25 only those of one language."""
        return [pair for pair in self.pairs if self.kind(system) != "bm25" or setting_of(pair) == "moir"]

    def groups_of(self, system: str) -> list[str]:
        """The groups whose pairs a system has all of, so that its average stands beside the others'."""
        own = set(self.pairs_of(system))
        return [group for group, pairs in self.config["pairs"].items() if own.issuperset(pairs)]

    def systems_in(self, group: str) -> list[str]:
        """The systems with cells in a group."""
        pairs = set(self.config["pairs"][group])
        return [system for system in self.systems if pairs.intersection(self.pairs_of(system))]

    def references_of(self, system: str) -> list[str]:
        """The systems that a system is compared with."""
        return list(self.config["systems"][system].get("versus", []))

    def ranker_of(self, system: str) -> str:
        """The name of a system's ranker."""
        return self.config["systems"][system]["ranker"]

    def kind(self, system: str) -> str:
        """The kind of a system's ranker."""
        return self.config["rankers"][self.ranker_of(system)]["kind"]

    def seeds_of(self, system: str) -> list[int]:
        """The seeds a system is trained with; an untrained one has nothing that a seed could change."""
        trained = self.config["rankers"][self.ranker_of(system)].get("steps", 0) > 0
        return list(self.config["seeds"]) if trained else [NO_SEED]

    def data_of(self, system: str) -> str:
        """The name of a system's training data; see data_name."""
        return data_name(self.config["systems"][system]["training"])

    def recipes(self) -> dict[str, Mapping[str, Any]]:
        """Every training recipe by the name of its data."""
        trainings = [entry["training"] for entry in self.config["systems"].values() if "training" in entry]
        return {data_name(training): training for training in trainings}

    def monolingual(self) -> list[str]:
        """The languages of pairs of one language."""
        return [parse_pair(pair)[0] for pair in self.pairs if setting_of(pair) == "moir"]

    def digest(self, system: str) -> str:
        """Of all in the config that a system's figures hang on: 16 hexadecimal digits."""
        entry = self.config["systems"][system]
        shared = ("collection", "limit", "languages", "seeds", "split", "candidates")
        resolved = {key: self.config.get(key) for key in shared}
        resolved |= {"ranker": self.config["rankers"][entry["ranker"]], "training": entry.get("training")}
        if "training" in entry:
            resolved["rounds"] = self.config["training"]
            resolved["lexicon"] = self.config["lexicons"].get(entry["training"].get("lexicon"))
        told = json.dumps(resolved, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def _check_split(self) -> None:
        total = sum(self.config["split"][part] for part in ("train", "dev", "test"))
        if abs(total - 1) > 1e-9:
            raise UserError(f"{self.source}: split: train, dev and test add up to {total:g}, expected 1")

    def _check_pairs(self) -> None:
        languages, seen = set(self.config["languages"]), set()
        for group, pairs in self.config["pairs"].items():
            for pair in pairs:
                where = f"{self.source}: pairs.{group}"
                try:
                    sides = parse_pair(pair)
                except UserError as error:
                    raise UserError(f"{where}: {error}") from None
                missing = sorted({own for side in sides for own in MIXED.get(side, (side,))} - languages)
                if missing:
                    raise UserError(f"{where}: {pair}: {', '.join(missing)} not among languages")
                if pair in seen:
                    raise UserError(f"{where}: {pair}: found twice, expected each pair in one group")
                seen.add(pair)
        if "en" in self.config["training"]["languages"]:
            raise UserError(
                f"{self.source}: training.languages: found en, expected other languages than English"
            )
        unknown = sorted(set(self.config["training"]["languages"]) - languages)
        if unknown:
            raise UserError(f"{self.source}: training.languages: {unknown[0]} not among languages")

    def _check_system(self, system: str) -> None:
        entry, where = self.config["systems"][system], f"{self.source}: systems.{system}"
        for reference in entry.get("versus", []):
            _known(reference, self.config["systems"], f"{where}.versus")
            lacking = sorted(set(self.pairs_of(system)) - set(self.pairs_of(reference)))
            if reference == system or lacking:
                why = f"it has no cell for {lacking[0]}" if lacking else "it is the system itself"
                raise UserError(f"{where}.versus: {reference}: {why}, expected a system with the same pairs")
        trained = self.kind(system) == "kernel"
        if trained != ("training" in entry):
            found, expected = ("none", "one") if trained else ("one", "none")
            why = f"as its ranker is of kind {self.kind(system)}"
            raise UserError(f"{where}.training: found {found}, expected {expected}, {why}")
        if "lexicon" in entry.get("training", {}):
            _known(entry["training"]["lexicon"], self.config["lexicons"], f"{where}.training.lexicon")


def data_name(training: Mapping[str, Any]) -> str:
    """The name of training data: "en-en", or "ml-cs.clwe.p0.50" for a recipe with lexicon and ratio."""
    if training["data"] == "en-en":
        return "en-en"
    ratio = training["ratio"]
    digits = f"{ratio:.2f}" if round(ratio, 2) == ratio else repr(ratio)
    return f"{training['data']}.{training['lexicon']}.p{digits}"


def _known(name: str, names: Mapping[str, Any], where: str) -> None:
    if name not in names:
        raise UserError(f"{where}: found {name!r}, expected one of {', '.join(names)}")
