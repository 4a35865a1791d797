"""Rankers that are chosen among others on dev: from which models, on which pairs, and where it is written.

A choice is made once for each training data; rankers and data are known here by the keys in their paths.
"""

from switchrank.experiment.paths import Paths, flat
from switchrank.languages import Pair
from switchrank.rankers.base import MODEL_FILES


class Choices:
    """The choices of an experiment.

    Attributes:
        names: the rankers that are chosen among others, by key.
    """

    def __init__(self, paths: Paths):
        self.paths, self.experiment = paths, paths.experiment
        self.names = {key: name for name, key in paths.ranker_keys.items() if self.experiment.is_choice(name)}

    def pairs(self, ranker: str) -> dict[str, Pair]:
        """The pairs on whose dev queries a choice is made, by name."""
        return self.experiment.dev_pairs(self.names[ranker])

    def models(self, ranker: str, data: str) -> dict[str, dict[int, str]]:
        """Name of a ranker to choose from → seed → the folder of its model.

        A ranker that no seed changes has the same model for all seeds.
        """
        models: dict[str, dict[int, str]] = {}
        for name in self.experiment.chosen_from(self.names[ranker]):
            key, own = self.paths.ranker_keys[name], self.experiment.seeds_of_ranker(name)
            models[name] = {
                seed: self.paths.model(key, data, seed if seed in own else own[0])
                for seed in self.experiment.config["seeds"]
            }
        return models

    def model_files(self, ranker: str, data: str) -> list[str]:
        """The files of these models."""
        folders = dict.fromkeys(flat(self.models(ranker, data)))
        return [f"{folder}/{name}" for folder in folders for name in MODEL_FILES]

    def chosen(self, ranker: str, data: str) -> dict[int, str]:
        """Seed → the folder that the model of the ranker that was chosen is copied into."""
        return {seed: self.paths.model(ranker, data, seed) for seed in self.experiment.config["seeds"]}

    def chosen_files(self, ranker: str, data: str) -> list[str]:
        """The files in these folders."""
        return [f"{folder}/{name}" for folder in self.chosen(ranker, data).values() for name in MODEL_FILES]

    def of_system(self, system: str) -> dict[str, str]:
        """Training data → what was chosen for a system; nothing where its ranker is no choice."""
        key = self.paths.ranker_keys[self.experiment.entry(system)["ranker"]]
        data = self.experiment.all_data_of(system) if key in self.names else []
        return {name: self.paths.choice(key, self.paths.data_keys[name]) for name in data}
