"""The kernel ranker: K-NRM (Xiong et al., SIGIR 2017) over the frozen encoder's contextual token vectors.

Two token vectors are compared by cosine after a learned projection. Gaussian kernels count, softly, how many
passage tokens are at each similarity to a query token; a learned gate weighs the query tokens. To K-NRM's
kernels come three features: the best match of each query token, the share of the query's pieces (weighted by
IDF) that are in the passage too, and the cosine of the frozen sentence vectors. A linear layer adds them up,
each standardised on the training data before training. The ranker never sees the scores of the first stage.

Torch, which takes seconds to load, is imported where it is used: settings do not need it.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np
import pandas as pd

from switchrank.files import atomic, read_json, reading, write_json
from switchrank.rankers.base import Ranker, Resources
from switchrank.rankers.instances import arranged
from switchrank.registry import settings_of
from switchrank.settings import setting


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the config may say of the ranker."""

    max_tokens: int = setting("tokens of a text that are read; further ones are cut off", 64, minimum=1)
    dimension: int = setting("size of the projected token vectors", 128, minimum=1, maximum=512)
    steps: int = setting(
        "steps of the optimiser; the last one is the model, 0 leaves it untrained", 200, minimum=0
    )
    batch: int = setting("instances (one positive and its negatives) in a step", 64, minimum=1)
    learning_rate: float = setting(
        "peak, of gate and linear layer; a short warm-up, then down to 0 in a line", 0.01, exclusiveMinimum=0
    )
    projection_learning_rate: float = setting("peak learning rate of the projection", 0.001, minimum=0)


class Kernel(Ranker):
    """K-NRM over items that are encoded beforehand."""

    kind = "kernel"
    Settings = Settings
    trained = True
    needs = frozenset({"encodings", "idf"})

    def __init__(self, settings: Settings, resources: Resources):
        from switchrank.rankers.kernel_network import Network, Texts

        super().__init__(settings, resources)
        self._texts = Texts(resources.encodings, settings.max_tokens)
        width = resources.encodings.contextual.shape[1]
        self._network = Network(width, settings.dimension, resources.idf)

    @classmethod
    def max_tokens(cls, settings: Settings) -> int:
        """See Ranker.max_tokens."""
        return settings.max_tokens

    @classmethod
    def varies(cls, settings: Settings) -> bool:
        """Whether there is anything to train: the initialisation is not drawn."""
        return settings.steps > 0

    def fit(
        self,
        instances: pd.DataFrame,
        seed: int,
        checkpoint: Path,
        evaluate: Callable[[], Mapping[str, float]],
    ) -> pd.DataFrame:
        """Train by cross-entropy over each positive and its negatives; see Ranker.fit."""
        from switchrank.rankers.kernel_training import train

        ordered, shape = arranged(instances)
        queries, passages = self.resources.encodings.candidate_rows(ordered, self.resources.training_view)
        queries, passages = queries.reshape(shape)[..., 0], passages.reshape(shape)
        return train(self._network, self._texts, self.settings, queries, passages, seed, checkpoint, evaluate)

    def score(self, candidates: pd.DataFrame, view: str = "collection") -> np.ndarray:
        """See Ranker.score; float32."""
        return self._network.score(self._texts, *self.resources.encodings.candidate_rows(candidates, view))

    def save(self, folder: Path) -> None:
        """See Ranker.save."""
        from safetensors.torch import save_file

        with atomic(folder / "model.safetensors") as aside:
            save_file(self._network.state_dict(), aside)
        write_json(folder / "config.json", {"kind": self.kind, **asdict(self.settings)})

    @classmethod
    def load(cls, folder: Path, resources: Resources) -> Self:
        """See Ranker.load; the IDF is the saved one."""
        from safetensors.torch import load_file

        path = folder / "model.safetensors"
        with reading(folder / "config.json"):
            settings = settings_of(cls, read_json(folder / "config.json"))
        with reading(path):
            weights = load_file(path)
            idf = weights["idf"].numpy()
        ranker = cls(settings, replace(resources, idf=idf))
        with reading(path):
            ranker._network.load_state_dict(weights)
        return ranker
